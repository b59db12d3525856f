import ElectrumProtocol
import SimulatedServers
import TestSupport
import Testing

/// Every recorded question of every implementation that is simulated, asked of the simulated one.
@Suite(.enabled(if: Shared.exists, "the folder of shared data is not there"))
struct TranscriptAgreementTests {
  private struct Agreement {
    var probes = 0
    var agreed = 0
    var misses: [(probe: String, reason: String)] = []

    mutating func add(_ probe: String, _ reason: String?) {
      probes += 1
      if let reason { misses.append((probe, reason)) } else { agreed += 1 }
    }
  }

  private static let servers = [
    "ElectrumX 1.16.0", "ElectrumX 1.18.0", "ElectrumX 1.19.0", "ElectrumX 2.0.0", "Fulcrum 2.1.1",
  ]

  /// What cannot agree, with the reason; it counts as disagreement.
  private static let exceptions: [(probe: String, reason: String)] = [
    ("tls/versions", "TLS versions and ciphers are the network's, not the conversation's"),
    ("port/plaintext_on_ssl", "the TLS layer closes before a conversation begins"),
    (
      "size/after_oversize_ping",
      "a line a little over the limit is read or dropped depending on how TCP cuts it"
    ),
    (
      "size/line_1.1M",
      "a line a little over the limit is read or dropped depending on how TCP cuts it"
    ),
  ]

  private static let recorded = Result { try Transcript.recorded() }

  private static func disagreement(_ transcript: Transcript) throws -> String? {
    let answer = try Recording.ask(transcript)
    if transcript.isAbridged {
      var simulated = Masking.opening(answer.bytes)
      var recorded = Masking.opening(transcript.response)
      if transcript.probe.hasPrefix("burst/") {
        (simulated, recorded) = (withoutIdentifier(simulated), withoutIdentifier(recorded))
      }
      if simulated == recorded, answer.closed == transcript.closed { return nil }
      return "recorded opening \(recorded), simulated \(simulated) closed \(answer.closed)"
    }
    var simulated = Masking.lines(answer.bytes)
    var recorded = Masking.lines(transcript.response)
    if transcript.probe.hasPrefix("burst/") {
      // Order and number are compared in the summary; here it is what kinds of replies there are.
      simulated = kinds(simulated)
      recorded = kinds(recorded)
    }
    if simulated == recorded, answer.closed == transcript.closed { return nil }
    return "recorded \(recorded.prefix(3)) closed \(transcript.closed), "
      + "simulated \(simulated.prefix(3)) closed \(answer.closed)"
  }

  private static func kinds(_ lines: [String]) -> [String] {
    Set(lines.map { $0.replacing(/id:\d+/, with: "id") }).sorted()
  }

  private static func withoutIdentifier(_ text: String) -> String {
    text.replacing(/"id":\s?\d+/, with: "id")
  }

  private static func agreement(_ server: String) throws -> Agreement {
    var result = Agreement()
    let recorded = try Self.recorded.get()
    for transcript in recorded.questions
    where "\(transcript.implementation) \(transcript.version)" == server {
      result.add(transcript.probe, try disagreement(transcript))
    }
    for (name, line) in recorded.summaries where name == server {
      guard let summary = RecordedSummary(software: server, line: line) else { continue }
      result.add(summary.probe, try summary.disagreement())
    }
    return result
  }

  private static func row(_ columns: [String]) -> String {
    zip(columns, [18, 8, 8, 8]).map { text, width in
      text + String(repeating: " ", count: max(0, width - text.count))
    }.joined(separator: " ")
  }

  private static func agreements() async throws -> [String: Agreement] {
    try await withThrowingTaskGroup(of: (String, Agreement).self) { group in
      for server in servers { group.addTask { (server, try agreement(server)) } }
      var result: [String: Agreement] = [:]
      for try await (server, agreement) in group { result[server] = agreement }
      return result
    }
  }

  @Test func `every recorded question is answered as recorded`() async throws {
    let agreements = try await Self.agreements()
    var table = [Self.row(["implementation", "probes", "agreed", "share"])]
    for server in Self.servers {
      let agreement = try #require(agreements[server])
      let share = Double(agreement.agreed) / Double(max(1, agreement.probes))
      let percent = (share * 10_000).rounded() / 100
      table.append(
        Self.row([server, "\(agreement.probes)", "\(agreement.agreed)", "\(percent) %"]))
      for miss in agreement.misses {
        let known = Self.exceptions.first { $0.probe == miss.probe }
        table.append("  \(miss.probe): \(known?.reason ?? String(miss.reason.prefix(900)))")
      }
      #expect(agreement.probes >= 560)
      #expect(share >= 0.98)
      let unexplained = agreement.misses.map(\.probe).filter { probe in
        !Self.exceptions.contains { $0.probe == probe }
      }
      #expect(unexplained == [])
    }
    print(table.joined(separator: "\n"))
  }
}
