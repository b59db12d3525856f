internal import ElectrumProtocol

/// Whose name a short session carries.
enum ClientArm: String, CaseIterable {
  /// A current wallet's.
  case wallet
  /// Ours once more, where the wallet was answered otherwise.
  case ours
  /// The wallet's once more, for the same reason.
  case walletAgain = "wallet-again"

  static let prefix = "client."

  func name(ours: String) -> String {
    switch self {
    case .wallet, .walletAgain: WalletName.current
    case .ours: ours
    }
  }

  /// How the ids of its probes begin; also the id of its session, but for the last dot.
  var prefix: String { "\(Self.prefix)\(rawValue)." }
  var session: String { "\(Self.prefix)\(rawValue)" }
}

/// The names under which wallets present themselves.
public enum WalletName {
  /// The desktop wallet that most servers serve.
  public static let current = "electrum/4.8.1"

  /// How wallets' names begin, in lower case: servers that treat wallets otherwise match these.
  public static let beginnings = [
    "electrum", "electron", "bluewallet", "sparrow", "nunchuk", "blockstream", "bitcoinlib", "bdk",
    "trezor", "phoenix", "wasabi", "specter", "connectrum",
  ]

  /// Whether a server that matches names would take the client for a wallet.
  public static func begins(_ name: String) -> Bool {
    beginnings.contains { name.lowercased().hasPrefix($0) }
  }
}

extension ProbeCatalog {
  static func clientNames(clientName: String, _ scripts: ProbedScripts) -> [Probe] {
    ClientArm.allCases.flatMap {
      client($0, clientName: clientName, scripts.pool, broadcast: true)
    }
  }

  /// Banner, features, two estimates and histories, which are asked under our name too.
  ///
  /// - Parameters:
  ///   - scripts: those that the scan draws, so that no server knows beforehand which are compared.
  ///   - broadcast: also the malformed transaction that the scan offers for broadcast.
  static func client(
    _ arm: ClientArm, clientName: String, _ scripts: [TestScript], broadcast: Bool
  ) -> [Probe] {
    let isConditional = arm != .wallet
    let wanted: Set = ["server.banner", "server.features"]
    let questions = knownToAllFirst(
      identify(clientName: "").filter { wanted.contains($0.id) } + [estimate(2), estimate(25)]
        + scripts.map(history) + (broadcast && arm == .wallet ? self.broadcast : []))
    let name = arm.name(ours: clientName)
    return [
      opening(
        "\(arm.prefix)server.version", clientName: name, family: .client,
        isConditional: isConditional)
    ]
      + questions.map {
        $0.asked(
          as: arm.prefix + $0.id, $0.family == .broadcast ? .broadcast : .client,
          isConditional: isConditional, "\($0.purpose), asked as \(arm == .ours ? "we" : name)")
      }
  }
}
