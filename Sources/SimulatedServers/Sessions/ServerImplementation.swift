package import ElectrumProtocol

/// Which simulated implementation answers for a software string.
package enum ServerImplementation: Sendable, Equatable {
  case electrumX, fulcrum, electrs, esplora, closingEsplora, electrumPersonalServer

  /// Nil for software that is not simulated. Of the esplora forks, Blockstream's from 0.4.2 on are
  /// taken to be the newer form with error objects.
  package init?(_ software: ServerSoftware) {
    guard let version = software.version.flatMap({ ProtocolVersion($0) }) else { return nil }
    switch software.implementation {
    case .electrumX: self = .electrumX
    case .fulcrum: self = .fulcrum
    case .electrs: self = .electrs
    case .electrsEsplora:
      let isOld =
        software.raw.hasPrefix("mempool") || version.parts.lexicographicallyPrecedes([0, 4, 2])
      self = isOld ? .closingEsplora : .esplora
    case .electrumPersonalServer: self = .electrumPersonalServer
    default: return nil
    }
  }

  /// The largest protocol version that others advertise for it.
  package func protocolMax(_ software: ServerSoftware) -> String {
    switch self {
    case .electrumX: ElectrumXRelease(version: software.version ?? "").protocolMax
    case .fulcrum: FulcrumRelease(version: software.version ?? "").protocolMax
    case .electrs, .esplora, .closingEsplora, .electrumPersonalServer: "1.4"
    }
  }

  /// Whether it tells of peers at all.
  package var tellsOfPeers: Bool { self == .electrumX || self == .fulcrum }

  package func session(_ context: SessionContext) -> any ServerSession {
    switch self {
    case .electrumX: ElectrumXSession(context: context)
    case .fulcrum: FulcrumSession(context: context)
    case .electrs: ElectrsSession(variant: .romanz, context: context)
    case .esplora: ElectrsSession(variant: .esplora, context: context)
    case .closingEsplora: ElectrsSession(variant: .closingEsplora, context: context)
    case .electrumPersonalServer: PersonalServerSession(context: context)
    }
  }
}
