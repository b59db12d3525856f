internal import ElectrumProtocol

/// The greeting of a server: its operator's text with the variables filled in, or the default of
/// the software that it says it is.
enum Banner {
  /// Version of the node behind every simulated server, and its user agent.
  static let nodeVersion = "31.0.0"
  static let nodeAgent = "/Satoshi:31.0.0/"

  static func standard(_ software: ServerSoftware) -> String {
    let version = software.version ?? ""
    switch software.implementation {
    case .electrumX: return "You are connected to an \(software.raw) server."
    case .fulcrum: return "Connected to a \(software.raw) server"
    case .electrs: return "Welcome to electrs \(version) (Electrum Rust Server)!"
    case .electrsEsplora: return "Welcome to electrs-esplora \(version)"
    case .electrumPersonalServer: return personalServer(version)
    case .bwt: return "Welcome to bwt 🚀🌑"
    case .floresta: return "Welcome to Floresta's Electrum Server."
    case .jelectrum: return "Jelectrum"
    case .unknown: return "You are connected to an \(software.raw) server."
    }
  }

  /// - Parameter daemonVersion: as the implementation prints the node's version.
  static func filled(
    _ text: String, software: ServerSoftware, daemonVersion: String, donation: String
  ) -> String {
    let version = software.version ?? ""
    let variables = [
      ("$SERVER_VERSION", version), ("$SERVER_SUBVERSION", software.raw),
      ("$DAEMON_VERSION", daemonVersion), ("$DAEMON_SUBVERSION", nodeAgent),
      ("$DONATION_ADDRESS", donation),
    ]
    return variables.reduce(text) { $0.replacing($1.0, with: $1.1) }
  }

  private static func personalServer(_ version: String) -> String {
    """
    Welcome to Electrum Personal Server \(version)

    Monitoring 1 deterministic wallets, in total 1000 addresses.

    Connected bitcoin node: \(nodeAgent)
    Peers: 10
    Blocksonly: False
    Pruning: False

    https://github.com/chris-belcher/electrum-personal-server

    Donate to help improve Electrum Personal Server:
    \(PersonalServerSession.donation)


    """
  }
}
