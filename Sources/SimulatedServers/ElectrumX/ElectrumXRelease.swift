internal import ElectrumProtocol
internal import SimulatedChain

/// What differs between releases of ElectrumX (the `e-x` package) on the wire.
struct ElectrumXRelease: Sendable, Equatable {
  /// As the server prints it, for example `1.18.0`.
  let version: String
  /// Smallest and largest protocol version as the release prints them.
  let protocolMin: String
  let protocolMax: String
  let style: WireStyle
  let padding: PaddedSendBuffer.Rule?
  /// 1.19 and later answer nothing before `server.version`.
  let refusesUnidentified: Bool
  /// 1.19 and later ignore further arguments of `server.version`.
  let ignoresVersionExtras: Bool
  /// 1.19 and later check transactions for being hexadecimal before asking the node.
  let checksBroadcastHex: Bool
  /// 1.17 and later close on JSON nested too deeply; earlier ones fall silent.
  let closesOnDeepNesting: Bool
  /// 1.18 and later have packages: 1.18 whatever was negotiated, later ones from protocol 1.6 on.
  let takesPackages: Bool
  /// 1.18 names the transactions of a refused package.
  let listsPackageIdentifiers: Bool
  /// 1.19 and later state what waits in the node by height and then id.
  let ordersMempool: Bool
  /// 2.0 speaks protocol 1.7.
  let speaksScriptPubKeys: Bool
  /// Code of the error for a history that is too long.
  let longHistoryCode: Int
  /// Default of MAX_SEND. Unit: bytes.
  let defaultMaximumSend: Int

  private static let smallestMaximumSend = 350_000

  init(version: String) {
    self.version = version
    let number = ProtocolVersion(version)?.parts ?? [1, 16]
    // Trailing zeros are not in `parts`: 2.0.0 is [2].
    func atLeast(_ bound: Int...) -> Bool { !number.lexicographicallyPrecedes(bound) }
    protocolMin = atLeast(1, 12) ? "1.4" : "1.2"
    protocolMax =
      if atLeast(2) { "1.7.0" } else if atLeast(1, 19) { "1.6.0" } else if atLeast(1, 17) {
        "1.4.3"
      } else if atLeast(1, 12) { "1.4.2" } else { "1.4.1" }
    style = WireStyle(spaced: !atLeast(1, 17), escapesNonASCII: true)
    padding = atLeast(1, 19) ? .release119 : atLeast(1, 18) ? .release118 : nil
    refusesUnidentified = atLeast(1, 19)
    ignoresVersionExtras = atLeast(1, 19)
    checksBroadcastHex = atLeast(1, 19)
    closesOnDeepNesting = atLeast(1, 17)
    takesPackages = atLeast(1, 18)
    listsPackageIdentifiers = atLeast(1, 18) && !atLeast(1, 19)
    ordersMempool = atLeast(1, 19)
    speaksScriptPubKeys = atLeast(2)
    longHistoryCode = atLeast(2) ? 10_001 : 1
    defaultMaximumSend = atLeast(1, 18) ? 8_100_000 : 1_000_000
  }

  /// Bytes of the longest reply.
  func maximumSend(_ limits: ServerLimits) -> Int {
    max(Self.smallestMaximumSend, limits.maximumSend ?? defaultMaximumSend)
  }

  func status(_ hash: Scripthash, _ view: ChainView) -> String? {
    view.status(hash, mempool: ordersMempool ? .byHeightThenID : .asInserted)
  }
}
