internal import Artifact
internal import Digests
internal import ElectrumProtocol
internal import SimulatedChain
internal import SimulatedServers

/// A server whose newest block is none.
struct FalseTip: PlantedDeviation {
  static let word = "false-tip"
  static let summary = "Its newest header has neither the work nor the linkage it claims."
  static let indicators: [String] = ["I3.invalid-header"]
  static let isAnswer = true
  static var drawn: [Self] { [Self()] }

  init() {}

  func fields<F: Fields>(_ f: inout F) {}

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    planter.changeChain(of: &profile) { face in
      face.lies.falseTip = header(over: face.view, planter)
    }
  }

  /// A header that follows no known block and misses its target.
  private func header(over view: ChainView, _ planter: DeviationPlanter) -> BlockHeader? {
    guard let honest = view.header(view.tip) else { return nil }
    let previous = SHA256.digest(Array("\(planter.server.id)|\(planter.epoch)".utf8))
    for nonce: UInt32 in 0..<1_000 {
      let header = BlockHeader(
        version: honest.version, previousHash: previous, merkleRoot: honest.merkleRoot,
        time: honest.time, bits: honest.bits, nonce: nonce)
      if !header.hasProofOfWork { return header }
    }
    return nil
  }
}
