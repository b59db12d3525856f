import Digests
import ElectrumProtocol
import SimulatedChain
import SimulatedServers
import Statistics
import TestSupport

/// Recorded questions put to simulated servers.
enum Recording {
  /// Long enough for every reply but those that a busy server refuses after half a minute.
  private static let patience = 5.0
  private static let burstPatience = 60.0

  /// The recorded servers ran on loopback, where Fulcrum's limits of an address do not hold.
  static func profile(_ software: String, tip: Int = RecordedChain.tip) -> ServerProfile {
    var profile = ServerProfile(
      software: ServerSoftware(software), chain: RecordedChain.view(tip: tip))
    profile.tcpPort = 61_081
    profile.sslPort = 61_082
    profile.limits.clientsPerAddress = 0
    profile.limits.maximumBatch = 0
    return profile
  }

  static func connection(
    _ profile: ServerProfile, isTLS: Bool = false, connections: Int = 1
  ) throws -> VirtualConnection {
    var context = SessionContext(
      server: profile, localAddress: "127.0.0.1", localPort: isTLS ? 61_082 : 61_081,
      isTLS: isTLS, random: Xoshiro256StarStar(seed: 1))
    context.connectionsOfClient = connections
    guard let implementation = ServerImplementation(profile.software) else {
      throw RPCError(0, "not simulated: \(profile.software.raw)")
    }
    return VirtualConnection(implementation.session(context))
  }

  /// After `server.version`; its reply is not counted.
  static func handshaken(
    _ profile: ServerProfile, _ version: String?, isTLS: Bool = false
  ) throws -> (connection: VirtualConnection, packets: Int) {
    var connection = try connection(profile, isTLS: isTLS)
    if let version {
      let hello = ElectrumRequest(
        id: 0, method: "server.version",
        params: [.string("p"), .array([.string("1.4"), .string(version)])])
      connection.send(hello.encoded())
      connection.runUntilAnswered()
    }
    return (connection, connection.packets.count)
  }

  /// What the simulated server answers to a recorded question, and whether it closes.
  static func ask(_ transcript: Transcript) throws -> (bytes: [UInt8], closed: Bool) {
    let profile = profile("\(transcript.implementation) \(transcript.version)")
    var (connection, seen) = try handshaken(
      profile, transcript.protocolVersion, isTLS: transcript.transport == "ssl")
    let request =
      transcript.probe.hasPrefix("notify/")
      ? replaced(transcript.request) : RecordedChain.translated(complete(transcript))
    // Where the recording has only the opening, only the opening is compared; the summary asks all.
    let isOpening = transcript.isAbridged && transcript.probe.hasPrefix("burst/whale")
    connection.send(isOpening ? firstLines(request, 2) : request)
    let isBurst = transcript.probe.hasPrefix("burst/")
    connection.run(until: connection.now + (isBurst ? burstPatience : patience))
    if transcript.probe.hasPrefix("notify/") {
      seen = connection.packets.count
      connection.update(self.profile(profile.software.raw, tip: RecordedChain.tip + 1))
      connection.run(until: connection.now + patience)
    }
    let bytes = connection.packets.dropFirst(seen).flatMap(\.bytes)
    return (bytes, connection.closedAt != nil)
  }

  private static func firstLines(_ request: [UInt8], _ count: Int) -> [UInt8] {
    request.split(separator: 10).prefix(count).flatMap { Array($0) + [10] }
  }

  /// The script that our next block touches in place of the recorded one.
  private static func replaced(_ request: [UInt8]) -> [UInt8] {
    let recorded = TestScript.probed[1]
    let ours = RecordedChain.touchedScript
    var text = String(decoding: request, as: UTF8.self)
    text.replace(recorded.scripthash.text, with: ours.scripthash.text)
    text.replace(Hex.text(recorded.scriptPubKey), with: Hex.text(ours.scriptPubKey))
    return Array(text.utf8)
  }

  /// The whole of a question whose middle the recording leaves out.
  private static func complete(_ transcript: Transcript) -> [UInt8] {
    guard
      String(decoding: transcript.request, as: UTF8.self).contains(" bytes]...")
        || String(decoding: transcript.request.suffix(40), as: UTF8.self).contains(" bytes]")
    else { return transcript.request }
    let parts = transcript.probe.split(separator: "/")
    let name = parts.count > 1 ? String(parts[1]) : ""
    switch parts.first {
    case "batch": return batch(Int(name) ?? 0)
    case "size":
      return switch name {
      case "line_100k": ping(padding: 100_000)
      case "line_1.1M": ping(padding: 1_100_000)
      // Far over one limit and well under the other, as the recorded 6 MB, but sooner read.
      case "line_6M": ping(padding: 2_000_000)
      case "after_oversize_ping":
        ping(padding: 1_100_000) + line("server.ping", [], id: 77)
      default: [UInt8](repeating: UInt8(ascii: "a"), count: 1_100_000)
      }
    default: return burst(name)
    }
  }

  static func batch(_ count: Int) -> [UInt8] {
    let items = (0..<count).map { Array(line("server.ping", [], id: $0).dropLast()) }
    return Array("[".utf8) + items.joined(separator: Array(",".utf8)) + Array("]\n".utf8)
  }

  static func burst(_ name: String) -> [UInt8] {
    let balance = "blockchain.scripthash.get_balance"
    // Recorded with a script of 630 coins; the probed ones have fewer in our chain.
    let rich = WireValue.string(SizedScript.thousand.scripthash.text)
    switch name {
    case "ping_x200": return lines(200) { _ in ("server.ping", []) }
    case "get_balance_x200": return lines(200) { _ in (balance, [rich]) }
    case "get_balance_distinct_x200":
      return lines(200) { (balance, [.string(Scripthash(scriptPubKey: [UInt8($0)]).text)]) }
    case "unknown_method_x200": return lines(200) { _ in ("foo", []) }
    case "whale_history_x20":
      let whale = WireValue.string(SizedScript.whale.scripthash.text)
      return lines(20) { _ in ("blockchain.scripthash.get_history", [whale]) }
    default: return Array(String(repeating: "junk\n", count: 120).utf8)
    }
  }

  private static func lines(
    _ count: Int, _ call: (Int) -> (method: String, params: [WireValue])
  ) -> [UInt8] {
    (1...count).flatMap { id in
      let (method, params) = call(id)
      return line(method, params, id: id)
    }
  }

  static func line(_ method: String, _ params: [WireValue], id: Int) -> [UInt8] {
    ElectrumRequest(id: id, method: method, params: params).encoded()
  }

  private static func ping(padding: Int) -> [UInt8] {
    line("server.ping", [.string(String(repeating: "a", count: padding))], id: 1)
  }
}
