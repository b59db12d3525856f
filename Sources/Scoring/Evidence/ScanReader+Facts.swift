import Artifact
import ChainTruth
import ElectrumProtocol
import Ordering
import Records
import Timekeeping

/// The tables of facts: each row leads to the exchange in whose bytes it stands.
extension ScanReader {
  mutating func readHeaders() throws {
    let rows = try self.rows(HeaderFact.self)
    while let row = try rows.next() {
      guard let height = row.height else { continue }
      with(row.source) { server, place in
        server.headers.append(
          .init(
            place: place, height: height, header: HeaderFacts(row),
            isTip: row.heightSource == .told))
      }
    }
    let commitments = try self.rows(CommitmentFact.self)
    while let row = try commitments.next() {
      guard row.kind == .subtree, let value = ChainHash(printed: row.value) else { continue }
      with(row.source) { $0.subtrees.append(.init(place: $1, level: row.level, value: value)) }
    }
  }

  /// Whole lists only: of a list that was cut nothing can be missed.
  mutating func readHistories() throws {
    var lists: [String: [ListedTransaction]] = [:]
    let entries = try self.rows(HistoryEntry.self)
    while let row = try entries.next() {
      lists["\(row.script) \(row.listSHA256)", default: []]
        .append(ListedTransaction(row.transaction, height: row.height))
    }
    let answers = try self.rows(HistoryAnswer.self)
    while let row = try answers.next() {
      guard row.malformed == 0 else { continue }
      let list = lists["\(row.script) \(row.listSHA256)"] ?? []
      guard row.cut == 0, list.count == row.entries else { continue }
      with(row.source) {
        $0.histories.append(.init(place: $1, script: row.script, entries: list))
      }
    }
  }

  mutating func readProofs() throws {
    let rows = try self.rows(ProofFact.self)
    while let row = try rows.next() {
      guard let position = row.position, row.branch.count == row.length,
        let branch = try? MerkleBranch(printed: row.branch),
        let transaction = ChainHash(printed: row.transaction)
      else { continue }
      with(row.source) { server, place in
        let told = ToldProof(
          server: server.serverID, voter: server.voter, transaction: transaction,
          height: row.height, position: position, branch: branch)
        server.proofs.append(.init(place: place, told: told))
      }
    }
  }

  mutating func readTransactions() throws {
    let rows = try self.rows(TransactionFact.self)
    while let row = try rows.next() {
      let place = place(row.source)
      let answer = answer(row, errorTexts[place])
      let question = TransactionQuestion(probe: row.source.probe)
      with(row.source) { server, place in
        server.take(
          .init(place: place, asked: row.transaction, answer: answer), row, as: question)
      }
    }
    settleUnconfirmed()
  }

  private func answer(
    _ row: TransactionFact, _ error: String?
  ) -> ScanEvidence.Transaction.Answer {
    if row.known {
      guard let id = row.ownID else { return .unreadable }
      return .bytes(
        id: id, scripts: Set(row.pays + row.spends), isOfNodeSize: row.size == Self.nodeSize)
    }
    let text = error?.lowercased() ?? ""
    return Self.missing.contains { text.contains($0) } ? .notFound : .unknown
  }

  /// Bytes of two hashes, which a node of a Merkle tree has.
  private static let nodeSize = 64
  /// How releases say that they do not know a transaction.
  private static let missing = [
    "no such mempool or blockchain transaction", "missing transaction", "transaction not found",
  ]

  mutating func readStatuses() throws {
    let rows = try self.rows(StatusFact.self)
    while let row = try rows.next() {
      // A list of another connection was told at another time: transactions come and go meanwhile.
      guard row.isText, let areEqual = row.listsEqual else { continue }
      with(row.source) { server, place in
        server.statuses.append(
          .init(
            place: place, script: row.script, told: row.told, recomputed: [row.recomputed],
            areListsEqual: areEqual))
      }
    }
  }

  mutating func readFees() throws {
    let rows = try self.rows(FeeState.self)
    while let row = try rows.next() {
      let estimates = row.estimates
      let relay = FeeState.rate(row.relayFee)
      with(row.source) { server, place in
        for (target, rate) in estimates.sorted(by: { $0.key < $1.key }) {
          server.fees.append(.init(place: place, target: target, rate: rate))
        }
        if let relay {
          server.relayFees.append(.init(place: place, rate: relay, estimates: estimates))
        }
      }
    }
  }

  /// Names that were used in turns: ours and a wallet's, each once more where they differed.
  mutating func readClients() throws {
    let rows = try self.rows(ClientAnswer.self)
    while let row = try rows.next() {
      if Self.isOld(row.clientName) { oldClients.insert(place(row.source).connection) }
      let name = row.client.split(separator: "-").first.map(String.init) ?? ""
      guard ["ours", "wallet"].contains(name), let digest = row.digest else { continue }
      let round = (row.client.hasSuffix("again") ? 2 : 0) + (name == "wallet" ? 1 : 0)
      with(row.source) { server, place in
        server.clientAnswers.append(
          .init(
            place: place, subject: row.subject, client: name, round: round, digest: digest,
            figure: row.figure))
      }
    }
  }

  /// Wallets to which honest servers once wrote that they must be updated.
  private static func isOld(_ name: String) -> Bool {
    let words = name.lowercased().split { $0 == "/" || $0 == " " }
    return words.first == "electrum" && words.count > 1 && ["2", "3"].contains(words[1].prefix(1))
  }
}

extension HeaderFacts {
  /// nil: a time that cannot be written, which no header of a chain has.
  init?(_ row: HeaderFact) {
    guard let hash = ChainHash(printed: row.hash),
      let previous = ChainHash(printed: row.previousHash),
      let time = row.headerTime.flatMap({ UTCTime(iso8601: $0) })
    else { return nil }
    self.init(
      hash: hash, previous: previous, merkleRoot: ChainHash(printed: row.merkleRoot),
      time: UInt32(clamping: time.microseconds / 1_000_000),
      bits: UInt32(truncatingIfNeeded: row.bits))
  }
}

extension FeeState {
  /// By target. Unit: blocks, sat/vB.
  var estimates: [Int: Double] {
    let told = [
      2: estimate2, 5: estimate5, 6: estimate6, 10: estimate10, 25: estimate25, 144: estimate144,
    ]
    return told.compactMapValues { Self.rate($0) }
  }

  /// From BTC/kvB as sent; nil where none was told. Unit: sat/vB.
  static func rate(_ text: String?) -> Double? {
    guard let value = text.flatMap(Double.init), value > 0, value.isFinite else { return nil }
    return value * 100_000
  }
}
