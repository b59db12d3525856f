import ElectrumProtocol
import Records
import SoftwareIdentification
import Testing

/// How findings are weighed.
struct IdentifierTests {
  private func record(
    _ probe: String, _ outcome: Outcome = .answered, error: String? = nil, code: Int? = nil,
    lineEnd: String? = nil, padding: Int? = nil
  ) -> ExchangeRecord {
    ExchangeRecord(endpointID: "e", serverID: "s", probe: probe, outcome: outcome).with {
      $0.attempt = 1
      $0.sequence = 1
      $0.errorCode = code
      $0.errorMessage = error
      $0.lineEnd = lineEnd
      $0.paddingBytes = padding
    }
  }

  private func found(_ records: ExchangeRecord...) -> IdentifiedSoftware {
    SoftwareIdentifier.identify(
      SoftwareObservations(records.map { ReplyObservation($0, result: nil) }))
  }

  @Test func `nothing observed leaves everything possible and every claim unknown`() {
    let found = found()
    #expect(found.possibilities.map(\.implementation) == KnownImplementation.allCases)
    #expect(found.status == .several)
    #expect(found.findings.isEmpty && found.deciding.isEmpty && found.rejections.isEmpty)
    for claim in ["ElectrumX 1.16.0", "Fulcrum 2.1.1", "", "Nobody 1"] {
      #expect(found.agreement(with: claim).verdict == .unknown)
    }
  }

  @Test func `what was not tested says nothing`() {
    let all = Outcome.allCases.filter { ![.answered, .replyNone, .closedNoReply].contains($0) }
    for outcome in all {
      #expect(found(record("malformed.id-null", outcome)) == found())
    }
  }

  @Test func `one line end contradicts a claim and is not enough to name the software`() {
    let found = found(record("server.ping", lineEnd: "crlf"))
    #expect(found.implementation == nil)
    #expect(found.possibilities.map(\.implementation) == [.fulcrum, .jelectrum])
    let agreement = found.agreement(with: "ElectrumX 2.0.0")
    #expect(agreement.verdict == .no)
    #expect(
      agreement.contradictions == [
        Finding(rule: "software.line-end-crlf", probe: "server.ping", observed: "crlf")
      ])
    #expect(found.agreement(with: "Fulcrum 2.1.1").verdict == .unknown)
  }

  @Test func `one end of a connection may be the network's, two that agree are the server's`() {
    let one = found(record("server.features", .closedNoReply))
    #expect(one.agreement(with: "Fulcrum 2.1.1").verdict == .unknown)
    #expect(one.rejections.isEmpty)
    let two = found(
      record("server.features", .closedNoReply), record("malformed.named", .closedNoReply))
    #expect(two.agreement(with: "Fulcrum 2.1.1").verdict == .no)
    #expect(two.agreement(with: "electrs-esplora 0.4.1").verdict == .unknown)
  }

  @Test func `an end is no answer where another attempt had one`() {
    let found = found(
      record("server.features", .closedNoReply), record("malformed.named", .closedNoReply),
      record("server.features"))
    #expect(found.agreement(with: "Fulcrum 2.1.1").verdict == .unknown)
  }

  @Test func `silence counts, and a limit's text does not count as behaviour`() {
    #expect(
      found(record("malformed.id-null", .replyNone)).agreement(with: "Fulcrum 2.1.1").verdict == .no
    )
    let limited = found(
      record("malformed.id-null", .throttled, error: "excessive resource usage", code: -101))
    #expect(limited.agreement(with: "ElectrumX 1.18.0").verdict == .unknown)
    #expect(limited.agreement(with: "Fulcrum 2.1.1").verdict == .no)
  }

  @Test func `a few findings decide`() {
    let found = found(
      record("server.ping", lineEnd: "crlf"), record("server.ping.2", lineEnd: "crlf"),
      record("malformed.too-few", error: "Invalid scripthash", code: 1),
      record("server.features", .closedNoReply), record("malformed.named", .closedNoReply))
    #expect(found.findings.count == 5)
    #expect(
      found.deciding == [
        Finding(
          rule: "software.invalid-scripthash", probe: "malformed.too-few",
          observed: "Invalid scripthash; 1"),
        Finding(
          rule: "software.closes-on-features", probe: "server.features", observed: "closed"),
        Finding(rule: "software.closes-on-odd", probe: "malformed.named", observed: "closed"),
      ])
  }

  @Test func `two kinds behind one address are nobody`() {
    let found = found(
      record("server.ping", lineEnd: "crlf"), record("server.ping", lineEnd: "lf"),
      record("malformed.unknown-method", error: "unknown method \"x\"", code: -32601))
    #expect(found.possibilities.isEmpty)
    #expect(found.status == .none)
    #expect(found.rejections.count == KnownImplementation.allCases.count)
  }

  @Test func `where the form was not kept, missing padding means nothing`() {
    #expect(found(record("server.version", padding: 0)) == found())
    let kept = found(record("server.version", lineEnd: "lf", padding: 0))
    #expect(kept.agreement(with: "ElectrumX 2.0.0").verdict == .no)
    #expect(kept.agreement(with: "ElectrumX 1.16.0").verdict == .unknown)
  }

  @Test func `a release that the book does not reach is not judged by those that it knows`() {
    let version = { (text: String) in
      var reply = ReplyObservation(probe: "server.version")
      reply[.protocolVersion] = .value(text)
      return reply
    }
    let old = SoftwareIdentifier.identify(SoftwareObservations([version("1.4.2")]))
    #expect(old.agreement(with: "ElectrumX 2.0.0").verdict == .no)
    #expect(old.agreement(with: "ElectrumX 3.0.0").verdict == .unknown)
    #expect(old.agreement(with: "electrs/0.99").verdict == .no)
  }

  @Test func `the order of observations does not show`() {
    let records = [
      record("server.ping", lineEnd: "lf"), record("malformed.id-null", .replyNone),
      record("malformed.unknown-method", error: "unknown method \"b\"", code: -32601),
      record("malformed.unknown-method", error: "unknown method \"a\"", code: -32601),
    ].map { ReplyObservation($0, result: nil) }
    let forward = SoftwareIdentifier.identify(SoftwareObservations(records))
    let backward = SoftwareIdentifier.identify(SoftwareObservations(records.reversed()))
    #expect(forward == backward)
    #expect(forward.findings.contains { $0.observed == "unknown method \"a\"; -32601" })
  }

  @Test func `a server that never answers alike, or says too much, is kept in bounds`() {
    var observations = SoftwareObservations()
    for number in 0..<1_000 {
      let text = "unknown method \"\(number)" + String(repeating: "é", count: 10_000)
      observations.take(
        ReplyObservation(record("malformed.too-few", error: text, code: -32601), result: nil))
    }
    #expect(observations.replies.count == 16)
    let found = SoftwareIdentifier.identify(observations)
    #expect(found.findings.allSatisfy { $0.observed.utf8.count < 210 })
  }

  @Test func `observations of several endpoints are the same in any order, also of too many`() {
    let replies = (0..<40).map { number in
      ReplyObservation(
        record("malformed.too-few", error: "unknown method \"\(number)", code: -32601), result: nil)
    }
    func merged(_ parts: [[ReplyObservation]]) -> SoftwareObservations {
      parts.reduce(into: SoftwareObservations()) { $0.merge(SoftwareObservations($1)) }
    }
    let whole = SoftwareObservations(replies)
    #expect(whole.replies.count == 16)
    let sorted = { (observations: SoftwareObservations) in
      observations.replies.map { "\($0[.errorText])" }.sorted()
    }
    for _ in 0..<20 {
      let shuffled = replies.shuffled()
      let parts = [Array(shuffled[..<25]), Array(shuffled[15...]), Array(shuffled[30...])]
      #expect(sorted(merged(parts)) == sorted(whole))
      #expect(SoftwareIdentifier.identify(merged(parts)) == SoftwareIdentifier.identify(whole))
    }
  }
}
