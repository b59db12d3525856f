import Foundation
import Records
import Testing

@testable import Featurizing

struct ServiceTimeTests {
  /// Type 7 of values in any order, written down anew.
  private func exact(_ probability: Double, _ values: [Double]) -> Double {
    let sorted = values.sorted()
    let position = Double(sorted.count - 1) * probability
    let below = sorted[Int(position)]
    let above = sorted[min(Int(position) + 1, sorted.count - 1)]
    return below + (above - below) * (position - position.rounded(.down))
  }

  /// Milliseconds of three shapes: skewed, two humps, many equal. Seeded by their number.
  private func sample(_ number: Int, count: Int) -> [Double] {
    var state = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let unit = Double(state >> 11) / Double(1 << 53)
      return switch number % 3 {
      case 0: exp(8 * unit * unit - 2)
      case 1: unit < 0.5 ? 1 + unit : 300 + 50 * unit
      default: unit < 0.7 ? 0 : 40 * unit
      }
    }
  }

  @Test(arguments: 0..<30)
  func `quantiles and spread are within the stated error of the exact ones`(number: Int) throws {
    let times = sample(number, count: [5, 6, 37, 400, 2_000][number % 5])
    var histogram = LogHistogram()
    for time in times { histogram.insert(milliseconds: time) }
    let logarithms = times.map { log(max($0, 0.2)) }
    let rounding = 1e-9
    for probability in [0, 0.1, 0.5, 0.9, 1] {
      let found = try #require(histogram.quantile(probability))
      #expect(abs(found - exact(probability, logarithms)) <= 1 / 128 + rounding)
    }
    let median = exact(0.5, logarithms)
    let spread = 1.4826 * exact(0.5, logarithms.map { abs($0 - median) })
    #expect(abs(try #require(histogram.spread()) - spread) <= 1.4826 / 64 + rounding)
  }

  @Test func `the order of the values does not show`() {
    let times = sample(3, count: 500)
    var forward = LogHistogram()
    var backward = LogHistogram()
    for time in times { forward.insert(milliseconds: time) }
    for time in times.reversed() { backward.insert(milliseconds: time) }
    #expect(forward.quantile(0.1) == backward.quantile(0.1))
    #expect(forward.spread() == backward.spread())
  }

  @Test func `no value has no quantile, and an absurd one is the longest`() throws {
    var histogram = LogHistogram()
    #expect(histogram.quantile(0.5) == nil && histogram.spread() == nil)
    histogram.insert(milliseconds: 1e300)
    #expect(abs(try #require(histogram.quantile(0.5)) - log(1e7)) <= 1 / 128)
  }

  private func exchange(
    _ probe: String, _ service: Double?, delay: ReplyDelay? = .absent,
    outcome: Outcome = .answered, network: AddressFamily = .ipv4
  ) -> ExchangeRecord {
    var record = ExchangeRecord.made("s", probe, outcome, network: network)
    record.delay = delay
    record.serviceMilliseconds = service
    // An absolute time: it must not show.
    record.firstByteMilliseconds = 5_000
    return record
  }

  private func rows(_ records: [ExchangeRecord]) -> [ServiceTime] {
    var times = ServiceTimes()
    times.take(Endpoint.made("s"))
    times.take(Endpoint.made("s", network: .onion))
    for record in records { times.take(record) }
    return times.rows().sorted { $0.sortKey < $1.sortKey }
  }

  @Test func `fewer than five service times are counted and tell nothing`() throws {
    let four = try #require(rows((1...4).map { exchange("p", Double($0)) }).first)
    #expect(four.count == 4)
    #expect(four.median == nil && four.spread == nil && four.q10 == nil && four.q90 == nil)
    let five = try #require(rows((1...5).map { exchange("p", Double($0)) }).first)
    #expect(five.count == 5)
    #expect(abs(try #require(five.median) - log(3)) <= 1 / 128)
  }

  @Test func `delayed, unjudged and unmeasurable replies are left out and counted`() throws {
    let row = try #require(
      rows([
        exchange("p", nil, delay: .possible), exchange("p", 900, delay: .possible),
        exchange("p", 3, delay: nil), exchange("p", nil), exchange("p", 2),
        exchange("p", 2, outcome: .replyError), exchange("p", 2, outcome: .throttled),
        exchange("p", nil, delay: nil, outcome: .replyTimedOut),
      ]).first)
    #expect((row.count, row.delayed, row.unjudged, row.withoutPing) == (2, 2, 1, 1))
  }

  @Test func `the order of the exchanges does not show`() {
    let records = (0..<400).map { exchange("p\($0 % 3)", Double($0 * 37 % 101)) }
    #expect(rows(records) == rows(records.reversed()))
  }

  @Test func `onion services are apart, and pings are no probe`() {
    let rows = rows([
      exchange("p", 2), exchange("p", 80, network: .onion), exchange("server.ping", 0),
      exchange("server.ping.2", 1),
    ])
    #expect(rows.map(\.path) == [.direct, .onion])
    #expect(rows.map(\.count) == [1, 1])
  }

  @Test func `a series has one row a server, probe and path over all its scans`() throws {
    let scans = ["a", "b", "c"].map { name in
      SeriesScan(
        name: name, servers: [.made("s")], endpoints: [.made("s")],
        exchanges: [exchange("p", 10), exchange("q", 20)].enumerated().map { index, record in
          var record = record
          record.sequence = index + 1
          return record
        })
    }
    let rows = try FeaturizedSeries(scans).rows(ServiceTime.self)
    #expect(rows.map(\.probe) == ["p", "q"])
    #expect(rows.map(\.count) == [3, 3])
  }
}
