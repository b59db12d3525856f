import ElectrumProtocol
import Foundation
import Records
import TestSupport
import Testing

@testable import Probing

/// Every recorded question to a real server, put as an odd probe, with the recorded bytes as answer.
@Suite(.enabled(if: Shared.exists, "the folder of shared data is not there"))
struct TranscriptDecodingTests {
  /// What a reader of the recording would say, by Foundation's parser and not ours.
  private static func expected(_ transcript: Transcript) -> Outcome {
    let lines = transcript.response.split(separator: UInt8(ascii: "\n"))
    for line in lines {
      guard let value = try? JSONSerialization.jsonObject(with: Data(line)) else {
        // NaN as an id is no JSON to Foundation, and an answer all the same.
        if String(decoding: line, as: UTF8.self).contains("NaN") { return .answered }
        return .replyMalformed
      }
      if value is [Any] { return .answered }
      guard let object = value as? [String: Any] else { return .replyMalformed }
      if object["method"] != nil { continue }
      if let error = object["error"], !(error is NSNull) {
        let code = (error as? [String: Any])?["code"] as? Int
        return code == -101 || code == -102 ? .throttled : .replyError
      }
      return .answered
    }
    return transcript.closed ? .closedNoReply : .replyNone
  }

  private static func decoded(_ transcript: Transcript) throws -> (Outcome, line: Int?) {
    let probe = Probe("recorded", .junk, .bytes(transcript.request), .anything, cost: 0, "recorded")
    var conversation = Conversation(
      session: ProbeSession(
        id: "odd", probes: [ProbeCatalog.opening("open", clientName: "p"), probe], aloneCount: 2),
      byteLimit: 64 << 20)
    _ = conversation.nextRequest(at: 0)
    let version = transcript.protocolVersion ?? "1.4"
    let software = "\(transcript.implementation) \(transcript.version)"
    conversation.receive(
      Array("{\"id\":1,\"result\":[\"\(software)\",\"\(version)\"]}\n".utf8), at: 1)
    #expect(conversation.nextRequest(at: 2) == transcript.request)
    if !transcript.response.isEmpty {
      conversation.receive(transcript.response, at: 3)
      if transcript.response.last != UInt8(ascii: "\n") { conversation.receive([0x0A], at: 3) }
    }
    if transcript.closed { conversation.finish(.closed) }
    for time in stride(from: 500_004, to: 500_008, by: 1) where conversation.end == nil {
      guard let fence = conversation.nextRequest(at: time) else { break }
      let id = try #require(try WireDocument(parsing: fence[...]).value["id"]?.integer)
      conversation.receive(Array("{\"id\":\(id),\"result\":null}\n".utf8), at: time)
    }
    return (conversation.exchanges[1].outcome, conversation.exchanges[1].line)
  }

  @Test func `every recorded answer gets its outcome`() throws {
    var table: [String: [Outcome: Int]] = [:]
    var misses: [String] = []
    for transcript in try Transcript.all() where !transcript.isAbridged {
      let (outcome, line) = try Self.decoded(transcript)
      let expected = Self.expected(transcript)
      table["\(transcript.implementation) \(transcript.version)", default: [:]][
        outcome, default: 0] += 1
      let hasLine = line != nil
      let shouldHaveLine = [.answered, .replyError, .replyMalformed].contains(expected)
      if outcome != expected || hasLine != shouldHaveLine && outcome != .throttled {
        misses.append(
          "\(transcript.implementation) \(transcript.probe): \(outcome) not \(expected)")
      }
    }
    for (server, outcomes) in table.sorted(by: { $0.key < $1.key }) {
      let counts = outcomes.sorted { $0.key.rawValue < $1.key.rawValue }
        .map { "\($0.key.rawValue) \($0.value)" }
      print("\(server): \(counts.joined(separator: ", "))")
    }
    for miss in misses.prefix(40) { print("  \(miss)") }
    #expect(misses.isEmpty)
    #expect(table.values.reduce(0) { $0 + $1.values.reduce(0, +) } > 3_000)
  }
}
