internal import ElectrumProtocol

/// What differs between releases of ElectrumX (the `e-x` package) on the wire.
struct ElectrumXRelease: Sendable, Equatable {
  /// As the server prints it, for example `1.18.0`.
  let version: String
  /// Largest protocol version as the release prints it.
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
  /// 2.0 speaks protocol 1.7.
  let speaksScriptPubKeys: Bool

  static let protocolMin = "1.4"

  init(version: String) {
    self.version = version
    let number = ProtocolVersion(version)?.parts ?? [1, 16]
    // Trailing zeros are not in `parts`: 2.0.0 is [2].
    func atLeast(_ bound: Int...) -> Bool { !number.lexicographicallyPrecedes(bound) }
    protocolMax =
      if atLeast(2) { "1.7.0" } else if atLeast(1, 19) { "1.6.0" } else if atLeast(1, 17) {
        "1.4.3"
      } else { "1.4.2" }
    style = WireStyle(spaced: !atLeast(1, 17), escapesNonASCII: true)
    padding = atLeast(1, 19) ? .release119 : atLeast(1, 18) ? .release118 : nil
    refusesUnidentified = atLeast(1, 19)
    ignoresVersionExtras = atLeast(1, 19)
    checksBroadcastHex = atLeast(1, 19)
    closesOnDeepNesting = atLeast(1, 17)
    speaksScriptPubKeys = atLeast(2)
  }
}
