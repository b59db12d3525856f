/// What the endpoints of a component said that can contradict another component.
struct ComponentProfile {
  /// A text and who said it.
  struct Saying {
    let text: String
    let endpoint: Int
  }

  /// Why two components are two servers, and whose words show it.
  struct Contradiction {
    let rule: ResolutionRule
    let endpoints: (Int, Int)
    let evidence: String
  }

  private typealias Sighting = (tip: TipSighting, endpoint: Int)

  private(set) var hasAnswered: Bool
  private(set) var keys: Set<String>
  private var genesis: Saying?
  private var implementation: Saying?
  /// Two different versions at most: more of them decide nothing more.
  private var versions: [Saying]
  private var sightings: [Sighting]
  private var heights: ClosedRange<Int>?

  init(_ evidence: EndpointEvidence, endpoint: Int) {
    let answers = evidence.draft.answers
    hasAnswered = evidence.isAnswered
    keys = evidence.spki.map { [$0] } ?? []
    genesis = answers.genesisHash.map { Saying(text: $0, endpoint: endpoint) }
    implementation = evidence.implementation.map { Saying(text: $0, endpoint: endpoint) }
    versions = answers.versionText.map { [Saying(text: $0, endpoint: endpoint)] } ?? []
    sightings = evidence.draft.tips.filter { $0.time != nil }.map { ($0, endpoint) }
    for (tip, _) in sightings { heights = Self.hull(heights, tip.height...tip.height) }
  }

  /// Takes over what the other's endpoints said.
  mutating func absorb(_ other: ComponentProfile) {
    hasAnswered = hasAnswered || other.hasAnswered
    keys.formUnion(other.keys)
    genesis = genesis ?? other.genesis
    implementation = implementation ?? other.implementation
    for saying in other.versions where versions.count < 2 {
      if versions.allSatisfy({ $0.text != saying.text }) { versions.append(saying) }
    }
    if sightings.count < other.sightings.count {
      sightings = other.sightings + sightings
    } else {
      sightings += other.sightings
    }
    heights = other.heights.map { Self.hull(heights, $0) } ?? heights
  }

  /// The first contradiction between any of one and any of the other.
  func contradiction(
    to other: ComponentProfile, _ strength: EvidenceStrength
  ) -> Contradiction? {
    if let genesis, let theirs = other.genesis, genesis.text != theirs.text {
      return Self.contradiction(.otherGenesis, genesis, theirs)
    }
    if let (own, theirs) = lag(other) {
      return Contradiction(
        rule: .height, endpoints: (own.endpoint, theirs.endpoint),
        evidence: "\(own.tip.height) \(theirs.tip.height)")
    }
    if let implementation, let theirs = other.implementation, implementation.text != theirs.text {
      return Self.contradiction(.otherSoftware, implementation, theirs)
    }
    guard strength == .word else { return nil }
    for saying in versions {
      if let theirs = other.versions.first(where: { $0.text != saying.text }) {
        return Self.contradiction(.otherSoftware, saying, theirs)
      }
    }
    return nil
  }

  /// V3. Heights are compared one by one only where they span enough.
  private func lag(_ other: ComponentProfile) -> (Sighting, Sighting)? {
    guard let heights, let theirs = other.heights else { return nil }
    let hull = Self.hull(heights, theirs)
    guard hull.upperBound - hull.lowerBound > TipSighting.toleratedBlocks else { return nil }
    for own in sightings {
      for their in other.sightings
      where own.tip.lags(behind: their.tip) || their.tip.lags(behind: own.tip) {
        return (own, their)
      }
    }
    return nil
  }

  private static func hull(_ one: ClosedRange<Int>?, _ other: ClosedRange<Int>) -> ClosedRange<Int>
  {
    guard let one else { return other }
    return min(one.lowerBound, other.lowerBound)...max(one.upperBound, other.upperBound)
  }

  private static func contradiction(
    _ rule: ResolutionRule, _ one: Saying, _ other: Saying
  ) -> Contradiction {
    Contradiction(
      rule: rule, endpoints: (one.endpoint, other.endpoint),
      evidence: "\(excerpt(one.text)) \(excerpt(other.text))")
  }

  /// The text's beginning: an audit row is no place for what a stranger can make as long as it likes.
  static func excerpt(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.prefix(64)))
  }
}
