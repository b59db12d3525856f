import Artifact
import ElectrumProtocol
import Probing
import Records
import Synchronization
import TestSupport
import Testing

@testable import Collecting

/// Crawls of servers that tell of two random peers of a /16 at a time, as ElectrumX does.
struct DiscoveryTests {
  private final class SamplingConnector: Connecting {
    private let members: [String]
    private let banners: [String: String]
    private let asked = Mutex<[String]>([])

    init(_ members: [String], banners: [String: String] = [:]) {
      self.members = members
      self.banners = banners
    }

    var visits: [String] { asked.withLock { $0 } }

    func attempt(
      _ candidate: Candidate, session: ProbeSession, number: Int, answers: EarlierAnswers,
      log: String?
    ) async -> AttemptResult {
      asked.withLock { $0.append("\(candidate.address):\(candidate.port)") }
      var row = candidate.untested(.answered)
      row.attempt = number
      row.session = session.id
      row.startedAt = "2026-01-02T03:04:05.000000Z"
      if let banner = banners[candidate.address] {
        row.exchanges = [
          Exchange(outcome: .answered, probe: "server.banner").with {
            $0.id = 1
            $0.line = 0
          }
        ]
        row.received = [
          Chunk().with {
            $0.data = "{\"id\":1,\"result\":\"\(banner)\"}\n"
          }
        ]
      }
      return AttemptResult(connection: row, peers: .array(sample(candidate.address, number)))
    }

    private func sample(_ address: String, _ number: Int) -> [WireValue] {
      let seed = address.utf8.reduce(UInt64(number) &* 7919 &+ 17) {
        ($0 ^ UInt64($1)) &* 1_099_511
      }
      var random = Xorshift(state: seed | 1)
      for _ in 0..<8 { _ = random.next() }
      return (0..<min(2, members.count)).map { _ in
        let other = members[random.below(members.count)]
        return .array([
          .string(other), .string(other), .array([.string("v1.4"), .string("t50001")]),
        ])
      }
    }

    func abortAll() {}
  }

  private func crawl(
    _ connector: SamplingConnector, from start: [AdvertisedPeer], answers: Int
  ) async throws -> (rows: [Connection], summary: CrawlSummary) {
    let folder = try TemporaryFolder()
    let rules = ConductRules(pause: .zero)
    var settings = Crawl.Settings(plan: ProbePlan(.light, clientName: "test"))
    settings.peerAnswers = answers
    settings.peerSpacing = .milliseconds(1)
    let crawl = try Crawl(
      connector: connector,
      resolve: {
        NameResolution(name: $0.text, outcome: .resolveFailed).with {
          $0.resolveMicroseconds = 1
        }
      },
      rules: rules, frontier: Frontier(rules: rules, routes: [.ipv4]), settings: settings,
      journal: folder.path)
    let result = try await crawl.run(from: [start])
    var rows: [Connection] = []
    try result.journal.forEachRow { row throws(ArtifactError) in rows.append(row) }
    return (rows, result.summary)
  }

  private func peer(_ address: String, ports: [Int] = [50001]) -> AdvertisedPeer {
    AdvertisedPeer(address: address, host: address, ports: ports.map { .init($0, .tcp) })
  }

  @Test func `repeated questions close a dense neighbourhood that one question leaves open`()
    async throws
  {
    let members = (1...80).map { "8.8.\($0).1" }
    let once = try await crawl(SamplingConnector(members), from: [peer(members[0])], answers: 1)
    let often = try await crawl(SamplingConnector(members), from: [peer(members[0])], answers: 6)
    let (few, all) = (Set(once.rows.map(\.address)), Set(often.rows.map(\.address)))
    print(
      "of 80 servers of one /16, seen two at a time: one answer each finds \(few.count), "
        + "up to six find \(all.count); one answer each misses \(all.subtracting(few).count)")
    #expect(all.count == 80)
    #expect(few.count < 80)
  }

  @Test func `every answer is kept with its number, and no server is asked more often`()
    async throws
  {
    let members = (1...10).map { "8.8.\($0).1" }
    let (rows, summary) = try await crawl(
      SamplingConnector(members), from: members.map { peer($0) }, answers: 4)
    for (_, visits) in Dictionary(grouping: rows, by: \.address) {
      #expect(visits.map(\.attempt) == Array(1...visits.count))
      #expect(visits.count <= 4 && visits.count > 1)
      #expect(visits.map(\.session) == ["main"] + visits.dropFirst().map { _ in "peers" })
    }
    #expect(summary.tally.outcomes == [.answered: 10])
  }

  @Test func `a server that asks for it in its banner is contacted no more`() async throws {
    let connector = SamplingConnector(
      ["8.8.1.1", "8.8.2.1"], banners: ["8.8.1.1": "Hello. Observatory:opt-out please"])
    let (rows, summary) = try await crawl(
      connector, from: [peer("8.8.1.1", ports: [1, 2, 3]), peer("8.8.2.1")], answers: 4)
    let asked = rows.filter { $0.address == "8.8.1.1" && $0.outcome.isTested }
    #expect(asked.map(\.port) == [1])
    #expect(connector.visits.count { $0.hasPrefix("8.8.1.1") } == 1)
    let left = rows.filter { $0.address == "8.8.1.1" && !$0.outcome.isTested }
    #expect(Set(left.map(\.outcome)) == [.untestedOptedOut])
    #expect(Set(left.map(\.port)).isSuperset(of: [2, 3]))
    #expect(
      summary.optOuts == [
        OptOutRequest(address: "8.8.1.1", name: nil, date: "2026-01-02T03:04:05.000000Z")
      ])
  }
}
