import Addressing
import Artifact
import ElectrumProtocol
import Foundation
import NIOCore
import NIOPosix
import Probing
import Records
import Synchronization
import TestSupport
import Testing

@testable import Collecting

/// Scans that are interrupted and gone on with, on sockets of servers that count what they are asked.
struct ResumedCrawlTests {
  /// Requests by method, over all connections.
  private final class Counts: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func count(_ method: String) { counts.withLock { $0[method, default: 0] += 1 } }
    var all: [String: Int] { counts.withLock { $0 } }
  }

  private static let results = [
    "server.version": "[\"X 1\",\"1.4\"]", "server.banner": "\"hello\"", "server.features": "{}",
    "server.ping": "null", "server.donation_address": "\"\"",
    "blockchain.headers.subscribe": "{\"height\":800000,\"hex\":\"00\"}",
  ]

  private static func reply(_ line: String) -> (method: String, text: String)? {
    guard let value = try? WireDocument(parsing: Array(line.utf8)).value,
      let id = value["id"]?.integer, let method = value["method"]?.text
    else { return nil }
    return (method, "{\"jsonrpc\":\"2.0\",\"result\":\(results[method] ?? "[]"),\"id\":\(id)}\n")
  }

  private func crawl(
    _ servers: [MisbehavingServer], folder: String, isResumed: Bool, log: Bool = true
  ) throws -> (crawl: Crawl, connector: ElectrumConnector) {
    let plan = ProbePlan(.light, clientName: "test")
    let connector = try ElectrumConnector(
      group: MultiThreadedEventLoopGroup.singleton, settings: AttemptSettings(plan: plan))
    let rules = ConductRules(
      simulatedRanges: [try #require(AddressRange("127.0.0.0/8"))], pause: .zero)
    let crawl = try Crawl(
      connector: connector,
      resolve: { NameResolution(name: $0.text, outcome: .resolveFailed) }, rules: rules,
      frontier: Frontier(rules: rules, routes: [.ipv4]), settings: .init(plan: plan),
      journal: folder, isResumed: isResumed)
    return (crawl, connector)
  }

  private func peers(_ servers: [MisbehavingServer]) -> [AdvertisedPeer] {
    servers.map { server in
      AdvertisedPeer(
        address: server.address, host: server.address, ports: [.init(server.port, .tcp)])
    }
  }

  private func rows(_ journal: ClosedJournal) throws -> [Connection] {
    var rows: [Connection] = []
    try journal.forEachRow { row throws(ArtifactError) in rows.append(row) }
    return rows
  }

  private func answered(_ rows: [Connection]) -> [String] {
    rows.flatMap { row in
      row.exchanges.filter { $0.outcome == .answered }.map { "\(row.address) \($0.probe)" }
    }
  }

  /// Stops after `limit` requests in all; then goes on.
  @Test(arguments: [1, 3, 5, 9, 14, 20, 27, 31, 40])
  func `a scan that a signal ended goes on and asks nothing that was answered`(
    limit: Int
  ) async throws {
    let folder = try TemporaryFolder()
    let counts = Counts()
    let stop = Mutex<(@Sendable () -> Void)?>(nil)
    var servers: [MisbehavingServer] = []
    for last in 1...3 {
      servers.append(
        try await MisbehavingServer(address: "127.98.\(last).1") { line, turn in
          guard let line, let (method, text) = Self.reply(line) else { return }
          counts.count(method)
          turn.send(text)
          if counts.all.values.reduce(0, +) == limit { stop.withLock { $0 }?() }
        })
    }
    let first = try crawl(servers, folder: folder.path, isResumed: false)
    stop.withLock { $0 = { Task { await first.crawl.stop(.signal(SIGTERM)) } } }
    let interrupted = try await first.crawl.run(from: [peers(servers)])
    stop.withLock { $0 = nil }
    let second = try crawl(servers, folder: folder.path, isResumed: true)
    let whole = try await second.crawl.run(from: [peers(servers)])
    for server in servers { try await server.stop() }

    #expect(whole.cause == nil)
    let before = try rows(interrupted.journal)
    let after = try rows(whole.journal)
    #expect(after.map(\.sortKey) == after.map(\.sortKey).sorted())
    let all = answered(after).filter { !$0.hasSuffix("server.version.1.6") }
    #expect(all.count == Set(all).count)
    let earlier = answered(before).filter { !$0.hasSuffix("server.version.1.6") }
    #expect(Set(all).isSuperset(of: earlier))
    // As an undisturbed scan: every server, every question of the plan that applies.
    let probes = Set(ProbePlan(.light, clientName: "test").sessions[0].probes.map(\.id))
    for server in servers {
      let own = after.filter { $0.address == server.address }
      #expect(own.contains { $0.outcome == .answered })
      let settled = own.reduce(into: Set<String>()) { $0.formUnion($1.settledProbes) }
      let open = own.last?.exchanges.filter { $0.outcome == .untestedNotApplicable }.map(\.probe)
      #expect(settled.union(open ?? []) == probes)
    }
  }

  /// What a kill leaves: no row, and the log of a connection under way.
  @Test func `a killed connection is taken from its log, byte for byte, and cut there`()
    async throws
  {
    let folder = try TemporaryFolder()
    let asked = Counts()
    let server = try await MisbehavingServer { line, turn in
      guard let line, let (method, text) = Self.reply(line) else { return }
      asked.count(method)
      turn.send(text)
    }
    defer { Task { try await server.stop() } }
    let plan = ProbePlan(.light, clientName: "test")
    let connector = try ElectrumConnector(
      group: MultiThreadedEventLoopGroup.singleton, settings: AttemptSettings(plan: plan))
    let candidate = Candidate(
      network: .ipv4, address: "127.0.0.1", host: "127.0.0.1", port: server.port, transport: .tcp)
    let path = folder.file("log")
    let result = await connector.attempt(
      candidate, session: plan.sessions[0], number: 1, answers: EarlierAnswers(), log: path)
    let whole = try #require(AttemptLog.read(path))
    let replayed = try #require(
      whole.result(plan.sessions[0], byteLimit: 4 << 20, answers: EarlierAnswers()))
    let isEqual =
      replayed.connection.exchanges == result.connection.exchanges
      && replayed.connection.received == result.connection.received
      && replayed.connection.sent == result.connection.sent
    #expect(isEqual && !replayed.connection.isCutShort)

    let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    let answers = answered([result.connection])
    for cut in stride(from: 0, to: bytes.count, by: 97) {
      try Data(bytes[..<cut]).write(to: URL(fileURLWithPath: path))
      guard
        let part = AttemptLog.read(path)?
          .result(plan.sessions[0], byteLimit: 4 << 20, answers: EarlierAnswers())
      else { continue }
      let kept = answered([part.connection])
      let isPart = !kept.isEmpty && kept == Array(answers.prefix(kept.count))
      let isMarked = part.connection.isCutShort || kept.count == answers.count
      #expect(isPart && isMarked, "cut at \(cut)")
    }
  }

  @Test func `a journal with a torn last line is read up to it`() throws {
    let folder = try TemporaryFolder()
    let candidates = (1...3).map {
      Candidate(
        network: .ipv4, address: "8.0.0.\($0)", host: "8.0.0.\($0)", port: 1, transport: .tcp)
    }
    do {
      let journal = try ScanJournal(folder: folder.path)
      for candidate in candidates { try journal.append(candidate.untested(.connectRefused)) }
      try journal.append(certificate: [1, 2, 3])
    }
    let path = folder.file("journal.jsonl")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    try bytes.dropLast(10).write(to: URL(fileURLWithPath: path))
    var earlier = EarlierRun()
    let journal = try ScanJournal(resuming: folder.path, &earlier)
    #expect(candidates.map { earlier.knows($0) } == [true, true, false])
    try journal.append(candidates[2].untested(.connectTimedOut))
    let rows = try rows(journal.close())
    #expect(rows.map(\.outcome) == [.connectRefused, .connectRefused, .connectTimedOut])
    #expect(journal.certificates.values.map { $0 } == [[1, 2, 3]])
  }

  @Test func `a whole line that is no row is an error, and the file stays as it is`() throws {
    let folder = try TemporaryFolder()
    _ = try ScanJournal(folder: folder.path)
    let path = folder.file("journal.jsonl")
    try Data("nonsense\n".utf8).write(to: URL(fileURLWithPath: path))
    var earlier = EarlierRun()
    #expect(throws: ArtifactError.self) {
      try ScanJournal(resuming: folder.path, &earlier)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count == 9)
  }

  @Test func `what is asked once an address stays with the endpoint that was asked`() {
    func candidate(_ port: Int) -> Candidate {
      Candidate(
        network: .ipv4, address: "8.0.0.1", host: "8.0.0.1", port: port, transport: .tcp)
    }
    var row = candidate(2).untested(.answered)
    row.session = "further"
    var earlier = EarlierRun()
    earlier.add(row, at: ScanJournal.FileSpan(offset: 0, count: 1))
    #expect(earlier.ledElsewhere("further", than: candidate(1)))
    #expect(!earlier.ledElsewhere("further", than: candidate(2)))
    #expect(!earlier.ledElsewhere("odd", than: candidate(1)))
  }
}
