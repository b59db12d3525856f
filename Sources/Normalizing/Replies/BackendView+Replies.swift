import ElectrumProtocol
import Probing
import Records

extension BackendView {
  private static let histogramProbe = "mempool.get_fee_histogram"
  private static let estimatePrefix = "estimatefee."
  /// One bitcoin a thousand virtual bytes. Unit: sat/vB.
  private static let bitcoinPerKilobyte = 100_000.0

  /// Whether a probe asks for what the node behind a server knows.
  static func asks(_ probe: String) -> Bool {
    let question = String(KnownProbes.question(ofVisit: probe))
    return [histogramProbe, "relayfee", "mempool.get_info"].contains(question)
      || question.hasPrefix(estimatePrefix)
  }

  /// Takes in a reply to one of these probes; what is malformed stays unknown.
  /// - Parameter time: when it had arrived; nil: not known.
  mutating func take(_ reply: Reply, at time: String?) {
    guard let result = reply.result else { return }
    let before = self
    let question = String(KnownProbes.question(ofVisit: reply.record.probe))
    switch question {
    case Self.histogramProbe: FeeHistogram(result).map { take($0) }
    case "relayfee": relayFee = Self.rate(result)
    case "mempool.get_info":
      relayFee = relayFee ?? Self.rate(result["minrelaytxfee"])
      mempoolMinimumFee = Self.rate(result["mempoolminfee"])
      incrementalRelayFee = Self.rate(result["incrementalrelayfee"])
      unbroadcastCount = result["unbroadcastcount"]?.integer.flatMap { $0 < 0 ? nil : $0 }
      fullRBF = result["fullrbf"]?.boolean
    default: takeEstimate(result, blocks: question.dropFirst(Self.estimatePrefix.count))
    }
    if self == before { return }
    if question == Self.histogramProbe { observedAt = time }
    observedAt = observedAt ?? time
  }

  private mutating func take(_ histogram: FeeHistogram) {
    histogramPairs = histogram.pairs
    mempoolSize = histogram.size
    sizeAtLeast = histogram.sizeAtLeast.map(String.init)
  }

  private mutating func takeEstimate(_ result: WireValue, blocks: Substring) {
    let isAbsent = result.double.map { $0 == -1 } ?? false
    let value = isAbsent ? nil : Self.rate(result)
    let status: ValueStatus = isAbsent ? .absent : value == nil ? .unknown : .value
    switch blocks {
    case "2": (estimates.estimate2Status, estimates.estimate2) = (status, value)
    case "5": (estimates.estimate5Status, estimates.estimate5) = (status, value)
    case "10": (estimates.estimate10Status, estimates.estimate10) = (status, value)
    case "6": (estimates.estimate6Status, estimates.estimate6) = (status, value)
    case "25": (estimates.estimate25Status, estimates.estimate25) = (status, value)
    case "144": (estimates.estimate144Status, estimates.estimate144) = (status, value)
    default: break
    }
  }

  /// A fee rate in bitcoins a thousand bytes; nil where it is no number, or negative.
  private static func rate(_ value: WireValue?) -> Double? {
    guard let rate = value?.double, rate >= 0 else { return nil }
    return rate * bitcoinPerKilobyte
  }
}
