import Records
import TestSupport
import Testing

/// Why a value is unknown.
struct FamilyOutcomeTests {
  private func rows(_ connections: [Connection]) throws -> [FamilyOutcome] {
    try Normalized([RawScan("a", connections)]).rows(FamilyOutcome.self)
  }

  private func asked(
    _ outcomes: [(String, Outcome)], address: String = "9.9.9.9", attempt: Int = 1
  ) -> Connection {
    var connection = Connection.answered(address, attempt: attempt)
    connection.exchanges += outcomes.map { Exchange(outcome: $1, probe: $0) }
    return connection
  }

  @Test func `every outcome is counted once, in its family, and all but answers are reasons`()
    throws
  {
    let probes = [
      "estimatefee.2", "estimatefee.6", "estimatefee.25", "estimatefee.144", "relayfee",
      "mempool.get_info", "mempool.get_fee_histogram",
    ]
    let outcomes: [Outcome] = [
      .answered, .replyError, .replyNone, .replyTimedOut, .throttled, .untestedNotApplicable,
      .closedNoReply,
    ]
    let rows = try rows([asked(Array(zip(probes, outcomes)))])
    #expect(rows.map(\.family) == ["backend", "identify"])
    #expect(
      rows[0]
        == FamilyOutcome(
          endpointID: rows[0].endpointID, family: "backend", serverID: rows[0].serverID
        ).with {
          $0.sessions = 1
          $0.sessionsCutShort = 1
          $0.probes = 7
          $0.probesAnswered = 2
          $0.asked = 6
          $0.results = 1
          $0.errors = 1
          $0.silent = 2
          $0.throttled = 1
          $0.failed = 1
          $0.notApplicable = 1
          $0.untested = 0
          $0.reasons = [
            "closed.no-reply 1", "reply.none 1", "reply.timed-out 1", "throttled 1",
            "untested.not-applicable 1",
          ]
        })
    #expect(rows[1].probes == 1 && rows[1].results == 1 && rows[1].reasons.isEmpty)
  }

  @Test(arguments: Outcome.allCases)
  func `every outcome that an exchange can have is in exactly one count`(outcome: Outcome) throws {
    let row = try #require(
      try rows([asked([("relayfee", outcome)])]).first { $0.family == "backend" })
    let counts = [
      row.results, row.errors, row.silent, row.throttled, row.failed, row.notApplicable,
      row.untested,
    ]
    #expect(counts.reduce(0, +) == 1)
    #expect(row.asked == (outcome.isTested ? 1 : 0))
    #expect(row.reasons.isEmpty == (outcome == .answered || outcome == .replyError))
  }

  @Test func `an endpoint that could not be reached says so once, for all families`() throws {
    let rows = try rows([
      asked([("relayfee", .answered)]), .failed("9.9.9.8", .connectRefused),
    ]).filter { $0.family == "all" }
    #expect(rows.map(\.reasons) == [["connect.refused 1"]])
    #expect(rows[0].sessions == 1 && rows[0].sessionsCutShort == 1)
    #expect(rows[0].asked == 0 && rows[0].probes == 0 && rows[0].failed == 0)
  }

  @Test func `a family that was asked elsewhere has a row with the attempts' outcomes as reasons`()
    throws
  {
    var throttled = asked([("server.banner", .throttled)], address: "9.9.9.8")
    throttled.outcome = .throttled
    let rows = try rows([asked([("relayfee", .answered)]), throttled])
    let row = try #require(rows.first { $0.family == "backend" && $0.sessions == 0 })
    #expect(row.reasons == ["throttled 1"])
    #expect(row.asked == 0 && row.untested == 0 && row.throttled == 0)
  }

  @Test func `what an arm of the differential experiment asks is of the family 'differential'`()
    throws
  {
    let arm = "differential.a1."
    let rows = try rows([
      asked([(arm + "server.version", .answered), (arm + "server.banner", .replyNone)])
    ])
    #expect(rows.map(\.family) == ["differential", "identify"])
    #expect(rows.map(\.probes) == [2, 1])
  }

  @Test func `a probe that is unknown to the programs, and repeated attempts, are counted`() throws
  {
    let rows = try rows([
      asked([("some.day", .answered)]),
      asked([("some.day", .replyNone), ("some.day", .untestedSkipped)], attempt: 2),
    ])
    let row = try #require(rows.first { $0.family == "other" })
    #expect(row.sessions == 2 && row.sessionsCutShort == 1)
    #expect(row.probes == 1 && row.probesAnswered == 1)
    #expect(row.reasons == ["reply.none 1", "untested.skipped 1"])
  }
}
