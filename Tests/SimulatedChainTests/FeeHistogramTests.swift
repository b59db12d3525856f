import SimulatedChain
import Testing

struct FeeHistogramTests {
  private static func paid(_ items: [(rate: Double, size: Int)]) -> [PaidSize] {
    items.map { PaidSize(fee: Int64($0.rate * Double($0.size)), virtualSize: $0.size) }
  }

  @Test func `intervals open at thirty thousand and grow by a tenth`() {
    let items = Self.paid([(50, 20_000), (40, 11_000), (30, 33_000), (20, 33_001), (10, 5)])
    #expect(
      FeeHistogram.bins(of: items, style: .fulcrum) == [
        FeeBin(rate: "40", virtualSize: 31_000), FeeBin(rate: "20", virtualSize: 66_001),
      ])
  }

  @Test func `a lump closes what is open before it`() {
    let items = Self.paid([(50, 1_000), (40, 70_000)])
    #expect(
      FeeHistogram.bins(of: items, style: .electrumX) == [
        FeeBin(rate: "50.0", virtualSize: 1_000), FeeBin(rate: "40.0", virtualSize: 70_000),
      ])
  }

  @Test func `rates are rounded down`() {
    let items = [PaidSize(fee: 123_999, virtualSize: 40_000)]
    #expect(FeeHistogram.bins(of: items, style: .electrumX).map(\.rate) == ["3.0"])
    #expect(FeeHistogram.bins(of: items, style: .fulcrum).map(\.rate) == ["3"])
  }

  @Test func `powers of two run down to zero`() {
    let items = Self.paid([(9, 100), (2, 200)])
    #expect(
      FeeHistogram.bins(of: items, style: .electrs) == [
        FeeBin(rate: "15", virtualSize: 100), FeeBin(rate: "7", virtualSize: 0),
        FeeBin(rate: "3", virtualSize: 200), FeeBin(rate: "1", virtualSize: 0),
        FeeBin(rate: "0", virtualSize: 0),
      ])
  }

  @Test func `equal rates are never parted`() {
    let items = Self.paid([(9, 60_000), (9, 60_000), (2, 200)])
    #expect(
      FeeHistogram.bins(of: items, style: .electrsEsplora).map(\.virtualSize) == [120_000, 200])
  }

  @Test(arguments: FeeHistogramStyle.allCases) func `an empty mempool has no intervals`(
    _ style: FeeHistogramStyle
  ) {
    #expect(FeeHistogram.bins(of: [], style: style).isEmpty)
  }
}
