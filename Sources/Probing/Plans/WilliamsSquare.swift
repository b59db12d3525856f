/// Orders of treatments in which each comes equally often in each place and after each other one
/// (E. J. Williams, "Experimental designs balanced for the estimation of residual effects of
/// treatments", 1949).
public enum WilliamsSquare {
  /// Rows of an experiment with so many arms: as many as arms where their number is even, twice as
  /// many where it is odd. Each row is an order of 0..<arms.
  public static func rows(arms: Int) -> [[Int]] {
    guard arms > 0 else { return [] }
    // 0, 1, n-1, 2, n-2, …: neighbours differ by every amount once.
    var first: [Int] = []
    for place in 0..<arms {
      first.append(place % 2 == 0 ? (arms - place / 2) % arms : (place + 1) / 2)
    }
    let square = (0..<arms).map { shift in first.map { ($0 + shift) % arms } }
    return arms % 2 == 0 ? square : square + square.map { $0.reversed() }
  }
}
