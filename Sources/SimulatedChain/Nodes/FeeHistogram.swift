import Ordering

/// One interval of a fee histogram as servers send it.
package struct FeeBin: Sendable, Equatable {
  /// Lowest fee rate of the interval, as printed. Unit: satoshis a virtual byte.
  package let rate: String
  package let virtualSize: Int

  package init(rate: String, virtualSize: Int) {
    self.rate = rate
    self.virtualSize = virtualSize
  }
}

/// How an implementation draws its compact fee histogram.
package enum FeeHistogramStyle: Sendable, CaseIterable {
  /// Rates in tenths; intervals of over 30 kvB that grow by a tenth each.
  case electrumX
  /// The same with whole rates.
  case fulcrum
  /// Powers of two (romanz).
  case electrs
  /// Intervals over 50 kvB that never part equal rates (Blockstream, mempool).
  case electrsEsplora
}

/// What a transaction pays, and for how much room.
package struct PaidSize: Sendable {
  /// Satoshis.
  var fee: Int64
  var virtualSize: Int

  package init(fee: Int64, virtualSize: Int) {
    self.fee = fee
    self.virtualSize = virtualSize
  }
}

/// The protocol's compact histogram: pairs of a fee rate and the virtual size of what pays at least
/// that and less than the pair before, highest rate first.
package enum FeeHistogram {
  package static func bins(of paid: [PaidSize], style: FeeHistogramStyle) -> [FeeBin] {
    switch style {
    case .electrumX: compacted(rows(of: paid, perUnit: 10)) { "\(Double($0) / 10)" }
    case .fulcrum: compacted(rows(of: paid, perUnit: 1)) { "\($0)" }
    case .electrs: powersOfTwo(paid)
    case .electrsEsplora: wideIntervals(paid)
    }
  }

  /// Virtual sizes by fee rate, rounded down to whole parts of a satoshi, highest first.
  private static func rows(of paid: [PaidSize], perUnit: Int) -> [(rate: Int, size: Int)] {
    var sizes: [Int: Int] = [:]
    for item in paid where item.virtualSize > 0 {
      sizes[perUnit * Int(item.fee) / item.virtualSize, default: 0] += item.virtualSize
    }
    return sizes.sorted { $0.key > $1.key }.map { ($0.key, $0.value) }
  }

  private static let firstInterval = 30_000.0
  private static let growth = 1.1

  /// An interval is closed when it has grown over its least size, which is a tenth more for each
  /// next one; before a rate that alone is twice as large as that, what is open is closed first.
  /// What is left open at the lowest rates is not told.
  private static func compacted(
    _ rows: [(rate: Int, size: Int)], text: (Int) -> String
  ) -> [FeeBin] {
    var bins: [FeeBin] = []
    var least = firstInterval
    var open = 0
    var previous: Int?
    func close(at rate: Int) {
      bins.append(FeeBin(rate: text(rate), virtualSize: open))
      open = 0
      least *= growth
    }
    for row in rows {
      if let previous, open > 0, Double(row.size) > 2 * least { close(at: previous) }
      open += row.size
      if Double(open) > least { close(at: row.rate) }
      previous = row.rate
    }
    return bins
  }

  /// Intervals bounded by powers of two, from the highest that holds anything down to zero.
  private static func powersOfTwo(_ paid: [PaidSize]) -> [FeeBin] {
    var sizes = [Int](repeating: 0, count: 65)
    for item in paid where item.virtualSize > 0 {
      let rate = UInt64(max(0, item.fee)) / UInt64(item.virtualSize)
      sizes[rate.leadingZeroBitCount] += item.virtualSize
    }
    guard let first = sizes.firstIndex(where: { $0 > 0 }) else { return [] }
    return (first...64).map { zeros in
      FeeBin(rate: "\(zeros == 64 ? 0 : UInt64.max >> UInt64(zeros))", virtualSize: sizes[zeros])
    }
  }

  private static let wideInterval = 50_000

  private static func wideIntervals(_ paid: [PaidSize]) -> [FeeBin] {
    let rates = paid.filter { $0.virtualSize > 0 }.map {
      (rate: Double($0.fee) / Double($0.virtualSize), size: $0.virtualSize)
    }
    var bins: [FeeBin] = []
    var open = 0
    var last = 0.0
    for item in rates.sorted(by: { ($0.rate, $0.size) > ($1.rate, $1.size) }) {
      if open > wideInterval, item.rate != last {
        bins.append(FeeBin(rate: "\(last)", virtualSize: open))
        open = 0
      }
      open += item.size
      last = item.rate
    }
    if open > 0 { bins.append(FeeBin(rate: "\(last)", virtualSize: open)) }
    return bins
  }
}
