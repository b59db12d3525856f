/// Cohesion of a cluster: the least sum of positive bits that parts it in two.
public enum MinimumCut {
  /// Clusters of more records are not asked: the time grows with the third power.
  public static let greatestSize = 400

  /// By Stoer & Wagner 1997. Links of zero or less hold nothing.
  /// - Returns: bits; nil for fewer than two records and more than `greatestSize`.
  public static func bits(members: [Int], links: [WeightedPair]) -> Double? {
    guard members.count > 1, members.count <= greatestSize else { return nil }
    let place = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1, $0) })
    let size = members.count
    var weight = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
    for link in links where link.bits > 0 {
      guard let a = place[Int(link.a)], let b = place[Int(link.b)] else { continue }
      weight[a][b] += link.bits
      weight[b][a] += link.bits
    }
    var alive = Array(0..<size)
    var best = Double.infinity
    while alive.count > 1 {
      let (cut, last, before) = phase(alive, weight)
      best = min(best, cut)
      for other in alive where other != last && other != before {
        weight[before][other] += weight[last][other]
        weight[other][before] = weight[before][other]
      }
      alive.removeAll { $0 == last }
    }
    return best
  }

  /// The cut of the record that is reached last, that record, and the one before it.
  private static func phase(
    _ alive: [Int], _ weight: [[Double]]
  ) -> (cut: Double, last: Int, before: Int) {
    var reached = Dictionary(uniqueKeysWithValues: alive.map { ($0, 0.0) })
    var (last, before, cut) = (alive[0], alive[0], 0.0)
    var rest = alive
    while !rest.isEmpty {
      let next = rest.max { (reached[$0] ?? 0, $1) < (reached[$1] ?? 0, $0) } ?? rest[0]
      (before, last, cut) = (last, next, reached[next] ?? 0)
      rest.removeAll { $0 == next }
      for other in rest { reached[other, default: 0] += weight[next][other] }
    }
    return (cut, last, before)
  }
}
