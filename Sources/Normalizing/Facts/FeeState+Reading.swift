import Digests
import ElectrumProtocol
import Records
import Timekeeping

extension FeeState {
  private static let visits = ["second.": 2, "third.": 3]
  /// How far above the node's own limits an estimate must lie to say anything.
  private static let margin = 1.001
  private static let leastEstimates = 3

  /// What one connection told; nil where it told nothing of fees.
  init?(_ asked: [AskedReply], since start: Int?, _ source: (ExchangeRecord) -> FactSource) {
    let told = asked.filter { Self.isOfFees($0) && $0.isAnswered && $0.result != nil }
    guard let first = told.first else { return nil }
    self.init()
    self.source = source(first.record)
    let visit = Self.visits.first { first.record.probe.hasPrefix($0.key) }
    snapshot = visit?.value ?? 1
    var last: Double?
    for reply in told {
      guard let result = reply.result else { continue }
      take(result, to: reply.question)
      let time = reply.record.sentMilliseconds.map { $0 + (reply.record.lastByteMilliseconds ?? 0) }
      last = [last, time].compactMap { $0 }.max()
    }
    if let start {
      observedAt = UTCTime.text(seconds: (start + Int((last ?? 0) * 1000)) / 1_000_000)
    }
    state = stateText
  }

  /// Under our name, as a visit's snapshot.
  private static func isOfFees(_ reply: AskedReply) -> Bool {
    let probe = reply.record.probe
    if probe.hasPrefix("client.") || probe.hasPrefix("differential.") { return false }
    return reply.question.hasPrefix("estimatefee.") || reply.question == "relayfee"
      || reply.question.hasPrefix("mempool.get_")
  }

  private mutating func take(_ result: WireValue, to question: Substring) {
    switch question {
    case "relayfee": relayFee = relayFee ?? Self.number(result)
    case "mempool.get_info":
      relayFee = Self.number(result["minrelaytxfee"]) ?? relayFee
      minimumFee = Self.number(result["mempoolminfee"])
    case "mempool.get_fee_histogram":
      mempoolSize = FeeHistogram(result)?.size
      histogramSHA256 = Hex.text(SHA256.digest(result.encoded()))
    case "estimatefee.2": estimate2 = Self.number(result)
    case "estimatefee.5": estimate5 = Self.number(result)
    case "estimatefee.6": estimate6 = Self.number(result)
    case "estimatefee.10": estimate10 = Self.number(result)
    case "estimatefee.25": estimate25 = Self.number(result)
    case "estimatefee.144": estimate144 = Self.number(result)
    default: return
    }
  }

  /// As sent; nil for no number, and for one longer than any fee.
  private static func number(_ value: WireValue?) -> String? {
    guard case .number(let text)? = value, text.utf8.count <= 40, value?.double != nil else {
      return nil
    }
    return text
  }

  private var stateText: String? {
    guard let relay = relayFee.flatMap({ Double($0) }) else { return nil }
    let minimum = minimumFee.flatMap { Double($0) }
    let floor = max(relay, minimum ?? relay) * Self.margin
    let targets = [
      (2, estimate2), (5, estimate5), (6, estimate6), (10, estimate10), (25, estimate25),
      (144, estimate144),
    ]
    let above = targets.compactMap { target, text -> (Int, Double)? in
      guard let value = text.flatMap({ Double($0) }), value > floor else { return nil }
      return (target, value)
    }
    guard above.count >= Self.leastEstimates, Set(above.map(\.1)).count > 1 else { return nil }
    let fees = "\(relay) \(minimum.map { "\($0)" } ?? "?")"
    return fees + above.map { " \($0.0)=\($0.1)" }.joined()
  }
}
