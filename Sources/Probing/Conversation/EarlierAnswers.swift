import Digests
package import ElectrumProtocol

/// What the answers of a connection name, for questions about it.
public struct EarlierAnswers: Sendable {
  /// A transaction as a history lists it.
  struct Listed: Sendable {
    let transaction: String
    let height: Int
  }

  private(set) var tip: Int?
  /// Confirmed transactions in the order told, by the probe's id: of a long list its two ends.
  private(set) var histories: [String: [Listed]] = [:]
  /// What transactions spend, by the id of the probe that gave their bytes.
  private(set) var parents: [String: [String]] = [:]
  /// What a scan has found out by comparing servers, by probe.
  private(set) var assigned: [String: AssignedQuestion] = [:]

  /// Transactions kept at either end of a history.
  private static let keptAtEachEnd = 1_024
  private static let keptParents = 16

  public init() {}

  /// Gives a probe what it is to ask.
  package mutating func assign(_ question: AssignedQuestion) {
    assigned[question.probe] = question
  }

  package mutating func learn(_ probe: String, _ result: WireValue) {
    if probe == Probe.Derivation.tipProbe { tip = result["height"]?.integer }
    if let raw = result.text, probe.hasPrefix(ProbeCatalog.unconfirmedPrefix),
      let transaction = Hex.bytes(raw).flatMap({ RawTransaction($0) })
    {
      var known: Set<String> = []
      let spent = transaction.inputs.prefix(Self.keptParents).map(\.transactionText)
      parents[probe] = spent.filter { known.insert($0).inserted }
    }
    guard probe.hasPrefix("history.") else { return }
    // Since protocol 1.7 the list is a member of an object.
    let entries = result.elements ?? result["history"]?.elements ?? []
    let listed = entries.lazy.compactMap { entry -> Listed? in
      guard let height = entry["height"]?.integer, height > 0,
        let transaction = entry["tx_hash"]?.text
      else { return nil }
      return Listed(transaction: transaction, height: height)
    }
    var kept = Array(listed.prefix(2 * Self.keptAtEachEnd))
    if entries.count > kept.count {
      let all = Array(listed)
      if all.count > kept.count {
        kept = all.prefix(Self.keptAtEachEnd) + all.suffix(Self.keptAtEachEnd)
      }
    }
    histories[probe] = kept
  }

  /// Nil where the history has none, or the tip is not known.
  func buried(_ wanted: Probe.BuriedTransaction) -> Listed? {
    guard let tip else { return nil }
    let limit = tip - Probe.BuriedTransaction.depth
    let buried = (histories[wanted.history] ?? []).filter { $0.height <= limit }
    switch wanted.choice {
    case .newest: return buried.last
    case .oldest: return buried.first
    case .drawn(let seed):
      return buried.isEmpty ? nil : buried[Int(seed % UInt64(buried.count))]
    }
  }
}

/// A question to one server that a scan has found by comparing what servers told.
package struct AssignedQuestion: Sendable, Equatable {
  /// Id of the probe that puts it.
  package let probe: String
  let method: String
  let params: [WireValue]

  package static func merkle(_ probe: String, transaction: String, height: Int) -> Self {
    Self(
      probe: probe, method: "blockchain.transaction.get_merkle",
      params: [.string(transaction), .integer(height)])
  }

  package static func transaction(_ probe: String, _ transaction: String) -> Self {
    Self(probe: probe, method: "blockchain.transaction.get", params: [.string(transaction)])
  }

  package static func header(_ probe: String, height: Int) -> Self {
    Self(probe: probe, method: "blockchain.block.header", params: [.integer(height)])
  }
}

extension Probe.Derivation {
  static let tipProbe = "blockchain.headers.subscribe"

  /// Id of the probe whose answer it is made of; nil: of none of its session.
  var basis: String? {
    switch self {
    case .headerBelowTip, .headerAboveTip, .headerProof, .headerAtHundred: Self.tipProbe
    case .merkleOfFirst(let history), .transactionOfFirst(let history): history
    case .merkleOf(let wanted), .transactionOf(let wanted), .headerOf(let wanted): wanted.history
    case .parent(_, let probe): probe
    case .assigned: nil
    }
  }

  /// Nil where that answer names nothing.
  func call(_ answers: EarlierAnswers) -> (method: String, params: [WireValue])? {
    switch self {
    case .headerBelowTip(let depth):
      guard let tip = answers.tip, tip >= depth else { return nil }
      return header(tip - depth)
    case .headerAboveTip:
      guard let tip = answers.tip, tip < 10_000_000 else { return nil }
      return header(tip + 1)
    case .headerProof(let height, let depth):
      guard let tip = answers.tip, tip >= height + depth else { return nil }
      return ("blockchain.block.header", [.integer(height), .integer(tip - depth)])
    case .merkleOfFirst(let history):
      return answers.histories[history]?.first.map(merkle)
    case .transactionOfFirst(let history):
      return answers.histories[history]?.first.map { transaction($0.transaction) }
    case .headerAtHundred(let below):
      guard let tip = answers.tip else { return nil }
      let height = SharedHeight.last(under: tip) - 100 * below
      return height > 0 ? header(height) : nil
    case .merkleOf(let wanted): return answers.buried(wanted).map(merkle)
    case .transactionOf(let wanted):
      return answers.buried(wanted).map { transaction($0.transaction) }
    case .headerOf(let wanted): return answers.buried(wanted).map { header($0.height) }
    case .parent(let index, let probe):
      guard let parents = answers.parents[probe], parents.indices.contains(index) else {
        return nil
      }
      return transaction(parents[index])
    case .assigned(let probe):
      return answers.assigned[probe].map { ($0.method, $0.params) }
    }
  }

  private func header(_ height: Int) -> (String, [WireValue]) {
    ("blockchain.block.header", [.integer(height)])
  }

  private func transaction(_ id: String) -> (String, [WireValue]) {
    ("blockchain.transaction.get", [.string(id)])
  }

  private func merkle(_ listed: EarlierAnswers.Listed) -> (String, [WireValue]) {
    (
      "blockchain.transaction.get_merkle",
      [.string(listed.transaction), .integer(listed.height)]
    )
  }
}

/// Heights at which all servers of one chain are asked for the same header.
public enum SharedHeight {
  /// The highest multiple of a hundred at which nothing changes any more; negative near a chain's
  /// beginning.
  public static func last(under tip: Int) -> Int {
    guard tip >= Probe.BuriedTransaction.depth, tip < 1_000_000_000 else { return -1 }
    return 100 * ((tip - Probe.BuriedTransaction.depth) / 100)
  }
}
