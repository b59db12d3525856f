/// Which of many hypotheses to reject.
public enum MultipleTesting {
  /// Benjamini and Hochberg (1995): of what is rejected, a share of at most `rate` is expected to be
  /// true hypotheses, where the p-values are independent or positively dependent.
  /// - Returns: for each p-value whether its hypothesis is rejected.
  public static func benjaminiHochberg(_ pValues: [Double], rate: Double) -> [Bool] {
    let ranked = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    let last = ranked.indices.last { rank in
      pValues[ranked[rank]] <= rate * Double(rank + 1) / Double(pValues.count)
    }
    var rejected = [Bool](repeating: false, count: pValues.count)
    guard let last else { return rejected }
    for rank in 0...last { rejected[ranked[rank]] = true }
    return rejected
  }
}
