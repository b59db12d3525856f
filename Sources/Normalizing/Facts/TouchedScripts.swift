import Digests
import ElectrumProtocol
import Probing
import Records

/// Which published scripts the outputs of a scan's transactions pay, so that who spends them is known.
struct TouchedScripts {
  /// By transaction, whose bytes have this id: the published scripts by the number of their output.
  private var outputs: [String: [UInt32: String]] = [:]
  /// What each transaction that was asked for spends, by the row's source.
  private var inputs: [Key: [RawTransaction.Outpoint]] = [:]

  private struct Key: Hashable {
    let endpoint: String
    let attempt: Int
    let sequence: Int

    init(_ source: FactSource) {
      (endpoint, attempt, sequence) = (source.endpointID, source.attempt, source.sequence)
    }
  }

  /// Inputs that are looked at.
  private static let mostInputs = 64

  /// - Returns: names of the published scripts that it pays.
  mutating func take(_ transaction: RawTransaction, at source: FactSource) -> [String] {
    var paid: [UInt32: String] = [:]
    for (index, output) in transaction.outputs.enumerated() {
      paid[UInt32(index)] = PublishedScripts.name(of: output.scriptPubKey)
    }
    outputs[transaction.text] = paid
    inputs[Key(source)] = Array(transaction.inputs.prefix(Self.mostInputs))
    return Set(paid.values).sorted()
  }

  func describeInputs(of row: inout TransactionFact) {
    guard let spent = inputs[Key(row.source)] else { return }
    row.inputsKnown = spent.count { outputs[$0.transactionText] != nil }
    row.spends = Set(spent.compactMap { outputs[$0.transactionText]?[$0.index] }).sorted()
  }
}

extension TransactionFact {
  private static let parentsKept = 16

  /// Nil where neither bytes nor an error came.
  init?(_ reply: AskedReply, _ source: FactSource, _ touched: inout TouchedScripts) {
    guard let wanted = reply.params.first?.text,
      reply.isAnswered || reply.record.outcome == .replyError
    else { return nil }
    self.init()
    self.source = source
    transaction = String(wanted.prefix(64))
    guard reply.isAnswered, let text = reply.result?.text, let bytes = Hex.bytes(text) else {
      errorCode = reply.record.errorCode
      return
    }
    known = true
    bytesSHA256 = Hex.text(SHA256.digest(bytes))
    size = bytes.count
    guard let parsed = RawTransaction(bytes) else { return }
    ownID = parsed.text
    pays = touched.take(parsed, at: source)
    inputs = parsed.inputs.count
    var met: Set<String> = []
    for input in parsed.inputs where parents.count < Self.parentsKept {
      if met.insert(input.transactionText).inserted { parents.append(input.transactionText) }
    }
  }
}

extension ProofFact {
  /// Nil where no branch came.
  init?(_ reply: AskedReply, _ source: FactSource) {
    guard reply.isAnswered, let wanted = reply.params.first?.text,
      let asked = reply.params.dropFirst().first?.integer, let result = reply.result,
      let items = result["merkle"]?.elements
    else { return nil }
    self.init()
    self.source = source
    transaction = String(wanted.prefix(64))
    height = asked
    toldHeight = result["block_height"]?.integer
    position = result["pos"]?.integer
    length = items.count
    let texts = items.prefix(MerkleBranch.longest).map { String(($0.text ?? "").prefix(64)) }
    branch = texts.contains("") ? [] : texts
    guard let position, items.count <= MerkleBranch.longest,
      let leaf = ChainHash(printed: transaction)
    else { return }
    root = (try? MerkleBranch(printed: texts).root(of: leaf, position: position))?.printed
  }
}
