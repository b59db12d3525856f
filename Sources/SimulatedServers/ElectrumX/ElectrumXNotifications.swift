internal import ElectrumProtocol
internal import SimulatedChain
internal import Statistics

extension ElectrumXSession {
  private static let noiseLength = 128
  private static let noiseShare = 0.1

  var speaksScriptPubKeys: Bool {
    guard let version = negotiated, let bound = ProtocolVersion("1.7") else { return false }
    return version >= bound
  }

  /// The new header, then scripts, then outputs; from protocol 1.7 on also pings that mean nothing.
  mutating func update(_ server: ServerProfile, at time: Double) -> [SessionEffect] {
    let before = visit.chain.header(visit.chain.tip)?.bytes
    visit.learn(server)
    let view = visit.chain
    let isNewBlock = view.header(view.tip)?.bytes != before
    var notices: [WireValue] = []
    if isNewBlock, subscriptions.headers {
      notices.append(
        ElectrumXEnvelope.notification("blockchain.headers.subscribe", [ElectrumXBlocks.tip(view)]))
    }
    // From protocol 1.7 on the name changes, but what it names is still the scripthash.
    let method =
      speaksScriptPubKeys
      ? "blockchain.scriptpubkey.subscribe" : "blockchain.scripthash.subscribe"
    let release = release
    let limit = ElectrumXScripts.longestHistory(self)
    let scripts = subscriptions.changedScripts { hash in
      view.history(hash).count > limit ? nil : release.status(hash, view)
    }
    for (hash, status) in scripts {
      notices.append(
        ElectrumXEnvelope.notification(
          method, [.string(hash.text), status.map { .string($0) } ?? .null]))
    }
    for (outpoint, status) in subscriptions.changedOutpoints({
      ElectrumXOutpoints.status($0, view)
    }) {
      notices.append(
        ElectrumXEnvelope.notification(
          "blockchain.outpoint.subscribe",
          [.string(outpoint.transaction), .integer(outpoint.index), status]))
    }
    if speaksScriptPubKeys, isNewBlock { notices += noise(told: notices.count) }
    return notices.map { .send($0.encoded(release.style)) }
  }

  /// At least one where little else was said, and sometimes more.
  private mutating func noise(told: Int) -> [WireValue] {
    let ping = ElectrumXEnvelope.notification(
      "server.ping", [.string(String(repeating: "0", count: Self.noiseLength))])
    var pings = told < 2 ? [ping] : []
    while visit.context.random.nextUnit() < Self.noiseShare { pings.append(ping) }
    return pings
  }
}
