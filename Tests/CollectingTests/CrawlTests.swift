import Artifact
import ElectrumProtocol
import Foundation
import Probing
import Records
import Synchronization
import TestSupport
import Testing

@testable import Collecting

/// Crawls of a network that exists only in a table.
struct CrawlTests {
  /// Answers from a table, and notes who was asked while whom.
  private final class TableConnector: Connecting {
    struct Log {
      var active: [String] = []
      var order: [String] = []
      var collisions = 0
      var peak = 0
      var ends: [String: ContinuousClock.Instant] = [:]
      var shortestPause = Duration.seconds(3600)
    }

    let log = Mutex(Log())
    let isAborted = Mutex(false)
    private let peers: [String: [String]]
    private let throttled: Set<String>
    private let work: Duration

    init(_ peers: [String: [String]], throttled: Set<String> = [], work: Duration = .zero) {
      self.peers = peers
      self.throttled = throttled
      self.work = work
    }

    func attempt(
      _ candidate: Candidate, session: ProbeSession, number: Int, answers: EarlierAnswers,
      log path: String?
    ) async -> AttemptResult {
      let place = candidate.address
      log.withLock { log in
        let network = place.split(separator: ".").prefix(3)
        let isNear = log.active.contains { $0.split(separator: ".").prefix(3) == network }
        log.collisions += isNear ? 1 : 0
        log.active.append(place)
        log.order.append(place)
        log.peak = max(log.peak, log.active.count)
        if let end = log.ends[place] { log.shortestPause = min(log.shortestPause, .now - end) }
      }
      await Task.yield()
      if work > .zero { try? await Task.sleep(for: work) }
      log.withLock { log in
        log.active.remove(at: log.active.firstIndex(of: place) ?? 0)
        log.ends[place] = .now
      }
      var row = candidate.untested(throttled.contains(place) ? .throttled : .answered)
      row.bytesReceived = 100
      let tuples = (peers[place] ?? []).map { address in
        WireValue.array([
          .string(address), .string(address), .array([.string("v1.4"), .string("t50001")]),
        ])
      }
      return AttemptResult(connection: row, peers: .array(tuples))
    }

    func abortAll() {
      isAborted.withLock { $0 = true }
    }
  }

  private func crawl(
    _ connector: TableConnector, from start: [AdvertisedPeer], pause: Duration = .zero,
    concurrency: Int = 16, byteBudget: Int = 1 << 30,
    report: @escaping @Sendable (CrawlTally) -> Void = { _ in }
  ) async throws -> (result: CrawlResult, rows: [Connection]) {
    let folder = try TemporaryFolder()
    let rules = ConductRules(pause: pause)
    var settings = Crawl.Settings(plan: ProbePlan(.light, clientName: "test"))
    settings.concurrency = concurrency
    settings.byteBudget = byteBudget
    let crawl = try Crawl(
      connector: connector,
      resolve: {
        NameResolution(name: $0.text, outcome: .resolveFailed).with {
          $0.resolveMicroseconds = 1
        }
      },
      rules: rules, frontier: Frontier(rules: rules, routes: [.ipv4]), settings: settings,
      journal: folder.path, report: report)
    let result = try await crawl.run(from: [start])
    var rows: [Connection] = []
    try result.journal.forEachRow { row throws(ArtifactError) in rows.append(row) }
    return (result, rows)
  }

  private func peer(_ address: String, ports: [Int] = [50001]) -> AdvertisedPeer {
    AdvertisedPeer(address: address, host: address, ports: ports.map { .init($0, .tcp) })
  }

  @Test func `a crawl ends when nobody advertises anybody new`() async throws {
    let connector = TableConnector([
      "8.0.1.1": ["8.0.2.1", "8.0.1.1"], "8.0.2.1": ["8.0.3.1", "192.168.1.1"],
      "8.0.3.1": ["8.0.1.1"],
    ])
    let (result, rows) = try await crawl(connector, from: [peer("8.0.1.1")])
    #expect(rows.map(\.address) == ["8.0.1.1", "8.0.2.1", "8.0.3.1"])
    #expect(result.cause == nil)
    #expect(result.dropped.notContactable == 1)
  }

  @Test func `rows come back in the artifact's order, whatever the order of events`() async throws {
    let all = (1...60).map { "8.\($0 % 7).\($0).1" }
    let (_, rows) = try await crawl(TableConnector([:]), from: all.map { peer($0) })
    #expect(rows.count == 60)
    #expect(rows.map(\.sortKey) == rows.map(\.sortKey).sorted())
  }

  @Test func `a neighbourhood has one connection at a time, and the limit holds`() async throws {
    let near = (1...20).map { "8.0.0.\($0)" }
    let far = (1...20).map { "8.1.\($0).1" }
    let connector = TableConnector([:], work: .milliseconds(1))
    _ = try await crawl(connector, from: (near + far).map { peer($0) }, concurrency: 5)
    let log = connector.log.withLock { $0 }
    #expect(log.order.count == 40)
    #expect(log.collisions == 0)
    #expect(log.peak <= 5 && log.peak > 1)
  }

  @Test func `between two connections to one address there is the pause`() async throws {
    let connector = TableConnector([:])
    _ = try await crawl(
      connector, from: [peer("8.0.0.1", ports: [1, 2, 3])], pause: .milliseconds(30))
    let log = connector.log.withLock { $0 }
    #expect(log.order.count == 3)
    #expect(log.shortestPause >= .milliseconds(30))
  }

  @Test func `an address that throttled us is not asked again`() async throws {
    let connector = TableConnector([:], throttled: ["8.0.0.1"])
    let (_, rows) = try await crawl(connector, from: [peer("8.0.0.1", ports: [1, 2, 3])])
    #expect(rows.map(\.outcome) == [.throttled, .untestedSkipped, .untestedSkipped])
    #expect(connector.log.withLock { $0.order.count } == 1)
  }

  @Test func `a used-up budget leaves the rest untested and says why`() async throws {
    let all = (1...30).map { peer("8.0.0.\($0)") }
    let (result, rows) = try await crawl(TableConnector([:]), from: all, byteBudget: 450)
    #expect(result.cause == .byteBudget)
    #expect(rows.count { $0.outcome == .answered } == 5)
    #expect(rows.count { $0.outcome == .untestedBudget } == 25)
  }

  @Test func `a signal ends a crawl: nothing more is asked, and what is open stays so`()
    async throws
  {
    let folder = try TemporaryFolder()
    let connector = TableConnector([:])
    let rules = ConductRules()
    let crawl = try Crawl(
      connector: connector,
      resolve: { NameResolution(name: $0.text, outcome: .resolveFailed) }, rules: rules,
      frontier: Frontier(rules: rules, routes: [.ipv4]),
      settings: .init(plan: ProbePlan(.light, clientName: "test")), journal: folder.path)
    await crawl.stop(.signal(SIGTERM))
    let result = try await crawl.run(from: [[peer("8.0.0.1"), peer("8.0.0.2")]])
    #expect(result.cause == .signal(SIGTERM))
    // They are left to the run that goes on.
    #expect(result.tally.outcomes == [:])
    #expect(connector.isAborted.withLock { $0 })
    #expect(connector.log.withLock { $0.order.isEmpty })
  }

  @Test func `a journal that cannot be written ends the crawl with its error`() async throws {
    let rules = ConductRules()
    #expect(throws: ArtifactError.self) {
      try Crawl(
        connector: TableConnector([:]),
        resolve: { NameResolution(name: $0.text, outcome: .resolveFailed) }, rules: rules,
        frontier: Frontier(rules: rules, routes: []),
        settings: .init(plan: ProbePlan(.light, clientName: "test")), journal: "/nowhere")
    }
  }
}
