import Records

/// How much of what could have been seen of a server was seen.
struct ScoreCoverage {
  /// An indicator that the plan and the series can measure.
  struct Measurable {
    let family: IndicatorFamily
    /// Greatest grade that it can reach in this plan and series.
    let highest: IndicatorGrade
    let isObserved: Bool
  }

  /// Least coverage with which a server of which nothing fired is said to show no deviation. Half: with
  /// less, more was not looked at than was.
  static let least = 0.5

  let assumptions: ScoreAssumptions

  /// The mean, over the families that can be measured at all, of the weight of the indicators observed
  /// over that of those that can be; the weight of an indicator is the most that it could say. 0 where
  /// nothing can be measured.
  func coverage(_ indicators: [Measurable]) -> Double {
    let byFamily = Dictionary(grouping: indicators, by: \.family)
    let shares = IndicatorFamily.scored.compactMap { family -> Double? in
      let members = byFamily[family] ?? []
      let all = weight(members)
      return all > 0 ? weight(members.filter(\.isObserved)) / all : nil
    }
    return shares.isEmpty ? 0 : shares.reduce(0, +) / Double(shares.count)
  }

  private func weight(_ indicators: [Measurable]) -> Double {
    indicators.reduce(0) { $0 + assumptions.capNats($1.highest) }
  }
}
