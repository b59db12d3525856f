import ChainTruth
import Ordering
import Records

/// Why a server was asked for a transaction's bytes.
enum TransactionQuestion {
  /// It lists the transaction in a block.
  case buried
  /// It lists the transaction unconfirmed; it may be replaced before it is asked for.
  case unconfirmed
  /// Something that it lists unconfirmed spends the transaction.
  case parent

  init(probe: String) {
    if probe.hasPrefix(Self.parentPrefix) {
      self = .parent
    } else if probe.hasPrefix(Self.unconfirmedPrefix) {
      self = .unconfirmed
    } else {
      self = .buried
    }
  }

  private static let parentPrefix = "second.parent."
  private static let unconfirmedPrefix = "second.unconfirmed."

  /// Whether a probe asks for bytes or a proof of a transaction.
  static func isAsked(by probe: String) -> Bool {
    probe.contains("transaction") || probe.hasPrefix(parentPrefix)
      || probe.hasPrefix(unconfirmedPrefix)
  }
}

extension ScanEvidence {
  /// Takes the answer to the question for a transaction's bytes.
  mutating func take(
    _ answer: Transaction, _ row: TransactionFact, as question: TransactionQuestion
  ) {
    switch question {
    case .parent: parents.append(answer)
    case .buried: transactions.append(answer)
    case .unconfirmed:
      if case .bytes = answer.answer {
        transactions.append(answer)
        noteUnconfirmed(row, answer.place)
      }
    }
  }

  private mutating func noteUnconfirmed(_ row: TransactionFact, _ place: EvidencePlace) {
    guard row.known, row.ownID == row.transaction else { return }
    let listing = histories.filter { history in
      history.entries.contains { $0.transaction == row.transaction && $0.height <= 0 }
    }
    for script in Set(listing.map(\.script)).sorted() {
      let touches = row.pays.contains(script) || row.spends.contains(script)
      let isComplete = row.inputs != nil && row.inputs == row.inputsKnown
      unconfirmed.append(
        .init(
          place: place, script: script, transaction: row.transaction,
          touchesScript: touches ? true : isComplete ? false : nil, parents: row.parents))
    }
  }

  /// Whether the server was asked twice for what a transaction spends, and never knew it.
  func knowsNoParent(of transaction: Unconfirmed) -> Bool {
    let answers = parents.filter { transaction.parents.contains($0.asked) }
    let known = Set(
      (answers + transactions).compactMap { answer -> String? in
        if case .bytes = answer.answer { answer.asked } else { nil }
      })
    return answers.count { $0.answer == .notFound && !known.contains($0.asked) }
      >= Self.leastRefusals
  }

  /// One answer may be an accident of its moment.
  private static let leastRefusals = 2
}

extension ScanReader {
  /// Marks the unconfirmed transactions that one server alone lists and whose parents it does not know.
  mutating func settleUnconfirmed() {
    let followed = Set(servers.values.lazy.flatMap(\.unconfirmed).map(\.transaction))
    if followed.isEmpty { return }
    var listing: [String: Set<String>] = [:]
    for server in servers.values {
      for entry in server.histories.lazy.flatMap(\.entries)
      where followed.contains(entry.transaction) {
        listing[entry.transaction, default: []].insert(server.serverID)
      }
    }
    for (id, server) in servers where !server.unconfirmed.isEmpty {
      for index in server.unconfirmed.indices {
        let listed = server.unconfirmed[index]
        servers[id]?.unconfirmed[index].isOrphanOfItsOwn =
          listing[listed.transaction] == [id] && server.knowsNoParent(of: listed)
      }
    }
  }
}
