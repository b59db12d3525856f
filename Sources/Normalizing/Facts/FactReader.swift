import Digests
import ElectrumProtocol
import Probing
import Records
import Timekeeping

/// Reads facts out of the exchanges of a scan, connection by connection.
///
/// What a hostile server can make it keep is bounded an endpoint; what is cut is counted.
struct FactReader {
  private(set) var tables = FactTables()
  private let scan: String
  private var lists = HistoryLists()
  private var touched = TouchedScripts()

  /// Headers of one reply.
  private static let mostHeaders = 8

  init(scan: String) { self.scan = scan }

  /// Takes in one connection.
  ///
  /// - Parameters:
  ///   - replies: of all its exchanges, in order.
  ///   - start: of the attempt, in microseconds since 1970; nil: not known.
  mutating func take(_ connection: Connection, _ replies: [Reply], since start: Int?) {
    guard !connection.sent.isEmpty else { return }
    let asked = AskedReply.all(connection, replies)
    for reply in asked { take(reply) }
    takeStatuses(asked)
    tables.askedAlone += AloneTiming.rows(asked, all: replies.map(\.record), source)
    FeeState(asked, since: start, source).map { tables.feeStates.append($0) }
    tables.clientAnswers += ClientAnswer.rows(asked, session: connection.session, source)
  }

  /// What is known when all connections were read.
  mutating func finish() {
    for index in tables.transactions.indices {
      touched.describeInputs(of: &tables.transactions[index])
    }
    touched = TouchedScripts()
  }

  private func source(_ reply: AskedReply) -> FactSource { source(reply.record) }

  private func source(_ record: ExchangeRecord) -> FactSource {
    FactSource().with {
      $0.scan = scan
      $0.endpointID = record.endpointID
      $0.attempt = record.attempt
      $0.sequence = record.sequence
      $0.probe = record.probe
    }
  }

  private mutating func take(_ reply: AskedReply) {
    switch reply.method {
    case "blockchain.headers.subscribe":
      guard let hex = reply.result?["hex"]?.text else { return }
      add(hex, of: reply, height: reply.result?["height"]?.integer, .told)
    case "blockchain.block.header": takeHeader(reply)
    case "blockchain.block.headers": takeHeaders(reply)
    case "blockchain.transaction.get_merkle":
      ProofFact(reply, source(reply)).map { tables.proofs.append($0) }
    case "blockchain.transaction.get":
      TransactionFact(reply, source(reply), &touched).map { tables.transactions.append($0) }
    case let method where method.hasSuffix(".get_history"): takeHistory(reply)
    default: return
    }
  }

  private mutating func takeHeader(_ reply: AskedReply) {
    guard let height = reply.params.first?.integer, let result = reply.result else { return }
    guard let hex = result.text ?? result["header"]?.text else { return }
    guard let hash = add(hex, of: reply, height: height, .asked) else { return }
    tables.commitments.append(
      CommitmentFact().with {
        $0.source = source(reply)
        $0.kind = .header
        $0.level = height
        $0.value = hash
      })
    guard height == 0, let checkpoint = reply.params.dropFirst().first?.integer else { return }
    let branch = result["branch"]?.elements ?? []
    for (level, element) in branch.prefix(MerkleBranch.longest).enumerated() {
      // An incomplete subtree depends on where the proof ends.
      guard (1 << (level + 1)) - 1 <= checkpoint, let text = element.text, text.utf8.count == 64,
        Hex.bytes(text) != nil
      else { continue }
      tables.commitments.append(
        CommitmentFact().with {
          $0.source = source(reply)
          $0.kind = .subtree
          $0.level = level
          $0.checkpoint = checkpoint
          $0.value = text.lowercased()
        })
    }
  }

  private mutating func takeHeaders(_ reply: AskedReply) {
    guard let first = reply.params.first?.integer, let result = reply.result else { return }
    var texts = result["headers"]?.elements?.compactMap(\.text) ?? []
    if let hex = result["hex"]?.text {
      let digits = Array(hex.utf8.prefix(2 * BlockHeader.length * Self.mostHeaders))
      texts = stride(from: 0, to: digits.count, by: 2 * BlockHeader.length).map {
        String(decoding: digits[$0..<min($0 + 2 * BlockHeader.length, digits.count)], as: UTF8.self)
      }
    }
    for (place, text) in texts.prefix(Self.mostHeaders).enumerated() {
      add(text, of: reply, height: first + place, .counted, place: place)
    }
  }

  /// - Returns: its hash; nil where it is no header.
  @discardableResult private mutating func add(
    _ hex: String, of reply: AskedReply, height: Int?, _ heightSource: HeightSource, place: Int = 0
  ) -> String? {
    guard let header = BlockHeader(hex: hex) else { return nil }
    let hash = header.hashText
    tables.headers.append(
      HeaderFact().with {
        $0.source = source(reply)
        $0.place = place
        $0.header = Hex.text(header.bytes)
        $0.hash = hash
        $0.height = height
        $0.heightSource = height == nil ? nil : heightSource
        $0.previousHash = Hex.text(header.previousHash.reversed())
        $0.merkleRoot = Hex.text(header.merkleRoot.reversed())
        $0.headerTime = UTCTime.text(seconds: Int(header.time))
        $0.bits = Int(header.bits)
        $0.workValid = header.hasProofOfWork
      })
    return hash
  }

  // MARK: Scripts

  private mutating func takeHistory(_ reply: AskedReply) {
    guard let script = reply.script, let list = ToldHistory(reply.result) else { return }
    let source = source(reply)
    let kept = lists.keep(list, of: script, endpoint: source.endpointID)
    for (position, entry) in list.entries.prefix(kept.rows).enumerated() {
      tables.histories.append(
        HistoryEntry().with {
          $0.source = source
          $0.position = position
          $0.script = script
          $0.listSHA256 = list.digest
          $0.transaction = entry.transaction
          $0.height = entry.height
        })
    }
    tables.historyAnswers.append(
      HistoryAnswer().with {
        $0.source = source
        $0.script = script
        $0.entries = list.entries.count
        $0.confirmed = list.entries.count { $0.height > 0 }
        $0.malformed = list.malformed
        $0.cut = kept.cut
        $0.listSHA256 = list.digest
        $0.status = list.status
      })
  }

  private mutating func takeStatuses(_ asked: [AskedReply]) {
    var told: [String: [(sequence: Int, list: ToldHistory)]] = [:]
    for reply in asked where reply.method.hasSuffix(".get_history") {
      guard let script = reply.script, let list = ToldHistory(reply.result) else { continue }
      told[script, default: []].append((reply.record.sequence, list))
    }
    for reply in asked where reply.method.hasSuffix(".subscribe") && reply.isAnswered {
      guard let script = reply.script, let result = reply.result else { continue }
      let lists = told[script] ?? []
      let before = lists.last { $0.sequence < reply.record.sequence }
      let after = lists.first { $0.sequence > reply.record.sequence }
      let list = (before ?? after)?.list
      tables.statuses.append(
        StatusFact().with {
          $0.source = source(reply)
          $0.script = script
          let text = result.text.map { String($0.prefix(80)) }
          $0.told = text
          $0.isText = result.isNull || (text?.utf8.count == 64 && Hex.bytes(text ?? "") != nil)
          $0.before = before?.sequence
          $0.after = after?.sequence
          if let before, let after { $0.listsEqual = before.list.digest == after.list.digest }
          $0.recomputed = list?.status
          // A list with items that are none has no status.
          if let list, list.malformed == 0 { $0.agrees = list.status == text?.lowercased() }
        })
    }
  }
}
