import Foundation
import Records

/// A rule by which a server deviates from the protocol, with its evaluation.
///
/// Rules that this release cannot evaluate are stated too, so that coverage says how much was not
/// looked at.
struct IndicatorRule: Rule {
  static let family = RuleFamily.indicator

  let id: RuleID
  let group: IndicatorGroup
  /// What kind of statement it makes where it fires.
  let verdictClass: VerdictClass
  /// Greatest odds for deviation that it may give where it fires, to one: what is conceded to innocent
  /// causes that nobody thought of.
  let greatestOdds: Double
  let statement: String
  let source: RuleSource
  /// Whether it takes the scan's chain for the servers': where most of them are of another one, it
  /// says nothing of anybody.
  var dependsOnChain = false
  /// What is found at a server; nil where there is too little to say. Without an evaluation the rule
  /// is not evaluated in this release.
  let evaluation: (@Sendable (ServerEvidence, IndicatorContext) -> IndicatorFinding?)?

  var isEvaluated: Bool { evaluation != nil }

  /// Greatest support for deviation. Unit: nats.
  var capNats: Double { log(greatestOdds) }

  /// All rules in the order of their ids.
  static let all = [
    historyOmission, inventedTransaction, invalidHeader, otherGenesis, staleTip, statusMismatch,
    missingTransaction, feeManipulation, relayFee, contentByClient, timingByClient, phishingError,
    phishingBanner, broadcastRefusal, certificateByVantage, contentByVantage, inspectionIssuer,
    ownPeers, unreachablePeers, shapeMismatch, selectiveLimit, connectBack,
  ]

  private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id.text, $0) })

  static func rule(_ id: String) -> IndicatorRule? { byID[id] }
}

/// What indicators are about. Those of one group may have one cause, so that the score counts each
/// further one less and bounds what a group may say in all.
enum IndicatorGroup: String, RuleGroup, CaseIterable {
  /// What the server says of the chain.
  case content
  /// Fees.
  case economy
  /// Whether clients of other names are served otherwise.
  case differential
  /// Texts that ask users to fetch something.
  case phishing
  /// Whether the way to the server changes what is seen.
  case path
  /// Whom it names as peers.
  case topology
  /// How it writes.
  case shape
  /// What happens to who asks.
  case meta
}

/// What evaluations know beside the server's own evidence.
struct IndicatorContext {
  let parameters: ScoreParameters
  let consensus: NetworkConsensus
}

/// What an indicator found at a server of which it saw enough.
struct IndicatorFinding {
  let isFired: Bool
  /// How much was looked at.
  let observations: Int
  /// What to show a reader; nil where it did not fire.
  let evidence: String?
  /// Log-likelihood ratio, before the rule's cap; nil: the cap where it fired, and what a passed test
  /// says where not. Unit: nats.
  let nats: Double?

  init(fired: Bool, of observations: Int, evidence: String?, nats: Double? = nil) {
    isFired = fired
    self.observations = observations
    self.evidence = fired ? evidence : nil
    self.nats = nats
  }
}
