public import Artifact

/// A form in which others write what these programs read: odd, and understood all the same, or not to
/// be read.
public enum ForeignForm: String, ColumnWord {
  case featuresHostsFlat = "features.hosts-flat"
  case featuresHostsList = "features.hosts-list"
  case featuresHostsNested = "features.hosts-nested"
  case featuresHostsUnreadable = "features.hosts-unreadable"
  case featuresHostName = "features.host-name"
  case featuresPortText = "features.port-text"
  case featuresPortUnreadable = "features.port-unreadable"
  case featuresGenesisSpelling = "features.genesis-spelling"
  case featuresGenesisUnreadable = "features.genesis-unreadable"
  case featuresPruningText = "features.pruning-text"
  case featuresPruningUnreadable = "features.pruning-unreadable"
  case peerOtherHalf = "peer.other-half"
  case peerSpelling = "peer.spelling"
  case peerVersion = "peer.version"
  case attemptOnion = "attempt.onion"
  case certificateUnreadable = "certificates.unreadable"

  /// Whether it was understood.
  public var isRead: Bool {
    switch self {
    case .featuresHostsList, .featuresHostsNested, .featuresPortText, .featuresGenesisSpelling,
      .featuresPruningText, .peerOtherHalf, .peerSpelling:
      true
    case .featuresHostsFlat, .featuresHostsUnreadable, .featuresHostName,
      .featuresPortUnreadable, .featuresGenesisUnreadable, .featuresPruningUnreadable, .peerVersion,
      .attemptOnion, .certificateUnreadable:
      false
    }
  }

  public var statement: String {
    switch self {
    case .featuresHostsFlat: "hosts of server.features has ports and no name: it claims no host."
    case .featuresHostsList: "hosts of server.features is a list; its names are read."
    case .featuresHostsNested:
      "hosts of server.features has hosts by group; their names are read, the groups' are none."
    case .featuresHostsUnreadable: "hosts of server.features is neither an object nor a list."
    case .featuresHostName: "hosts of server.features has a name that is no name and no address."
    case .featuresPortText:
      "A port in server.features is written as text; it is read as the number."
    case .featuresPortUnreadable: "A port in server.features is none."
    case .featuresGenesisSpelling:
      "genesis_hash is written in upper case or with 0x; it is read as the hash."
    case .featuresGenesisUnreadable: "genesis_hash is no hash."
    case .featuresPruningText:
      "pruning is written as text or with a fraction of zero; it is read as the number."
    case .featuresPruningUnreadable: "pruning is no number."
    case .peerOtherHalf:
      "One half of a peer, its address or its name, can be no public server; the other half is followed."
    case .peerSpelling: "A peer is written with brackets, a final dot or in upper case."
    case .peerVersion: "The version of a peer is that of no protocol, as of its software."
    case .attemptOnion:
      "An attempt was made at an onion name that cannot exist (version 2, or a wrong checksum), and nothing answered: it is no endpoint."
    case .certificateUnreadable: "A certificate that OpenSSL refuses: its bytes are kept."
    }
  }
}
