import Ordering
package import Probing

/// What the first visits to all servers show of each one: where one tells otherwise than the rest, a
/// second visit asks it again, or asks another for the proof.
///
/// Pure: evidence comes in by address, questions come out, the same in whatever order it came.
/// Nothing is concluded here: a server that is asked may be right.
package struct Corroboration: Sendable {
  /// What is asked of one server in its second visit.
  package struct Questions: Sendable, Equatable {
    package var assigned: [AssignedQuestion] = []
    /// Ids of all probes to put, those without an assigned question with them.
    package var probes: Set<String> = []

    fileprivate mutating func add(_ question: AssignedQuestion) {
      assigned.append(question)
      probes.insert(question.probe)
    }
  }

  private struct Server {
    var tip: Int?
    var commitments: [VisitEvidence.Commitment: String] = [:]
    /// Numbers of entries by probe.
    var histories: [String: Set<Int32>] = [:]
  }

  private struct History {
    var entries: [VisitEvidence.Entry] = []
    var numbers: [VisitEvidence.Entry: Int32] = [:]
    var listers: [Int32] = []
    /// Addresses that list anything.
    var servers = 0
  }

  private let forks: [KnownFork]
  private var servers: [String: Server] = [:]
  private var histories: [String: History] = [:]
  private var counts: [VisitEvidence.Commitment: [String: Int]] = [:]

  /// Fewer answers make no majority.
  private static let quorum = 3
  /// Different transactions of one history that are told apart; a flood of inventions ends there.
  private static let mostEntries = 50_000
  /// Questions of a history again, a server.
  private static let mostHistories = 3

  package init(forks: [KnownFork]) { self.forks = forks }

  /// Takes in the first visit to an endpoint; of several at one address what was told first counts.
  package mutating func take(_ evidence: VisitEvidence, of address: String) {
    var server = servers[address] ?? Server()
    server.tip = server.tip ?? evidence.tip
    for (commitment, value) in evidence.commitments where server.commitments[commitment] == nil {
      server.commitments[commitment] = value
      counts[commitment, default: [:]][value, default: 0] += 1
    }
    for (probe, entries) in evidence.histories where server.histories[probe] == nil {
      server.histories[probe] = enter(entries, of: probe)
    }
    servers[address] = server
  }

  private mutating func enter(
    _ entries: [VisitEvidence.Entry], of probe: String
  ) -> Set<Int32> {
    var history = histories[probe] ?? History()
    var numbers: Set<Int32> = []
    for entry in entries {
      if history.numbers[entry] == nil, history.entries.count < Self.mostEntries {
        history.numbers[entry] = Int32(history.entries.count)
        history.entries.append(entry)
        history.listers.append(0)
      }
      guard let number = history.numbers[entry], numbers.insert(number).inserted else { continue }
      history.listers[Int(number)] += 1
    }
    if !entries.isEmpty { history.servers += 1 }
    histories[probe] = history
    return numbers
  }

  // MARK: Questions

  /// What each of these servers is asked.
  ///
  /// - Parameter addresses: of the servers that are visited again.
  package func questions(at addresses: Set<String>) -> [String: Questions] {
    var questions: [String: Questions] = [:]
    // What another chain lists is no omission, and no proof of one.
    var comparable: [String] = []
    for address in addresses.sorted() {
      guard let server = servers[address] else { continue }
      if isOnAnotherChain(server) {
        for fork in forks {
          questions[address, default: Questions()].add(.header(fork.probe, height: fork.height))
        }
        continue
      }
      comparable.append(address)
      askAgain(server, address, &questions)
      followUnconfirmed(server, address, &questions)
    }
    askForProofs(comparable, &questions)
    return questions
  }

  private func isOnAnotherChain(_ server: Server) -> Bool {
    server.commitments.contains { commitment, value in
      let told = counts[commitment] ?? [:]
      let all = told.values.reduce(0, +)
      guard all >= Self.quorum, let most = told.values.max(), 2 * most > all else { return false }
      return told[value] != most
    }
  }

  /// Numbers of the transactions of a history that more than half list and this server does not,
  /// though they lie under its tip.
  private func missing(_ probe: String, of server: Server) -> [Int32] {
    guard let history = histories[probe], let own = server.histories[probe], !own.isEmpty,
      let tip = server.tip, history.servers >= Self.quorum
    else { return [] }
    let limit = tip - Probe.BuriedTransaction.depth
    return history.listers.indices.compactMap { index in
      let entry = history.entries[index]
      let isListed = 2 * Int(history.listers[index]) > history.servers
      guard isListed, entry.height > 0, entry.height <= limit, !own.contains(Int32(index)) else {
        return nil
      }
      return Int32(index)
    }
  }

  private func askAgain(
    _ server: Server, _ address: String, _ questions: inout [String: Questions]
  ) {
    let probes = histories.keys.sorted().filter { !missing($0, of: server).isEmpty }
    for probe in probes.prefix(Self.mostHistories) {
      questions[address, default: Questions()].probes.insert("second.\(probe)")
    }
  }

  private func followUnconfirmed(
    _ server: Server, _ address: String, _ questions: inout [String: Questions]
  ) {
    var alone: Set<String> = []
    for probe in histories.keys.sorted() {
      guard let history = histories[probe], history.servers >= Self.quorum else { continue }
      for number in server.histories[probe] ?? [] {
        let entry = history.entries[Int(number)]
        if entry.height == 0, history.listers[Int(number)] == 1 { alone.insert(entry.transaction) }
      }
    }
    let followed = alone.sorted().prefix(ProbeCatalog.unconfirmedFollowed)
    for (index, transaction) in followed.enumerated() {
      let probe = "second.unconfirmed.\(index + 1)"
      questions[address, default: Questions()].add(.transaction(probe, transaction))
      questions[address, default: Questions()].probes.formUnion(
        ProbeCatalog.parentProbes(of: index + 1))
    }
  }

  /// Each missing transaction is proved by one server that lists it.
  ///
  /// - Parameter addresses: in order.
  private func askForProofs(_ addresses: [String], _ questions: inout [String: Questions]) {
    var wanted: Set<VisitEvidence.Entry> = []
    var asked: [String: Int] = [:]
    for probe in histories.keys.sorted() {
      guard let history = histories[probe] else { continue }
      let numbers = addresses.reduce(into: Set<Int32>()) { numbers, address in
        servers[address].map { numbers.formUnion(missing(probe, of: $0)) }
      }
      for number in numbers.sorted(by: { history.entries[Int($0)] < history.entries[Int($1)] }) {
        let entry = history.entries[Int(number)]
        guard wanted.insert(entry).inserted,
          let lister = addresses.first(where: {
            servers[$0]?.histories[probe]?.contains(number) == true
              && asked[$0, default: 0] < ProbeCatalog.proofsFollowed
          })
        else { continue }
        asked[lister, default: 0] += 1
        let id = "second.proof.\(asked[lister] ?? 1)"
        questions[lister, default: Questions()].add(
          .merkle(id, transaction: entry.transaction, height: entry.height))
        questions[lister]?.add(.transaction("\(id).transaction", entry.transaction))
        questions[lister]?.add(.header("\(id).header", height: entry.height))
      }
    }
  }
}

extension VisitEvidence.Entry: Comparable {
  static func < (left: Self, right: Self) -> Bool {
    (left.height, left.transaction) < (right.height, right.transaction)
  }
}
