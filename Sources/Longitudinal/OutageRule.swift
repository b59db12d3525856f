public import Records

/// A rule by which something is not held against a server. `OutageFinder`, `VantageRecord` and
/// `ReleaseWatch` evaluate it, by the same thresholds as it states.
public struct OutageRule: Rule {
  public static let family = RuleFamily.outage

  /// What a rule excuses.
  public enum Excuse: String, RuleGroup, CaseIterable {
    case failures
    case events
  }

  public let id: RuleID
  public let group: Excuse
  public let statement: String
  public let source: RuleSource

  /// All rules as a series is read by these thresholds.
  public static func all(_ thresholds: SeriesRules) -> [OutageRule] {
    ExclusionRule.allCases.map { OutageRule($0, thresholds) }
  }

  init(_ word: ExclusionRule, _ thresholds: SeriesRules) {
    id = RuleID(word.rawValue)
    statement = word.statement(thresholds)
    switch word {
    case .vantage, .system, .path:
      group = .failures
      source = .article("Longitudinal", section: "Whose fault")
    case .release, .gap:
      group = .events
      source = .article("Longitudinal", section: "Events")
    }
  }
}

extension ExclusionRule {
  fileprivate func statement(_ rules: SeriesRules) -> String {
    switch self {
    case .vantage:
      "Of \(rules.vantageServers) servers or more that were up, more than "
        + "\(Self.percent(rules.vantageShare)) fail, and so they do in more than "
        + "\(Self.percent(rules.vantageShare)) of at least \(rules.vantagePlaces) networks, of all "
        + "or of those tried over one address family alone; or the scan ended before it dealt with "
        + "the server."
    case .system:
      "Of \(rules.systemServers) owners or more with servers of one autonomous system that were up, "
        + "those of more than \(Self.percent(rules.systemShare)) are down, for "
        + "\(Self.hours(rules.systemSeconds)) at most, where servers with a common key, registrable domain "
        + "or prefix are one owner's."
    case .path:
      "A scan from another vantage that began within \(Self.minutes(rules.concurrentSeconds)) "
        + "reached the server."
    case .release:
      "More than \(Self.percent(rules.releaseShare)) of the implementation's servers, of which there "
        + "are \(rules.releaseServers) or more, make the same change of version within "
        + "\(Self.hours(rules.releaseSeconds)) of the version's first sight."
    case .gap:
      "More than \(Self.hours(rules.gapSeconds)) lie between the observations before and after, or "
        + "it is not known how long."
    }
  }

  private static func percent(_ share: Double) -> String {
    let tenths = (share * 1000).rounded() / 10
    return tenths == tenths.rounded() ? "\(Int(tenths)) %" : "\(tenths) %"
  }

  private static func hours(_ seconds: Int) -> String { "\(seconds / 3600) hours" }

  private static func minutes(_ seconds: Int) -> String { "\(seconds / 60) minutes" }
}
