/// A fee rate as Bitcoin nodes state it.
package struct FeeRate: Sendable, Hashable, Comparable {
  package var satoshisPerKilobyte: Int

  package init(satoshisPerKilobyte: Int) {
    self.satoshisPerKilobyte = satoshisPerKilobyte
  }

  /// BTC a thousand virtual bytes.
  package var bitcoinPerKilobyte: Double { Double(satoshisPerKilobyte) / 1e8 }

  /// The number as servers print it: the shortest that reads back the same, as `1e-06`.
  package var text: String {
    let value = bitcoinPerKilobyte
    return value == value.rounded() ? "\(Int(value))" : "\(value)"
  }

  package static func < (one: Self, other: Self) -> Bool {
    one.satoshisPerKilobyte < other.satoshisPerKilobyte
  }

  func scaled(by factor: Double) -> FeeRate {
    FeeRate(
      satoshisPerKilobyte: Int(
        (Double(satoshisPerKilobyte) * min(max(factor, 0), 1e6)).rounded()))
  }

  /// Satoshis for so many virtual bytes, rounded up.
  func fee(virtualSize: Int) -> Int64 { Int64((satoshisPerKilobyte * virtualSize + 999) / 1_000) }
}
