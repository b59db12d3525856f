import Ordering

/// One answer to the question for a script's history.
public struct ToldHistory: Sendable {
  public let server: String
  /// Likely operator, who has one vote.
  public let voter: String
  public let script: String
  /// As listed. An error is no history, and neither is a list of which a part was not kept.
  public let entries: [ListedTransaction]
  /// The greatest height that the server shows to know; nil: none.
  public let provenHeight: Int?

  public init(
    server: String, voter: String, script: String, entries: [ListedTransaction], provenHeight: Int?
  ) {
    self.server = server
    self.voter = voter
    self.script = script
    self.entries = entries
    self.provenHeight = provenHeight
  }
}

/// Why a transaction counts as one of a script's history.
public enum ExistenceGround: Sendable, Hashable {
  /// Its bytes touch the script, and a branch leads from it to a header of the chain.
  case proof
  /// Of at least five operators that list anything for the script, more than half list it.
  case majority
}

/// Transactions that no server need list.
public enum UnindexedTransactions {
  /// The coinbases of first blocks, which cannot be spent and which some programs index and others do
  /// not; and the two that were mined twice (BIP 30), which programs index at either height.
  public static func contains(_ transaction: String) -> Bool { ids.contains(transaction) }

  private static let ids: Set<String> = [
    "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b",
    "7aa0a7ae1e223414cb807e40cd57e667b718e42aaf9306db9102fe28912b7b4e",
    "d5d27987d2a3dfc724e359870c6644b40e497bdc0589a033220fe15429d88599",
    "e3bf3d07d4b0375638d5f1db5255fe07ba2c4cb067cd81b84ee974b6585fb468",
  ]
}

/// The transactions that exist of each script, by proof or by majority.
public struct HistoryUnion: Sendable {
  /// Operators that must list anything for a script before a majority of them says what exists. Two
  /// that agree prove nothing: they may be one.
  public static let leastVotes = 5
  /// Blocks that a server must know beyond a transaction's before it must list it.
  public static let burial = 6
  /// Entries from which on an empty list is a limit of the program rather than an omission: Fulcrum
  /// answers so above its `max_history`.
  public static let limitedLength = 100

  /// What exists of each script, sorted.
  public let existing: [String: [(entry: ListedTransaction, ground: ExistenceGround)]]

  /// What one operator lists and no other, though more than half of all list the script: by script,
  /// with the operators that list it and the height that each shows to know.
  private let lonely: [String: Lonely]

  private struct Lonely {
    var transactions: Set<String>
    /// Of each operator that lists the script; nil: it shows none.
    var heights: [String: Int]
  }

  /// - Parameters:
  ///   - answers: of servers on the chain.
  ///   - proved: what is proved to exist, by script.
  ///   - voters: likely operators on the chain.
  public init(
    _ answers: [ToldHistory], proved: [String: Set<ListedTransaction>], voters: Int
  ) {
    var existing: [String: [ListedTransaction: ExistenceGround]] = [:]
    var lonely: [String: Lonely] = [:]
    let byScript = Dictionary(grouping: answers, by: \.script)
    for (script, answers) in byScript {
      for entry in Self.majority(answers) { existing[script, default: [:]][entry] = .majority }
      let found = Self.lonely(answers, provedIDs: Set((proved[script] ?? []).map(\.transaction)))
      if !found.transactions.isEmpty { lonely[script] = found }
    }
    self.lonely = lonely
    leastOthers = max(Self.leastVotes, voters / 2 + 1)
    for (script, entries) in proved {
      for entry in entries { existing[script, default: [:]][entry] = .proof }
    }
    self.existing = existing.mapValues { grounds in
      grounds.filter { $0.key.height > 0 && !UnindexedTransactions.contains($0.key.transaction) }
        .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
  }

  /// Entries that more than half of the operators list that list anything for the script. A server's
  /// answers count together, and an operator's vote is divided over its servers.
  private static func majority(_ answers: [ToldHistory]) -> [ListedTransaction] {
    var lists: [String: (voter: String, entries: Set<ListedTransaction>)] = [:]
    for answer in answers where !answer.entries.isEmpty {
      lists[answer.server, default: (answer.voter, [])].entries.formUnion(answer.entries)
    }
    var servers: [String: Int] = [:]
    for list in lists.values { servers[list.voter, default: 0] += 1 }
    guard servers.count >= leastVotes else { return [] }
    var votes: [ListedTransaction: Double] = [:]
    for (_, list) in lists.sorted(by: { $0.key < $1.key }) {
      let share = 1 / Double(servers[list.voter] ?? 1)
      for entry in list.entries { votes[entry, default: 0] += share }
    }
    let half = Double(servers.count) * (0.5 + roundingError)
    return votes.filter { $0.value > half }.map(\.key)
  }

  /// Rounding of summed shares must not make half of the votes more than half.
  private static let roundingError = 1e-9

  /// Operators that must list a script without a transaction before it is one operator's alone: more
  /// than half of all on the chain, so that who agrees on a lie cannot single out an honest server.
  private let leastOthers: Int

  private static func lonely(_ answers: [ToldHistory], provedIDs: Set<String>) -> Lonely {
    var listers: [String: String] = [:]
    var shared: Set<String> = []
    var heights: [String: Int] = [:]
    for answer in answers where !answer.entries.isEmpty {
      heights[answer.voter] = max(heights[answer.voter] ?? -1, answer.provenHeight ?? -1)
      for entry in answer.entries where !shared.contains(entry.transaction) {
        if let other = listers[entry.transaction], other != answer.voter {
          shared.insert(entry.transaction)
        } else {
          listers[entry.transaction] = answer.voter
        }
      }
    }
    let alone = Set(listers.keys).subtracting(shared).subtracting(provedIDs)
    return Lonely(transactions: alone, heights: heights)
  }

  /// Buried transactions that an answer lists and no other operator does, of a script that more than
  /// half of all operators list, and five at least, who must know the block.
  public func unshared(in answer: ToldHistory) -> [ListedTransaction] {
    guard let lonely = lonely[answer.script], let tip = answer.provenHeight else { return [] }
    return answer.entries.filter { entry in
      guard entry.height > 0, entry.height + Self.burial <= tip,
        lonely.transactions.contains(entry.transaction),
        !UnindexedTransactions.contains(entry.transaction)
      else { return false }
      let others = lonely.heights.count { voter, height in
        voter != answer.voter && entry.height + Self.burial <= height
      }
      return others >= leastOthers
    }
  }

  /// What an answer leaves out that its server must know; empty where the answer says nothing.
  public func omissions(in answer: ToldHistory) -> [(
    entry: ListedTransaction, ground: ExistenceGround
  )] {
    guard let known = existing[answer.script], let tip = answer.provenHeight else { return [] }
    if answer.entries.isEmpty, known.count >= Self.limitedLength { return [] }
    let told = Set(answer.entries)
    return known.filter { $0.entry.height + Self.burial <= tip && !told.contains($0.entry) }
  }

  /// Whether an answer can show an omission at all.
  public func judges(_ answer: ToldHistory) -> Bool {
    guard let known = existing[answer.script], let tip = answer.provenHeight else { return false }
    if answer.entries.isEmpty, known.count >= Self.limitedLength { return false }
    return known.contains { $0.entry.height + Self.burial <= tip }
  }
}
