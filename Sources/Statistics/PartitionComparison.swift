import RealModule

/// How well one partition of items recovers another (truth), by the measures of record linkage and
/// clustering. Values equal scikit-learn's where it has the measure.
///
/// Labels are arbitrary; only equality of labels matters. With no items every measure is nil.
public struct PartitionComparison: Sendable {
  /// Items by (truth, prediction), empty cells left out, in order of truth then prediction.
  private let cells: [Int]
  private let cellRows: [Int]
  private let cellColumns: [Int]
  private let rows: [Int]
  private let columns: [Int]
  private let total: Int

  /// - Parameters: equally long lists of labels, item by item; the shorter bounds the comparison.
  public init<Truth: Hashable, Prediction: Hashable>(truth: [Truth], prediction: [Prediction]) {
    var rowOf: [Truth: Int] = [:]
    var columnOf: [Prediction: Int] = [:]
    var counts: [[Int]: Int] = [:]
    for (a, b) in zip(truth, prediction) {
      let row = rowOf[a, default: rowOf.count]
      rowOf[a] = row
      let column = columnOf[b, default: columnOf.count]
      columnOf[b] = column
      counts[[row, column], default: 0] += 1
    }
    let sorted = counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    cells = sorted.map(\.value)
    cellRows = sorted.map { $0.key[0] }
    cellColumns = sorted.map { $0.key[1] }
    var rows = [Int](repeating: 0, count: rowOf.count)
    var columns = [Int](repeating: 0, count: columnOf.count)
    for (index, count) in sorted.map(\.value).enumerated() {
      rows[cellRows[index]] += count
      columns[cellColumns[index]] += count
    }
    self.rows = rows
    self.columns = columns
    total = cells.reduce(0, +)
  }

  // MARK: Pairs

  /// Pairs of items together in both, in the truth, and in the prediction.
  public var pairs: (both: Int, truth: Int, prediction: Int) {
    (Self.pairs(cells), Self.pairs(rows), Self.pairs(columns))
  }

  /// Share of predicted pairs that are true; nil where no pair is predicted.
  public var pairwisePrecision: Double? { Self.ratio(pairs.both, pairs.prediction) }

  /// Share of true pairs that are predicted; nil where there is none.
  public var pairwiseRecall: Double? { Self.ratio(pairs.both, pairs.truth) }

  /// Harmonic mean of the two.
  public var pairwiseF1: Double? {
    let pairs = pairs
    return Self.ratio(2 * pairs.both, pairs.truth + pairs.prediction)
  }

  /// Adjusted Rand index (Hubert & Arabie 1985): 1 for equal partitions, 0 expected by chance.
  public var adjustedRandIndex: Double? {
    guard total > 0 else { return nil }
    let pairs = pairs
    let all = Double(total) * Double(total - 1) / 2
    if pairs.truth == pairs.both && pairs.prediction == pairs.both { return 1 }
    let expected = Double(pairs.truth) * Double(pairs.prediction) / all
    let greatest = Double(pairs.truth + pairs.prediction) / 2
    return (Double(pairs.both) - expected) / (greatest - expected)
  }

  // MARK: B-cubed (Bagga & Baldwin 1998)

  /// Mean share of an item's predicted cluster that truly belongs with it.
  public var bCubedPrecision: Double? { bCubed { columns[cellColumns[$0]] } }

  /// Mean share of an item's true cluster that is predicted with it.
  public var bCubedRecall: Double? { bCubed { rows[cellRows[$0]] } }

  public var bCubedF1: Double? {
    guard let precision = bCubedPrecision, let recall = bCubedRecall, precision + recall > 0 else {
      return nil
    }
    return 2 * precision * recall / (precision + recall)
  }

  private func bCubed(_ size: (Int) -> Int) -> Double? {
    guard total > 0 else { return nil }
    let sum = cells.indices
      .map { Double(cells[$0]) * Double(cells[$0]) / Double(size($0)) }
      .compensatedSum()
    return sum / Double(total)
  }

  // MARK: Entropy (Rosenberg & Hirschberg 2007)

  /// 1 - H(truth | prediction) / H(truth).
  public var homogeneity: Double? { conditional(rows, columns, cellColumns) }

  /// 1 - H(prediction | truth) / H(prediction).
  public var completeness: Double? { conditional(columns, rows, cellRows) }

  /// Harmonic mean of homogeneity and completeness.
  public var vMeasure: Double? {
    guard let homogeneity, let completeness else { return nil }
    guard homogeneity + completeness > 0 else { return 0 }
    return 2 * homogeneity * completeness / (homogeneity + completeness)
  }

  private func conditional(_ own: [Int], _ given: [Int], _ givenOf: [Int]) -> Double? {
    guard total > 0 else { return nil }
    let count = Double(total)
    let entropy = own.map { -Double($0) / count * .log(Double($0) / count) }.compensatedSum()
    guard entropy > 0 else { return 1 }
    let rest = cells.indices
      .map { -Double(cells[$0]) / count * .log(Double(cells[$0]) / Double(given[givenOf[$0]])) }
      .compensatedSum()
    return 1 - rest / entropy
  }

  // MARK: Whole clusters

  /// Predicted clusters that hold items of several true ones.
  public var overMerged: Int { Self.repeated(cellColumns, of: columns.count) }

  /// True clusters whose items are in several predicted ones.
  public var underMerged: Int { Self.repeated(cellRows, of: rows.count) }

  private static func repeated(_ indices: [Int], of count: Int) -> Int {
    var uses = [Int](repeating: 0, count: count)
    for index in indices { uses[index] += 1 }
    return uses.count { $0 > 1 }
  }

  private static func pairs(_ sizes: [Int]) -> Int { sizes.reduce(0) { $0 + $1 * ($1 - 1) / 2 } }

  private static func ratio(_ part: Int, _ whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }
}
