public import Artifact

/// What two servers share that makes them a candidate pair for linkage.
public enum BlockingKind: String, ColumnWord {
  /// A public key of their certificates.
  case spki
  /// The certificate's template and an autonomous system.
  case profileInAS = "profile-as"
  /// A registrable domain of verified names.
  case domain
  /// The mask of a banner that is no default.
  case banner
  /// A donation address that no software ships with.
  case donation
  /// A contact in a banner that is no default, or in the donation text.
  case contact
  /// The whole set of ports.
  case ports
  /// A /24 of IPv4.
  case prefix
  /// A prefix that the hoster gives to one tenant.
  case tenantPrefix = "tenant-prefix"
  /// An autonomous system.
  case autonomousSystem = "as"

  /// Kinds that strangers often share by chance: their common values make no pairs.
  public var isOftenShared: Bool {
    switch self {
    case .contact, .ports, .prefix, .autonomousSystem: true
    case .spki, .profileInAS, .domain, .banner, .donation, .tenantPrefix: false
    }
  }
}

/// How a server was reached.
public enum ConnectionPath: String, ColumnWord {
  case direct
  /// As an onion service.
  case onion
}
