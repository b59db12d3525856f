import Addressing
internal import Artifact
internal import Collecting
import Ordering
internal import Probing
internal import Records
internal import StageKit
internal import Timekeeping

/// One scan of a network as it is at an epoch: the crawl over what was met, and its artifacts.
struct EpochScan {
  private(set) var note = ""
  private let scan: ScanPlan
  private let start: UTCTime
  private let encounter: Encounter
  private let seed: UInt64

  init(_ scan: ScanPlan, encounter: Encounter, seed: UInt64, start: UTCTime) {
    self.scan = scan
    self.encounter = encounter
    self.seed = seed
    self.start = start
  }

  /// What becomes a line of the artifact.
  private enum Row {
    case encoded(RowTemplate, Candidate, UTCTime)
    case plain(Connection)
  }

  private struct Rows {
    var all: [(key: SortKey, row: Row)] = []
    var certificates: [String: [UInt8]] = [:]
    var contacted: [String] = []

    mutating func add(_ connection: Connection) {
      all.append((connection.sortKey, .plain(connection)))
    }
  }

  /// - Returns: the endpoints that were contacted.
  ///
  /// - Parameter connections: made to each endpoint in earlier epochs.
  mutating func write(
    _ meetings: Meetings, connections: [String: Int], _ context: StageContext
  ) throws -> [String] {
    var rows = Rows()
    var questioned: Set<String> = []
    let pause = settings.pause
    var lookUps = Latency.LookUps(seed: seed)
    let (scan, start, encounter) = (scan, start, encounter)
    let again = PeersAgain(
      encounter: encounter,
      session: .peersAgain(clientName: scan.parameters.announcedName),
      network: scan.target.network)
    let memory = OptOutMemory(folder: context.output)
    let rules = scan.rules.adding(try memory.list())
    var crawl = VirtualCrawl(
      Frontier(rules: rules, routes: scan.routes, limits: scan.parameters.limits),
      settings: settings, plan: scan.settings.plan, resolve: { lookUps.resolve($0, scan.hosts) },
      contact: { visit, time in
        let candidate = visit.candidate
        let startedAt = UTCTime(microseconds: start.microseconds + time)
        let place = HostAndPort(candidate.address, candidate.port).text
        guard let meeting = meetings[place] else {
          let refused = Encounter.refused(candidate, startedAt: startedAt).connection
          rows.add(refused)
          return (VirtualCrawl.Outcome(refused), refused.outcome)
        }
        rows.contacted.append(place)
        if case .later(let session, let questions) = visit.purpose {
          let row = Self.lead(
            session, questions, visit, meeting, encounter,
            number: connections[place, default: 0] + visit.connections + 1, startedAt)
          rows.add(row)
          return (VirtualCrawl.Outcome(later: row), row.outcome)
        }
        if visit.isRepeat {
          let (outcome, row) = again.ask(
            visit, meeting, number: connections[place, default: 0] + visit.connections + 1,
            startedAt: startedAt)
          rows.add(row)
          return (outcome, row.outcome)
        }
        for (digest, der) in meeting.certificates { rows.certificates[digest] = der }
        rows.all.append((candidate.sortKey, .encoded(meeting.row, candidate, startedAt)))
        var outcome = meeting.outcome(meetings, startedAt: startedAt)
        if meeting.word == .answered, !meeting.isThrottled,
          questioned.insert(candidate.address).inserted
        {
          let row = FurtherSessions(encounter, pause: pause, of: scan.settings.plan)
          row.lead(
            candidate, meeting, number: connections[place, default: 0], from: time, start, &outcome
          ) { connection in
            rows.add(connection)
            rows.contacted.append(place)
          }
        }
        return (outcome, meeting.word)
      },
      leave: { rows.add($0.untested($1, detail: $2)) })
    let (summary, duration) = crawl.run(from: scan.target.bootstrap.map(\.peers))
    try memory.remember(summary.optOuts)
    rows.all.sort { $0.key < $1.key }
    let folder = try ScanFolder(in: context.output, vantage: scan.vantage.name, at: start)
    let record = ScanRecord(
      name: folder.name, startedAt: start,
      endedAt: UTCTime(microseconds: start.microseconds + duration), summary)
    try folder.write(record, plan: scan, context: context, certificates: rows.certificates) {
      writer throws(ArtifactError) in
      for (key, row) in rows.all {
        switch row {
        case .plain(let connection): try writer.append(connection)
        case .encoded(let template, let candidate, let startedAt):
          try writer.append(encoded: template.row(candidate, startedAt: startedAt), key: key)
        }
      }
    }
    note = record.text
    return rows.contacted
  }

  /// A later visit: one connection.
  ///
  /// - Parameter number: of the connection to the endpoint, over all epochs.
  private static func lead(
    _ session: ProbeSession, _ questions: [AssignedQuestion], _ visit: Visit,
    _ meeting: Meetings.Meeting, _ encounter: Encounter, number: Int, _ startedAt: UTCTime
  ) -> Connection {
    var answers = EarlierAnswers()
    for question in questions { answers.assign(question) }
    return encounter.attempt(
      visit.candidate, at: meeting.endpoint, session: session, number: number,
      place: visit.connections + 1, answers: answers, startedAt: startedAt
    ).connection
  }

  private var settings: VirtualCrawl.Settings {
    let peers = scan.parameters.peerQuestions(isSimulated: true)
    return VirtualCrawl.Settings(
      peersPerSource: scan.parameters.limits.peersPerSource,
      concurrency: scan.parameters.concurrency, byteBudget: scan.parameters.scanBytes,
      timeBudget: Self.microseconds(scan.parameters.scanTime),
      pause: Self.microseconds(scan.rules.pause), peerAnswers: peers.answers,
      peerSpacing: Self.microseconds(peers.spacing),
      snapshotSpacing: Self.microseconds(scan.parameters.snapshotSpacing(isSimulated: true)))
  }

  private static func microseconds(_ duration: Duration) -> Int {
    let (seconds, attoseconds) = duration.components
    return Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
  }
}

extension Candidate {
  /// Key of its row in a scan: one attempt an endpoint.
  fileprivate var sortKey: SortKey { untested(.untestedSkipped).sortKey }
}

extension VirtualCrawl.Outcome {
  fileprivate init(later row: Connection) {
    self.init(
      duration: row.durationMicroseconds ?? 0, bytesReceived: row.bytesReceived,
      isThrottled: row.isThrottled, peers: [], words: SelfDescription(row),
      startedAt: row.startedAt)
  }

  fileprivate init(_ refused: Connection) {
    self.init(
      duration: refused.durationMicroseconds ?? 0, bytesReceived: 0, isThrottled: false, peers: [])
  }
}
