import Records

/// A rule by which a server deviates from the protocol, with its evaluation.
///
/// Rules that nothing measures are stated too, so that a reader knows what was not looked at.
struct IndicatorRule: Rule {
  static let family = RuleFamily.indicator

  let id: RuleID
  let group: IndicatorFamily
  /// The most that it may say of what one scan shows, and of what a series shows.
  let grades: Grades
  let statement: String
  let explanation: Explanation
  let source: RuleSource
  /// What must be there for it to be measured at all.
  var requirement = IndicatorRequirement.scan
  /// Whether it takes the scan's chain for the servers': where most of them are of another one, it
  /// says nothing of anybody.
  var dependsOnChain = false
  /// What a scan shows of a server; nil where it shows nothing either way. Without it the rule is not
  /// evaluated in this release.
  var observe: (@Sendable (ScanEvidence, ScanTruth, IndicatorContext) -> ScanObservation?)?
  /// What the scans show together.
  var conclude: @Sendable ([ScanObservation], IndicatorFold) -> IndicatorFinding? = {
    $1.worst($0)
  }

  struct Grades: Sendable {
    let inOneScan: IndicatorGrade
    let inSeries: IndicatorGrade

    init(_ grade: IndicatorGrade) { self.init(grade, inSeries: grade) }

    init(_ inOneScan: IndicatorGrade, inSeries: IndicatorGrade) {
      self.inOneScan = inOneScan
      self.inSeries = inSeries
    }
  }

  /// What a reader needs to judge the rule, a sentence each.
  struct Explanation: Sendable {
    /// What is computed.
    let statistic: String
    /// What honest servers do.
    let null: String
    /// Why a hit speaks for deviation.
    let rationale: String
    /// What would refute a hit.
    let refutation: String

    init(
      statistic: String, null: String, rationale: String, refutedBy refutation: String
    ) {
      self.statistic = statistic
      self.null = null
      self.rationale = rationale
      self.refutation = refutation
    }
  }

  var isEvaluated: Bool { observe != nil }

  /// What kind of statement it makes where it fires with a grade.
  static func verdictClass(_ grade: IndicatorGrade) -> VerdictClass {
    switch grade {
    case .proved: .proved
    case .strong, .supporting: .statistical
    case .none: .descriptive
    }
  }

  /// All rules in the order of their ids.
  static let all: [IndicatorRule] = [
    historyOmission, inventedTransaction, invalidHeader, otherGenesis, staleTip, statusMismatch,
    missingTransaction, feeManipulation, relayFee, contentByClient, timingByClient, phishingError,
    phishingBanner, broadcastRefusal, certificateByVantage, contentByVantage, inspectionIssuer,
    ownPeers, unreachablePeers, shapeMismatch, selectiveLimit, missingLimit, perfectUptime,
    sharedInfrastructure, connectBack, throttlingByDepth,
  ]

  private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id.text, $0) })

  static func rule(_ id: String) -> IndicatorRule? { byID[id] }
}

/// What indicators are about. A server deviates if it deviates in any family; indicators of one may
/// have one cause.
enum IndicatorFamily: String, RuleGroup, CaseIterable {
  /// What the server says of the chain.
  case content
  /// Fees.
  case economy
  /// Whether clients of other names, or at another depth of a wallet, are served otherwise.
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

  /// Those that the score is made of. The others describe, and accuse nobody.
  static let scored: [IndicatorFamily] = [
    .content, .economy, .differential, .phishing, .path, .shape,
  ]
}

/// What must be there for an indicator to be measured.
enum IndicatorRequirement: String, Sendable, CaseIterable {
  /// A scan whose plan asks for it.
  case scan
  /// Scans from two places at the same time.
  case secondVantage = "second-vantage"
  /// The experiment with clients of several names in blocks.
  case experiment
  /// Something that the rules of conduct forbid.
  case conduct
}

/// What evaluations know beside evidence and truth.
struct IndicatorContext: Sendable {
  let lagBlocks: Int
}

extension ScanObservation {
  /// An empty observation of a scan.
  init(_ truth: ScanTruth) { self.init(scan: truth.scan, time: truth.startedAt) }

  /// Nil where nothing was looked at.
  static func collected(
    _ truth: ScanTruth, _ body: (inout ScanObservation) -> Void
  ) -> ScanObservation? {
    var observation = ScanObservation(truth)
    body(&observation)
    return observation.observations > 0 ? observation : nil
  }
}
