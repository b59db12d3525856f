import Digests
internal import ElectrumProtocol
internal import SimulatedChain

/// Header methods of Fulcrum.
enum FulcrumBlocks {
  private static let maximumHeaders = 2016
  private static let heightBound = 1_000_000_000

  static func tip(_ session: FulcrumSession) -> WireValue {
    let view = session.visit.chain
    return .object([
      WireMember("height", .integer(view.tip)),
      WireMember("hex", .string(Hex.text(view.header(view.tip)?.bytes ?? []))),
    ])
  }

  static func number(_ value: WireValue, _ name: String) throws(RPCError) -> Int {
    if let number = PythonText.int(value), (0..<heightBound).contains(number) { return number }
    throw RPCError(1, "Invalid \(name)")
  }

  static func headerWithHeight(
    _ session: FulcrumSession, _ values: [WireValue]
  ) throws(RPCError) -> WireValue {
    let height = try number(values[0], "height")
    guard let header = session.visit.chain.header(height) else {
      throw RPCError(1, "Height \(height) is out of range")
    }
    return .object([
      WireMember("height", .integer(height)),
      WireMember("hex", .string(Hex.text(header.bytes))),
    ])
  }

  static func header(
    _ session: FulcrumSession, _ values: [WireValue]
  ) throws(RPCError) -> WireValue {
    let view = session.visit.chain
    let height = try number(values[0], "height")
    let checkpoint = values.count > 1 ? try number(values[1], "cp_height") : 0
    guard let header = view.header(height) else {
      throw RPCError(1, "Height \(height) is out of range")
    }
    let text = WireValue.string(Hex.text(header.bytes))
    if checkpoint == 0 { return text }
    let (branch, root) = try proof(view, height: height, checkpoint: checkpoint)
    return .object([branch, WireMember("header", text), root])
  }

  static func headers(
    _ session: FulcrumSession, _ values: [WireValue]
  ) throws(RPCError) -> WireValue {
    let view = session.visit.chain
    let start = try number(values[0], "height")
    let wanted = try number(values[1], "count")
    let checkpoint = values.count > 2 ? try number(values[2], "cp_height") : 0
    let count = start > view.tip ? 0 : min(wanted, maximumHeaders, view.tip - start + 1)
    let headers = (0..<count).compactMap { view.header(start + $0) }
    var members = [WireMember("count", .integer(count))]
    if let version = session.negotiated, let array = ProtocolVersion("1.6"), version >= array {
      members.append(
        WireMember("headers", .array(headers.map { .string(Hex.text($0.bytes)) })))
    } else {
      members.append(WireMember("hex", .string(Hex.text(headers.flatMap(\.bytes)))))
    }
    members.append(WireMember("max", .integer(maximumHeaders)))
    if count > 0, checkpoint > 0 {
      let (branch, root) = try proof(view, height: start + count - 1, checkpoint: checkpoint)
      members.insert(branch, at: 0)
      members.append(root)
    }
    return .object(members)
  }

  private static func proof(
    _ view: ChainView, height: Int, checkpoint: Int
  ) throws(RPCError) -> (WireMember, WireMember) {
    guard height <= checkpoint, checkpoint <= view.tip else {
      throw RPCError(
        1,
        "header height \(height) must be <= cp_height \(checkpoint) which must be <= chain height \(view.tip)"
      )
    }
    let proof = view.headerProof(height, checkpoint: checkpoint)
    return (
      WireMember("branch", .array(proof.branch.map { .string($0) })),
      WireMember("root", .string(proof.root))
    )
  }
}
