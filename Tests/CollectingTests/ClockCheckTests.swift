import Artifact
import Digests
import Probing
import Records
import TestSupport
import Testing
import Timekeeping

@testable import Collecting

struct ClockCheckTests {
  private func check(
    _ sights: [(height: Int, hash: String, time: Int)], at now: Int
  ) -> ClockCheck {
    var check = ClockCheck()
    for sight in sights {
      check.take(
        ToldTip(height: sight.height, hash: sight.hash, time: sight.time),
        startedAt: UTCTime.text(seconds: now))
    }
    return check
  }

  private let now = 1_800_000_000

  private static let ages: [(Int, ClockCheck.Verdict)] = [
    (0, .plausible), (600, .plausible), (10_800, .plausible), (10_801, .ahead),
    (-7_200, .plausible), (-7_201, .behind),
  ]

  @Test(arguments: ages) func `a clock is judged by the age of the common tip`(
    age: Int, verdict: ClockCheck.Verdict
  ) {
    let tips = (0..<3).map { _ in (10, "a", now - age) }
    let check = check(tips, at: now)
    #expect(check.verdict == verdict)
    #expect(check.secondsAfterTip == age)
  }

  @Test func `one server that lies decides nothing`() {
    let honest = (0..<3).map { _ in (10, "a", now - 60) }
    let check = check(honest + [(99, "b", now + 90_000)], at: now)
    #expect(check.verdict == .plausible)
  }

  @Test func `fewer than three servers say nothing of the clock`() {
    #expect(check([(1, "a", now), (1, "a", now)], at: now).verdict == .unknown)
    #expect(ClockCheck().secondsAfterTip == nil)
  }
}

/// From what servers answer in a crawl to what the manifest says of the machine's clock.
struct CrawlClockTests {
  /// Servers that all name one tip: a header of a given time.
  private struct TipConnector: Connecting {
    let tipTime: UInt32
    let startedAt: String

    func attempt(
      _ candidate: Candidate, session: ProbeSession, number: Int, answers: EarlierAnswers,
      log path: String?
    ) async -> AttemptResult {
      var bytes = [UInt8](repeating: 0, count: 80)
      for place in 0..<4 { bytes[68 + place] = UInt8(truncatingIfNeeded: tipTime >> (8 * place)) }
      var row = candidate.untested(.answered)
      row.startedAt = startedAt
      row.received = [
        Chunk().with {
          $0.data = #"{"id":1,"result":{"hex":"\#(Hex.text(bytes))","height":9}}"# + "\n"
        }
      ]
      row.exchanges = [
        Exchange(outcome: .answered, probe: "blockchain.headers.subscribe").with {
          $0.id = 1
          $0.line = 0
        }
      ]
      return AttemptResult(connection: row)
    }

    func abortAll() {}
  }

  private func crawl(servers: Int, tipTime: Int, now: Int) async throws -> CrawlSummary {
    let folder = try TemporaryFolder()
    let rules = ConductRules(pause: .zero)
    let crawl = try Crawl(
      connector: TipConnector(
        tipTime: UInt32(tipTime), startedAt: UTCTime.text(seconds: now)),
      resolve: { NameResolution(name: $0.text, outcome: .resolveFailed) }, rules: rules,
      frontier: Frontier(rules: rules, routes: [.ipv4]),
      settings: Crawl.Settings(plan: ProbePlan(.light, clientName: "test")),
      journal: folder.path)
    let peers = (1...servers).map {
      AdvertisedPeer(address: "8.0.\($0).1", host: "", ports: [.init(50001, .tcp)])
    }
    return try await crawl.run(from: [peers]).summary
  }

  private let now = 1_800_000_000

  @Test func `a scan's record tells how far the clock is from the tip that servers name`()
    async throws
  {
    for (age, verdict) in [(600, "plausible"), (90_000, "ahead"), (-90_000, "behind")] {
      let summary = try await crawl(servers: 4, tipTime: now - age, now: now)
      let record = ScanRecord(
        name: "s", startedAt: UTCTime(microseconds: now * 1_000_000),
        endedAt: UTCTime(microseconds: (now + 9) * 1_000_000), summary)
      let folder = try TemporaryFolder()
      let plan = try ScanPlan(
        ScanRequest(output: folder.path, isLive: true, isDryRun: true),
        try CollectParameters.defaults())
      let clock = try #require(record.observation(plan).conduct.clock)
      #expect(clock.verdict == verdict)
      #expect(clock.secondsAfterTip == age)
      #expect(clock.servers == 4)
      #expect(record.table(isSimulated: false).contains("clock: \(verdict), \(age) s after"))
      #expect(!record.table(isSimulated: true).contains("clock"))
    }
  }

  @Test func `of two servers nothing is said`() async throws {
    let summary = try await crawl(servers: 2, tipTime: now, now: now)
    #expect(summary.clock.summary.verdict == "unknown")
    #expect(summary.clock.summary.secondsAfterTip == nil)
  }
}
