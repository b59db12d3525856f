import Digests
internal import ElectrumProtocol
internal import SimulatedChain

/// Header methods of ElectrumX.
enum ElectrumXBlocks {
  static let maximumHeaders = 2016

  static func tip(_ view: ChainView) -> WireValue {
    .object([
      WireMember("hex", .string(Hex.text(view.header(view.tip)?.bytes ?? []))),
      WireMember("height", .integer(view.tip)),
    ])
  }

  /// `non_negative_integer` of ElectrumX.
  static func nonNegative(_ value: WireValue?) throws(RPCError) -> Int {
    if let number = PythonText.int(value ?? .null), number >= 0 { return number }
    throw RPCError(1, "\(PythonText.str(value ?? .null)) should be a non-negative integer")
  }

  static func header(
    _ session: ElectrumXSession, _ arguments: [WireValue?]
  ) throws(RPCError) -> WireValue {
    let view = session.visit.chain
    let height = try nonNegative(arguments[0])
    let checkpoint = try nonNegative(arguments[1] ?? .integer(0))
    guard let header = view.header(height) else {
      throw RPCError(1, "height \(grouped(arguments[0], height)) out of range")
    }
    let text = WireValue.string(Hex.text(header.bytes))
    if checkpoint == 0 { return text }
    return .object(
      [WireMember("header", text)]
        + (try proof(view, height: height, checkpoint: checkpoint)))
  }

  static func headers(
    _ session: ElectrumXSession, _ arguments: [WireValue?]
  ) throws(RPCError) -> WireValue {
    let view = session.visit.chain
    let start = try nonNegative(arguments[0])
    let wanted = try nonNegative(arguments[1])
    let checkpoint = try nonNegative(arguments[2] ?? .integer(0))
    let count = start > view.tip ? 0 : min(wanted, maximumHeaders, view.tip - start + 1)
    let headers = (0..<count).compactMap { view.header(start + $0) }
    let numbers = [
      WireMember("count", .integer(count)), WireMember("max", .integer(maximumHeaders)),
    ]
    var members: [WireMember]
    if let version = session.negotiated, let array = ProtocolVersion("1.6"), version >= array {
      members =
        numbers
        + [WireMember("headers", .array(headers.map { .string(Hex.text($0.bytes)) }))]
    } else {
      members = [WireMember("hex", .string(Hex.text(headers.flatMap(\.bytes))))] + numbers
    }
    if count > 0, checkpoint > 0 {
      members += try proof(view, height: start + count - 1, checkpoint: checkpoint)
    }
    return .object(members)
  }

  private static func proof(
    _ view: ChainView, height: Int, checkpoint: Int
  ) throws(RPCError) -> [WireMember] {
    guard height <= checkpoint, checkpoint <= view.tip else {
      throw RPCError(
        1,
        "require header height \(PythonText.grouped("\(height)")) <= cp_height "
          + "\(PythonText.grouped("\(checkpoint)")) <= chain height "
          + PythonText.grouped("\(view.tip)"))
    }
    let proof = view.headerProof(height, checkpoint: checkpoint)
    return [
      WireMember("branch", .array(proof.branch.map { .string($0) })),
      WireMember("root", .string(proof.root)),
    ]
  }

  /// The number as it came, so that integers beyond 64 bits keep their digits.
  static func grouped(_ value: WireValue?, _ number: Int) -> String {
    if case .number(let text) = value, text.utf8.allSatisfy({ (48...57).contains($0) }) {
      return PythonText.grouped(text)
    }
    return PythonText.grouped("\(number)")
  }
}
