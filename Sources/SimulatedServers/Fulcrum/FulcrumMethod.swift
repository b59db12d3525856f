internal import ElectrumProtocol

/// One method with the number of parameters it takes.
struct FulcrumMethod: Sendable {
  typealias Body = @Sendable (inout FulcrumSession, [WireValue]) throws(RPCError) -> WireValue

  var minimum: Int
  var maximum: Int
  /// The release it came with.
  var since: [Int]
  /// Answered at once rather than by the thread pool.
  var isQuick: Bool
  var run: Body

  init(
    _ minimum: Int = 0, _ maximum: Int? = nil, since: [Int] = [1], isQuick: Bool = false,
    run: @escaping Body
  ) {
    self.minimum = minimum
    self.maximum = maximum ?? minimum
    self.since = since
    self.isQuick = isQuick
    self.run = run
  }

  func check(_ params: WireValue, method: String) throws(RPCError) -> [WireValue] {
    guard let values = params.elements else {
      throw RPCError(-32602, "Named params are not supported for this method")
    }
    if values.count < minimum { throw refusal("least", minimum, method, values.count) }
    if values.count > maximum { throw refusal("most", maximum, method, values.count) }
    return values
  }

  private func refusal(_ bound: String, _ limit: Int, _ method: String, _ count: Int) -> RPCError {
    let noun = limit == 1 ? "parameter" : "parameters"
    return RPCError(
      -32602, "Expected at \(bound) \(limit) \(noun) for \(method), got \(count) instead")
  }
}
