internal import ElectrumProtocol
import Ordering
internal import SimulatedChain
internal import Statistics

/// A conversation with Fulcrum: its JSON-RPC layer. The methods are in `FulcrumMethods`.
struct FulcrumSession: ServerSession {
  private enum Ending {
    case none, close, abort
  }

  /// A reply and when it leaves.
  private struct Served {
    var reply: WireValue
    var seconds = 0.0
    var ending = Ending.none
  }

  let release: FulcrumRelease
  var visit: Visit
  var negotiated: ProtocolVersion?
  var subscriptions = Subscriptions()
  private var errors = 0
  private var requests = 0

  private static let errorAllowance = 10
  private static let defaultBatch = 345
  private static let defaultClients = 12

  init(context: SessionContext) {
    visit = Visit(context: context)
    release = FulcrumRelease(version: context.server.software.version ?? "")
  }

  var lineEnd: [UInt8] { [UInt8(ascii: "\r"), UInt8(ascii: "\n")] }
  var maximumLine: Int { 8_000_000 }

  /// More connections of one address than allowed are closed without a word.
  func open() -> [SessionEffect] {
    let limit = visit.limits.clientsPerAddress ?? Self.defaultClients
    return limit > 0 && visit.context.connectionsOfClient > limit ? [.abort] : []
  }

  mutating func receive(_ line: ArraySlice<UInt8>, at time: Double) -> [SessionEffect] {
    let refusal = open()
    guard refusal.isEmpty else { return refusal }
    guard let document = try? WireDocument(parsing: line, limits: .init(depth: 512)),
      document.repairs.allSatisfy({ $0.kind == .loneSurrogate }),
      !FulcrumMessage.hasHugeInteger(document.value)
    else {
      let text = FulcrumMessage.quoted(line)
      let error = RPCError(-32700, "Failed to parse Json from string: \(text)")
      return effects(counted(FulcrumMessage.reply(id: .null, error: error)))
    }
    if let items = document.value.elements { return batch(items) }
    guard let served = serve(document.value) else { return [] }
    return effects(served)
  }

  private func effects(_ served: Served) -> [SessionEffect] {
    if served.ending == .abort { return [.abort] }
    let bytes = served.reply.encoded()
    let seconds = served.seconds + visit.server.serviceDelay
    if served.ending == .close {
      return (seconds > 0 ? [.pause(seconds: seconds)] : []) + [.send(bytes), .close]
    }
    return [seconds > 0 ? .sendLater(bytes, seconds: seconds) : .send(bytes)]
  }

  /// Items leave as they are done, the quick ones first.
  private mutating func batch(_ items: [WireValue]) -> [SessionEffect] {
    if items.isEmpty {
      return effects(
        counted(FulcrumMessage.reply(id: .null, error: RPCError(-32600, "Invalid request"))))
    }
    let limit = visit.limits.maximumBatch ?? Self.defaultBatch
    if limit > 0, items.count > limit {
      return effects(
        counted(FulcrumMessage.reply(id: .null, error: RPCError(4, "Batch limit exceeded"))))
    }
    var parts: [Served] = []
    var ending = Ending.none
    for item in items where ending == .none {
      guard let served = serve(item) else { continue }
      parts.append(served)
      ending = served.ending
    }
    if ending == .abort { return [.abort] }
    if parts.isEmpty { return [] }
    let order = parts.indices.sorted { (parts[$0].seconds, $0) < (parts[$1].seconds, $1) }
    return effects(
      Served(
        reply: .array(order.map { parts[$0].reply }), seconds: parts.map(\.seconds).max() ?? 0,
        ending: ending))
  }

  /// The reply and how the connection ends, if it does; nil for a notification.
  private mutating func serve(_ message: WireValue) -> Served? {
    let id: WireValue
    do throws(RPCError) {
      id = try FulcrumMessage.identifier(message["id"])
    } catch {
      return counted(FulcrumMessage.reply(id: .null, error: error))
    }
    if let error = FulcrumMessage.shapeError(message, id: id) {
      return counted(FulcrumMessage.reply(id: id, error: error))
    }
    guard message["id"] != nil else { return nil }
    let method = message["method"]?.text ?? ""
    let params = message["params"] ?? .array([])
    guard let known = FulcrumMethods.table[method], release.has(known) else {
      let error = FulcrumMethods.refusal(of: method, release)
      return counted(FulcrumMessage.reply(id: id, error: error))
    }
    do throws(RPCError) {
      let arguments = try known.check(params, method: method)
      requests += 1
      guard visit.admits(method, params) else {
        throw RPCError(
          3, "Excessive flood, please throttle your client implementation to not do this",
          closes: true)
      }
      let result = try known.run(&self, arguments)
      return Served(
        reply: FulcrumMessage.reply(id: id, result: result),
        seconds: known.isQuick ? 0 : seconds())
    } catch {
      let reply = FulcrumMessage.reply(id: id, error: error)
      if error.closes { return Served(reply: reply, ending: .close) }
      return error.code == -32602 ? counted(reply) : Served(reply: reply)
    }
  }

  /// A thread pool answers what needs the database, in no fixed order.
  private mutating func seconds() -> Double {
    FulcrumServiceTime.draw(&visit.context.random)
  }

  /// The eleventh protocol error beyond the good requests ends the connection without a word.
  private mutating func counted(_ reply: WireValue) -> Served {
    errors += 1
    return Served(reply: reply, ending: errors - requests >= Self.errorAllowance ? .abort : .none)
  }

  /// The new header, then the scripts.
  mutating func update(_ server: ServerProfile, at time: Double) -> [SessionEffect] {
    let before = visit.chain.header(visit.chain.tip)?.bytes
    visit.learn(server)
    let view = visit.chain
    var notices: [WireValue] = []
    if view.header(view.tip)?.bytes != before, subscriptions.headers {
      notices.append(
        FulcrumMessage.notification("blockchain.headers.subscribe", [FulcrumBlocks.tip(self)]))
    }
    let session = self
    for (hash, status) in subscriptions.changedScripts({ FulcrumScripts.status(session, $0) }) {
      notices.append(
        FulcrumMessage.notification(
          "blockchain.scripthash.subscribe",
          [.string(hash.text), status.map { .string($0) } ?? .null]))
    }
    return notices.map { .send($0.encoded()) }
  }
}
