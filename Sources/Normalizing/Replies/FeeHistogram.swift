import ElectrumProtocol

/// A mempool by fee rate, as a server tells it: pairs of a rate and the virtual size of what pays at
/// least that and less than the pair before.
struct FeeHistogram: Equatable {
  /// Number of pairs.
  let pairs: Int
  /// Virtual size of all. Unit: vB.
  let size: Int
  /// Virtual size of the pairs whose rate is at least each of the grid's rates. Unit: vB.
  let sizeAtLeast: [Int]

  /// Nil unless it is a list of pairs of numbers that are not negative.
  init?(_ value: WireValue) {
    guard let items = value.elements else { return nil }
    let rates = FeeGrid.rates
    /// Virtual size by the number of grid rates that a pair reaches.
    var sizes = [Int](repeating: 0, count: rates.count + 1)
    var total = 0
    for item in items {
      guard let pair = item.elements, pair.count == 2, let rate = pair[0].double, rate >= 0,
        let size = Self.wholeNumber(pair[1])
      else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(size)
      if overflow { return nil }
      total = sum
      // No part exceeds the total.
      sizes[rates.prefix { $0 <= rate }.count] += size
    }
    var reached = total
    sizeAtLeast = rates.indices.map { index in
      reached -= sizes[index]
      return reached
    }
    pairs = items.count
    self.size = total
  }

  /// Some write `5.0`.
  private static func wholeNumber(_ value: WireValue) -> Int? {
    guard let number = value.integer ?? value.double.flatMap({ Int(exactly: $0) }), number >= 0
    else { return nil }
    return number
  }
}
