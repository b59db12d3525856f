internal import ElectrumProtocol
import Ordering

/// One method: its parameters as Python declares them, and what it does.
struct ElectrumXMethod: Sendable {
  typealias Body =
    @Sendable (inout ElectrumXSession, [WireValue?]) throws(RPCError) -> WireValue

  var parameters: [String]
  /// How many have no default.
  var required: Int
  /// Takes and ignores further arguments.
  var ignoresExtras = false
  var run: Body

  init(
    _ parameters: [String] = [], required: Int? = nil, ignoresExtras: Bool = false,
    run: @escaping Body
  ) {
    self.parameters = parameters
    self.required = required ?? parameters.count
    self.ignoresExtras = ignoresExtras
    self.run = run
  }

  /// One value a parameter, nil where the default holds.
  func arguments(_ params: WireValue, method: String) throws(RPCError) -> [WireValue?] {
    switch params {
    case .array(let values): return try positional(values, method: method)
    case .object(let members): return try named(members, method: method)
    default:
      throw RPCError(-32602, "invalid request arguments: \(PythonText.str(params))")
    }
  }

  private func positional(
    _ values: [WireValue], method: String
  ) throws(RPCError) -> [WireValue?] {
    let plural = values.count == 1 ? "" : "s"
    if values.count < required {
      throw RPCError(
        -32602,
        "\(values.count) argument\(plural) passed to method \"\(method)\" but it requires \(required)"
      )
    }
    if values.count > parameters.count, !ignoresExtras {
      throw RPCError(
        -32602,
        "\(values.count) argument\(plural) passed to method \(method) taking at most \(parameters.count)"
      )
    }
    return parameters.indices.map { $0 < values.count ? values[$0] : nil }
  }

  private func named(
    _ members: [WireMember], method: String
  ) throws(RPCError) -> [WireValue?] {
    let object = WireValue.object(members)
    let missing = parameters.prefix(required).filter { object[$0] == nil }.sorted()
    if !missing.isEmpty {
      throw RPCError(-32602, Self.text(method, "requires", missing))
    }
    let excess = Set(members.map(\.key)).subtracting(parameters).sorted()
    if !excess.isEmpty, !ignoresExtras {
      throw RPCError(-32602, Self.text(method, "does not take", excess))
    }
    return parameters.map { object[$0] }
  }

  private static func text(_ method: String, _ verb: String, _ names: [String]) -> String {
    let plural = names.count == 1 ? "" : "s"
    let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
    return "method \"\(method)\" \(verb) parameter\(plural) \(list)"
  }
}
