internal import ElectrumProtocol
import Ordering
internal import SimulatedChain
internal import Statistics

/// A conversation with ElectrumX: its JSON-RPC layer. The methods are in `ElectrumXMethods`, the
/// cost of them in `ElectrumXThrottle`.
struct ElectrumXSession: ServerSession {
  /// How a reply ends the connection.
  private enum Ending {
    case none, close, abort
  }

  /// A reply as it is written, if there is one, and when it leaves.
  private struct Served {
    var reply: [UInt8]?
    var time: Double
    var ending = Ending.none
    var isExcessive = false
  }

  let release: ElectrumXRelease
  var visit: Visit
  var dialect: ElectrumXDialect?
  /// Set by `server.version`.
  var negotiated: ProtocolVersion?
  var subscriptions = Subscriptions()
  /// Coins or history entries that the method under way has looked at.
  var items = 0
  private var throttle: ElectrumXThrottle
  private var notices: [[UInt8]] = []

  private static let nestingLimit = 900

  init(context: SessionContext) {
    visit = Visit(context: context)
    release = ElectrumXRelease(version: context.server.software.version ?? "")
    throttle = ElectrumXThrottle(context.server.limits)
  }

  var context: SessionContext {
    get { visit.context }
    set { visit.context = newValue }
  }
  var padding: PaddedSendBuffer.Rule? { release.padding }

  mutating func receive(_ line: ArraySlice<UInt8>, at time: Double) -> [SessionEffect] {
    throttle.charge(Double(line.count) / ElectrumXCost.bytesPerUnit, at: time)
    guard String(validating: line, as: UTF8.self) != nil else {
      return junk(-32700, "messages must be encoded in UTF-8", at: time)
    }
    let value: WireValue
    do throws(WireDefect) {
      let document = try WireDocument(parsing: line, limits: .init(depth: Self.nestingLimit))
      guard document.repairs.allSatisfy({ $0.kind == .notFinite || $0.kind == .loneSurrogate })
      else { return junk(-32700, "invalid JSON", at: time) }
      value = document.value
    } catch {
      if error.kind == .tooDeep { return release.closesOnDeepNesting ? [.abort] : [] }
      return junk(-32700, "invalid JSON", at: time)
    }
    if let items = value.elements { return batch(items, at: time) }
    guard value.members != nil else {
      return junk(-32600, "request object must be a dictionary", at: time)
    }
    if dialect == nil { dialect = ElectrumXDialect(value) }
    let served = serve(value, at: time)
    return effects(served.reply, served.time, served.ending, now: time)
  }

  /// Notices first, then the reply, then the end.
  private mutating func effects(
    _ reply: [UInt8]?, _ time: Double, _ ending: Ending, now: Double
  ) -> [SessionEffect] {
    var result = notices.map { SessionEffect.send($0) }
    notices = []
    let wait = time - now + visit.server.serviceDelay
    let isLate = wait > 1e-9
    switch ending {
    case .none:
      if let reply { result.append(isLate ? .sendLater(reply, seconds: wait) : .send(reply)) }
    case .close:
      if isLate { result.append(.pause(seconds: wait)) }
      if let reply { result.append(.send(reply)) }
      result.append(.close)
    case .abort:
      if isLate { result.append(.pause(seconds: wait)) }
      result.append(.abort)
    }
    return result
  }

  private mutating func junk(
    _ code: Int, _ message: String, at time: Double
  ) -> [SessionEffect] {
    throttle.charge(code == -32700 ? ElectrumXCost.junk : ElectrumXCost.error, at: time)
    let reply = ElectrumXEnvelope.reply(
      dialect, id: .null, error: RPCError(code, message))
    return [.send(reply.encoded(release.style))]
  }

  /// Faulty items first, the others as they are done; all are joined by `, ` whatever the style of
  /// each. One that uses too much ends the connection without a reply.
  private mutating func batch(_ items: [WireValue], at time: Double) -> [SessionEffect] {
    if items.isEmpty { return junk(-32600, "batch is empty", at: time) }
    if dialect == nil, let first = items.first { dialect = ElectrumXDialect(first) }
    let fault = ElectrumXEnvelope.reply(
      dialect, id: .null, error: RPCError(-32600, "request object must be a dictionary"))
    let faults = items.filter { $0.members == nil }.map { _ in fault.encoded(release.style) }
    var served: [Served] = []
    for item in items where item.members != nil {
      let one = serve(item, at: time)
      if one.ending == .abort || one.isExcessive {
        return effects(nil, one.time, .abort, now: time)
      }
      served.append(one)
      if one.ending != .none { break }
    }
    let end = served.map(\.time).max() ?? time
    let order = served.indices.sorted {
      (served[$0].time, $0) < (served[$1].time, $1)
    }
    let parts = faults + order.compactMap { served[$0].reply }
    let ending = served.last?.ending ?? .none
    if parts.isEmpty { return effects(nil, end, ending, now: time) }
    let joined = parts.joined(separator: Array(", ".utf8))
    let reply = [UInt8(ascii: "[")] + joined + [UInt8(ascii: "]")]
    return effects(reply, end, ending, now: time)
  }

  private mutating func serve(_ message: WireValue, at time: Double) -> Served {
    guard let method = message["method"] else { return Served(time: time) }
    let id = message["id"] ?? .null
    switch id {
    case .array, .object:
      throttle.charge(ElectrumXCost.error, at: time)
      let error = RPCError(-32600, "invalid \"id\": \(PythonText.repr(id))")
      return Served(
        reply: ElectrumXEnvelope.reply(dialect, id: .null, error: error).encoded(release.style),
        time: time)
    default: break
    }
    if dialect == .version2, message["jsonrpc"]?.text != "2.0" {
      throttle.charge(ElectrumXCost.error, at: time)
      return refused(RPCError(-32600, "\"jsonrpc\" is not \"2.0\""), id: id, at: time)
    }
    guard visit.admits(method.text ?? "", message["params"]) else {
      return refused(Self.excessive, id: id, at: time)
    }
    switch throttle.turn(at: time) {
    case .ends(let moment): return refused(Self.excessive, id: id, at: moment)
    case .timesOut(let moment):
      throttle.book(refusalAt: moment, cost: ElectrumXCost.error)
      return refused(
        RPCError(-102, "server busy - request timed out"), id: id, at: moment)
    case .runs(let start): return run(method, message["params"], id: id, start: start)
    }
  }

  private static let excessive = RPCError(-101, "excessive resource usage", closes: true)

  private func refused(_ error: RPCError, id: WireValue, at time: Double) -> Served {
    let isSilent = id.isNull && !error.closes
    return Served(
      reply: isSilent
        ? nil : ElectrumXEnvelope.reply(dialect, id: id, error: error).encoded(release.style),
      time: time, ending: error.closes ? .close : .none, isExcessive: error.code == -101)
  }

  private mutating func run(
    _ method: WireValue, _ params: WireValue?, id: WireValue, start: Double
  ) -> Served {
    items = 0
    var cost = 0.0
    var end = start
    var served: Served
    do throws(RPCError) {
      let (result, price, seconds) = try call(method, params)
      cost = price
      end = start + seconds
      let reply = ElectrumXEnvelope.reply(dialect, id: id, result: result)
      served = Served(
        reply: id.isNull ? nil : try bounded(reply.encoded(release.style)), time: end)
    } catch {
      served = refused(error, id: id, at: end)
      cost += ElectrumXCost.error
    }
    let bytes = served.reply?.count ?? 0
    throttle.book(
      start: start, end: end, cost: 0,
      costAtEnd: cost + Double(bytes) / ElectrumXCost.bytesPerUnit)
    return served
  }

  private func bounded(_ reply: [UInt8]) throws(RPCError) -> [UInt8] {
    let limit = release.maximumSend(visit.limits)
    guard reply.count > limit else { return reply }
    let number = PythonText.grouped("\(limit)")
    throw RPCError(-32600, "response too large (over \(number) bytes")
  }

  /// The result, its cost and the seconds it takes.
  private mutating func call(
    _ method: WireValue, _ params: WireValue?
  ) throws(RPCError) -> (WireValue, Double, Double) {
    guard let name = method.text else { throw RPCError(-32601, "method must be a string") }
    if release.refusesUnidentified, negotiated == nil, name != "server.version" {
      crashOldClient()
      throw RPCError(1, "use server.version to identify client", closes: true)
    }
    guard let known = ElectrumXMethods.named(name, in: self) else {
      throw RPCError(-32601, "unknown method \"\(name)\"")
    }
    let arguments = try known.arguments(params ?? .array([]), method: name)
    let result = try known.run(&self, arguments)
    let wait = ElectrumXCost.wait(for: name)
    let draw = wait == .nothing ? 0 : visit.context.random.nextUnit()
    return (
      result, ElectrumXCost.of(name, arguments, items: items),
      ElectrumXCost.seconds(wait, items: items, draw: draw)
    )
  }

  /// Two notifications that very old wallets do not survive.
  mutating func crashOldClient() {
    for method in ["blockchain.relayfee", "blockchain.estimatefee"] {
      notices.append(ElectrumXEnvelope.notification(method, nil).encoded(release.style))
    }
  }
}
