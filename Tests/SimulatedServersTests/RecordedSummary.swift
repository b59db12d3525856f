import ElectrumProtocol
import SimulatedServers
import Statistics

/// A recorded summary of many questions, and what the simulated server makes of the same ones:
/// outcomes are compared exactly, times to within what two shared cores blur.
struct RecordedSummary {
  let software: String
  let probe: String
  private let version: String?
  private let summary: WireValue

  /// Seconds by which a time may differ.
  private static let blur = 0.06

  init?(software: String, line: [UInt8]) {
    guard let value = try? WireDocument(parsing: line).value, let probe = value["probe"]?.text,
      let summary = value["summary"]
    else { return nil }
    self.software = software
    self.probe = probe
    self.summary = summary
    // Where the record does not say, the recorder had negotiated this.
    version = value["proto"]?.text ?? "1.4.2"
  }

  /// What differs, or nil where nothing does.
  func disagreement() throws -> String? {
    let name = probe.split(separator: "/").dropFirst().first.map(String.init) ?? ""
    let expected: [String]
    let found: [String]
    switch probe.split(separator: "/").first {
    case "burst": (expected, found) = (recordedBurst, try burst(name))
    case "seq": (expected, found) = (recordedSequence, try sequence(name))
    case "errors": (expected, found) = (recordedErrors(name), try errors(name))
    case "batch_size": (expected, found) = (recordedBatch(name), try batch(Int(name) ?? 0))
    case "conns": (expected, found) = (["accepted 20"], try connections())
    default: return "of the TLS layer"
    }
    return expected == found ? nil : "recorded \(expected), simulated \(found)"
  }

  private var profile: ServerProfile { Recording.profile(software) }

  private var recordedBurst: [String] {
    let errors = (summary["errors"]?.members ?? []).map {
      "\($0.key): \(about($0.value.integer ?? 0))"
    }
    return [
      "replies \(summary["replies"]?.integer ?? -1)",
      "in order \(summary["in_order"] == .bool(true))",
      "closed \(summary["closed"]?.isNull == false)",
      "slow \(duration(summary["last_ms"]?.double))",
    ] + errors.sorted()
  }

  /// To the nearest five of two hundred: a sleep more or less fits into the half minute after which
  /// a busy server refuses.
  private func about(_ count: Int) -> Int { (count + 2) / 5 * 5 }

  /// To the nearest power of two of seconds; under half a second is at once.
  private func duration(_ milliseconds: Double?) -> String {
    guard let milliseconds, milliseconds >= 700 else { return "no" }
    return milliseconds >= 20_000 ? "half a minute" : milliseconds >= 2_500 ? "seconds" : "a second"
  }

  private func burst(_ name: String) throws -> [String] {
    var (connection, seen) = try Recording.handshaken(profile, version)
    let start = connection.now
    connection.send(Recording.burst(name))
    connection.run(until: start + 60)
    let packets = connection.packets.dropFirst(seen)
    let output = packets.flatMap(\.bytes)
    if name.hasPrefix("whale") {
      return longReplies(output, connection, packets.last?.time ?? 0, start)
    }
    let replies = Self.replies(output)
    var errors: [String: Int] = [:]
    for reply in replies {
      guard let error = reply["error"] else { continue }
      let text = String(
        decoding: error.encoded(WireStyle(spaced: true)), as: UTF8.self)
      errors[text, default: 0] += 1
    }
    let ids = replies.map { $0["id"]?.integer ?? 0 }
    let last = packets.last.map { ($0.time - start) * 1_000 }
    return [
      "replies \(replies.count)", "in order \(ids == Array(ids.indices.map { $0 + 1 }))",
      "closed \(connection.closedAt != nil)", "slow \(duration(last))",
    ] + errors.map { "\($0.key): \(about($0.value))" }.sorted()
  }

  /// As `burst`, but of long replies only their ends are read, where the id is or is not.
  private func longReplies(
    _ output: [UInt8], _ connection: VirtualConnection, _ last: Double, _ start: Double
  ) -> [String] {
    let lines = output.split(separator: UInt8(ascii: "\n"))
    let ids = lines.map { line -> Int in
      let ends =
        Array(line.prefix(30))
        + Array((line.lastIndex(of: UInt8(ascii: "]")).map { line[$0...] } ?? []).prefix(30))
      let text = String(decoding: ends, as: UTF8.self)
      return text.firstMatch(of: /"id":\s?(\d+)/).flatMap { Int($0.1) } ?? 0
    }
    return [
      "replies \(lines.count)", "in order \(ids == Array(1...max(1, lines.count)))",
      "closed \(connection.closedAt != nil)", "slow \(duration((last - start) * 1_000))",
    ]
  }

  private static func replies(_ bytes: [UInt8]) -> [WireValue] {
    bytes.split(separator: UInt8(ascii: "\n")).compactMap {
      try? WireDocument(parsing: $0).value
    }
  }

  private var recordedSequence: [String] {
    let slow = (summary["latency_ms"]?.elements ?? []).map { ($0.double ?? 0) > 500 }
    return Self.runs(slow) + ["closed \(summary["closed"]?.isNull == false)"]
      + ["padded \(Set((summary["reply_bytes"]?.elements ?? []).map { $0.integer == 1_024 }))"]
  }

  private static func runs(_ slow: [Bool]) -> [String] {
    var result: [String] = []
    var rest = slow[...]
    while let first = rest.first {
      let run = rest.prefix { $0 == first }
      result.append("\(run.count) \(first ? "slow" : "fast")")
      rest = rest.dropFirst(run.count)
    }
    return result
  }

  private func sequence(_ name: String) throws -> [String] {
    let count = Int(name.split(separator: "x").last ?? "") ?? 0
    var (connection, seen) = try Recording.handshaken(profile, version)
    var slow: [Bool] = []
    for id in 1...count {
      let start = connection.now
      connection.send(
        name.hasPrefix("ping")
          ? Recording.line("server.ping", [], id: id)
          : Recording.line(
            "blockchain.scripthash.get_balance",
            [.string(TestScript.probed[0].scripthash.text)], id: id))
      connection.runUntilAnswered()
      slow.append(connection.now - start > 0.5)
    }
    seen = 0
    let sizes = Set(connection.packets.dropFirst(seen).map { $0.bytes.count == 1_024 })
    return Self.runs(slow) + ["closed \(connection.closedAt != nil)", "padded \(sizes)"]
  }

  private func recordedErrors(_ name: String) -> [String] {
    if name == "junk_x12_then_ping" {
      return [
        "junk \(summary["junk_replies"]?.integer ?? -1)",
        "ping \(Self.outcome(summary["ping"]?.elements?.first?.text))",
        "closed \(summary["closed"]?.isNull == false || summary["closed2"]?.isNull == false)",
      ]
    }
    let ping = summary["then_ping"]?.elements
    return [
      "replies \(summary["n_replies"]?.integer ?? -1)",
      "closed \(summary["closed"]?.elements?.first?.integer ?? 0)",
      "last \(Masking.lines(Array((summary["last"]?.text ?? "").utf8)))",
      "ping \(Self.outcome(ping?.first?.text))", "closes \(ping?.dropFirst().first?.text == "eof")",
    ] + steps((summary["latency_ms"]?.elements ?? []).map { ($0.double ?? 0) / 1_000 })
  }

  /// Each latency, rounded to what can be told apart.
  private func steps(_ latencies: [Double]) -> [String] {
    latencies.map { "\(($0 / (2 * Self.blur)).rounded())" }
  }

  /// The beginning of a reply tells what it is.
  private static func outcome(_ text: String?) -> String {
    guard let text else { return "nothing" }
    let compact = text.replacing(" ", with: "")
    if compact.contains("\"code\":-101") { return "excessive" }
    return compact.contains("\"result\":null") ? "answered" : "other"
  }

  private func errors(_ name: String) throws -> [String] {
    var (connection, seen) = try Recording.handshaken(profile, version)
    if name == "junk_x12_then_ping" {
      connection.send(Array(String(repeating: "junk\n", count: 12).utf8))
      for _ in 0..<12 { connection.runUntilAnswered() }
      let junk = Self.replies(connection.packets.dropFirst(seen).flatMap(\.bytes)).count
      seen = connection.packets.count
      connection.send(Recording.line("server.ping", [], id: 5))
      connection.run(until: connection.now + 3)
      let ping = connection.packets.dropFirst(seen).first
      return [
        "junk \(junk)",
        "ping \(Self.outcome(ping.map { String(decoding: $0.bytes, as: UTF8.self) }))",
        "closed \(connection.closedAt != nil)",
      ]
    }
    var latencies: [Double] = []
    var closedAt = 0
    var last: [UInt8] = []
    for id in 1...16 where closedAt == 0 {
      let start = connection.now
      let count = connection.packets.count
      connection.send(question(name, id: id))
      connection.runUntilAnswered()
      if connection.packets.count > count {
        latencies.append(connection.now - start)
        last = connection.packets.last?.bytes ?? []
      } else {
        closedAt = id
      }
    }
    seen = connection.packets.count
    let wasClosed = connection.closedAt != nil
    connection.send(Recording.line("server.ping", [], id: 999))
    connection.runUntilAnswered()
    let ping = connection.packets.dropFirst(seen).first
    return [
      "replies \(latencies.count)", "closed \(closedAt)", "last \(Masking.lines(trimmed(last)))",
      "ping \(Self.outcome(ping.map { String(decoding: $0.bytes, as: UTF8.self) }))",
      "closes \(!wasClosed && connection.closedAt != nil)",
    ] + steps(latencies)
  }

  /// The record has the last line without its end.
  private func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    while let last = bytes.last, last == 10 || last == 13 { bytes.removeLast() }
    return bytes
  }

  private func question(_ name: String, id: Int) -> [UInt8] {
    switch name {
    case "invalid_json_until_close": Array("junk\n".utf8)
    case "bad_scripthash_until_close":
      Recording.line("blockchain.scripthash.get_balance", [.string("zz")], id: id)
    default: Recording.line("foo", [], id: id)
    }
  }

  private func recordedBatch(_ name: String) -> [String] {
    [
      "items \(summary["items_or_error"]?.integer ?? -1)",
      "bytes \(summary["bytes"]?.integer ?? -1)",
      "closed \(summary["closed"]?.isNull == false)",
    ]
  }

  private func batch(_ count: Int) throws -> [String] {
    var (connection, seen) = try Recording.handshaken(profile, version)
    connection.send(Recording.batch(count))
    connection.run(until: connection.now + 5)
    let bytes = connection.packets.dropFirst(seen).flatMap(\.bytes)
    let items = Self.replies(bytes).first?.elements?.count ?? -1
    return [
      "items \(items)", "bytes \(bytes.count)", "closed \(connection.closedAt != nil)",
    ]
  }

  private func connections() throws -> [String] {
    var accepted = 0
    for number in 1...20 {
      var connection = try Recording.connection(profile, connections: number)
      connection.send(Recording.line("server.version", [.string("p"), .string("1.4")], id: 0))
      connection.runUntilAnswered()
      if !connection.output.isEmpty { accepted += 1 }
    }
    return ["accepted \(accepted)"]
  }
}
