internal import ElectrumProtocol
internal import SimulatedChain

/// Proofs as all of the electrs family write them.
enum ElectrsTransactions {
  static func merkle(_ view: ChainView, _ place: SimulatedChain.Location) -> WireValue {
    .object([
      WireMember("block_height", .integer(place.height)),
      WireMember("merkle", .array(view.merkleBranch(place).map { .string($0) })),
      WireMember("pos", .integer(place.position)),
    ])
  }

  static func identifier(
    _ view: ChainView, _ height: Int, _ position: Int, merkle: Bool
  ) -> WireValue {
    guard let transactions = view.transactions(at: height),
      transactions.indices.contains(position)
    else { return .null }
    let text = WireValue.string(transactions[position].text)
    if !merkle { return text }
    let branch = view.merkleBranch(.init(height: height, position: position))
    return .object([
      WireMember("merkle", .array(branch.map { .string($0) })), WireMember("tx_hash", text),
    ])
  }
}
