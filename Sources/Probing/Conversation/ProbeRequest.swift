import Digests
internal import ElectrumProtocol

/// A probe as the bytes that put it, once a protocol version is negotiated.
struct ProbeRequest {
  let probe: Probe
  let number: Int
  let version: ProtocolVersion?
  let answers: EarlierAnswers

  private static let scriptPubKeysSince = ProtocolVersion("1.7")

  init(_ probe: Probe, number: Int, version: ProtocolVersion?, answers: EarlierAnswers) {
    self.probe = probe
    self.number = number
    self.version = version
    self.answers = answers
  }

  /// Nil where nothing is known to ask about.
  var bytes: [UInt8]? {
    switch probe.question {
    case .method(let method, let params): request(method, params)
    case .script(let operation, let script): ask(operation, script)
    case .derived(let derivation): derivation.call(answers).map { request($0.method, $0.params) }
    case .batch(let methods): batch(methods)
    case .text(let text):
      Array((text.replacing("ID", with: String(number)) + "\n").utf8)
    case .bytes(let bytes): bytes
    }
  }

  private func request(_ method: String, _ params: [WireValue]) -> [UInt8] {
    ElectrumRequest(id: number, method: method, params: params).encoded()
  }

  private func ask(_ operation: String, _ script: TestScript) -> [UInt8] {
    if let version, let since = Self.scriptPubKeysSince, version >= since {
      return request(
        "blockchain.scriptpubkey.\(operation)", [.string(Hex.text(script.scriptPubKey))])
    }
    return request("blockchain.scripthash.\(operation)", [.string(script.scripthash.text)])
  }

  /// The first item has the probe's number, the others a thousand times it and their place.
  private func batch(_ methods: [String]) -> [UInt8] {
    let items = methods.enumerated().map { place, method in
      let id = place == 0 ? number : number * 1_000 + place
      return ElectrumRequest(id: id, method: method).encoded().dropLast()
    }
    return [UInt8(ascii: "[")] + items.joined(separator: [UInt8(ascii: ",")])
      + [UInt8(ascii: "]"), UInt8(ascii: "\n")]
  }
}
