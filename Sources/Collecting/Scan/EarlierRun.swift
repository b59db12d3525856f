import Artifact
import Foundation
import Probing
import Records

/// What a scan had seen before it was interrupted: answers that the crawl takes from here instead of
/// asking again.
struct EarlierRun {
  private struct Question: Hashable {
    let place: String
    let session: String

    init(_ candidate: Candidate, _ session: String) {
      place = EarlierRun.place(candidate)
      self.session = session
    }
  }

  private var rows: [Question: [ScanJournal.FileSpan]] = [:]
  private var logs: [Question: String] = [:]
  private var places: Set<String> = []
  private var resolutions: [String: NameResolution] = [:]
  /// Address and session, to the endpoint at which it was led.
  private var leaders: [String: String] = [:]

  private static func place(_ candidate: Candidate) -> String {
    "\(candidate.network.rawValue)|\(candidate.address)|\(candidate.port)|"
      + candidate.transport.rawValue
  }

  mutating func add(_ row: Connection, at place: ScanJournal.FileSpan) {
    // What was never asked is decided anew.
    guard row.outcome.isTested else { return }
    let candidate = Candidate(row)
    rows[Question(candidate, row.session), default: []].append(place)
    note(row.session, at: candidate)
  }

  mutating func add(_ resolution: NameResolution) {
    resolutions[resolution.name] = resolution
  }

  mutating func add(log path: String, of row: Connection) {
    let candidate = Candidate(row)
    logs[Question(candidate, row.session)] = path
    note(row.session, at: candidate)
  }

  private mutating func note(_ session: String, at candidate: Candidate) {
    let place = Self.place(candidate)
    places.insert(place)
    leaders[candidate.address + "|" + session] = place
  }

  /// Whether what is asked once an address was asked at another endpoint of it.
  func ledElsewhere(_ session: String, than candidate: Candidate) -> Bool {
    leaders[candidate.address + "|" + session].map { $0 != Self.place(candidate) } ?? false
  }

  /// Whether anything was heard from the endpoint.
  func knows(_ candidate: Candidate) -> Bool { places.contains(Self.place(candidate)) }

  /// Whether an answer to the session is still here.
  func has(_ session: String, of candidate: Candidate) -> Bool {
    let question = Question(candidate, session)
    return rows[question]?.isEmpty == false || logs[question] != nil
  }

  /// The next row of the session there, once.
  mutating func takeRow(_ session: String, of candidate: Candidate) -> ScanJournal.FileSpan? {
    let question = Question(candidate, session)
    guard var places = rows[question], !places.isEmpty else { return nil }
    let first = places.removeFirst()
    rows[question] = places
    return first
  }

  /// The log of the connection that was under way, once.
  mutating func takeLog(_ session: String, of candidate: Candidate) -> String? {
    logs.removeValue(forKey: Question(candidate, session))
  }

  mutating func take(_ name: HostName) -> NameResolution? {
    resolutions.removeValue(forKey: name.text)
  }
}

extension AttemptResult {
  /// What a row of the journal gave when it was new.
  init(_ row: Connection, answers: EarlierAnswers) {
    let results = row.results(of: Set(row.exchanges.map(\.probe)))
    self.init(connection: row, peers: results["server.peers.subscribe"], answers: answers)
    for exchange in row.exchanges where exchange.outcome == .answered {
      if let result = results[exchange.probe] { self.answers.learn(exchange.probe, result) }
    }
  }
}

extension Connection {
  /// Whether our own end cut the conversation short, so that some of it is still to be asked.
  package var isCutShort: Bool {
    outcome == .aborted || detail == Self.killed || exchanges.contains { $0.outcome == .aborted }
  }

  /// Detail of a connection that was under way when its scan was killed.
  static let killed = "the scan was killed meanwhile"

  /// Probes that need not be asked again.
  var settledProbes: Set<String> {
    Set(
      exchanges.filter { $0.outcome.isTested && $0.outcome != .aborted }.map(\.probe))
  }
}
