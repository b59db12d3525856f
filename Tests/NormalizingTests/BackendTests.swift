import Artifact
import Records
import TestSupport
import Testing

@testable import Normalizing

/// The node behind an endpoint.
struct BackendTests {
  private static let all: [(probe: String, result: String)] = [
    ("mempool.get_fee_histogram", "[[12.5,1000],[3,500],[0.1,20]]"),
    ("relayfee", "1e-06"), ("estimatefee.2", "0.00012"), ("estimatefee.6", "-1"),
    ("estimatefee.25", "0"), ("estimatefee.144", #""x""#),
  ]

  private func rows(_ replies: [(probe: String, result: String)]) throws -> [BackendView] {
    try Normalized([RawScan("a", [.answered("9.9.9.9", replies: replies)])])
      .rows(BackendView.self)
  }

  @Test func `the grid has 64 rates in equal ratios from 0.1 to 1000, to four digits`() {
    let rates = FeeGrid.rates
    #expect(rates.count == 64 && rates.first == 0.1 && rates.last == 1000)
    for (below, above) in zip(rates, rates.dropFirst()) {
      // 10^(4/63)
      #expect(abs(above / below - 1.15745) < 0.001)
      #expect(below.rounded(significantDigits: 4) == below)
    }
  }

  @Test
  func `a histogram counts each pair at every rate that it pays, whatever the order of pairs`()
    throws
  {
    let row = try #require(try rows(Self.all).first)
    #expect(row.histogramPairs == 3)
    #expect(row.mempoolSize == 1520)
    let sizes = Dictionary(uniqueKeysWithValues: zip(FeeGrid.rates, row.sizeAtLeast))
    #expect(row.sizeAtLeast.count == 64)
    #expect(sizes[0.1] == "1520" && sizes[0.1157] == "1500")
    #expect(sizes[2.886] == "1500" && sizes[3.34] == "1000")
    #expect(sizes[12.45] == "1000" && sizes[14.41] == "0" && sizes[1000] == "0")
    let turned = try rows([("mempool.get_fee_histogram", "[[0.1,20],[12.5,1000.0],[3,500]]")])
    #expect(turned.first?.sizeAtLeast == row.sizeAtLeast)
  }

  @Test func `an empty mempool is a value, a malformed histogram is unknown`() throws {
    let empty = try #require(try rows([("mempool.get_fee_histogram", "[]")]).first)
    #expect(empty.histogramPairs == 0 && empty.mempoolSize == 0)
    #expect(empty.sizeAtLeast == Array(repeating: "0", count: 64))
    for text in [
      "null", "{}", "[[1]]", "[[1,-1]]", "[[-1,1]]", "[[1,2.5]]", #"[["1",1]]"#, "[[1e999,1]]",
      "[[1,9223372036854775807],[1,1]]", "[[1,1e30]]", "[1,2]",
    ] {
      let row = try #require(try rows([("mempool.get_fee_histogram", text)]).first)
      #expect(
        row.histogramPairs == nil && row.mempoolSize == nil && row.sizeAtLeast.isEmpty, "\(text)")
      #expect(row.observedAt == nil)
    }
  }

  @Test func `fee rates are satoshis a virtual byte; -1 is absent; what is no rate is unknown`()
    throws
  {
    let row = try #require(try rows(Self.all).first)
    #expect(row.relayFee == 0.1)
    #expect(row.estimates.estimate2Status == .value && row.estimates.estimate2 == 12)
    #expect(row.estimates.estimate6Status == .absent && row.estimates.estimate6 == nil)
    #expect(row.estimates.estimate25Status == .value && row.estimates.estimate25 == 0)
    #expect(row.estimates.estimate144Status == .unknown && row.estimates.estimate144 == nil)
    #expect(row.observedAt == "2026-01-01T00:00:00Z")
    let info =
      #"{"mempoolminfee":2e-05,"minrelaytxfee":1e-06,"incrementalrelayfee":1e-05,"unbroadcastcount":3,"fullrbf":true}"#
    let later = try #require(try rows([("mempool.get_info", info)]).first)
    #expect(later.relayFee == 0.1 && later.mempoolMinimumFee == 2)
    #expect(later.incrementalRelayFee == 1 && later.unbroadcastCount == 3)
    #expect(later.fullRBF == true)
  }

  @Test func `a probe that was not asked leaves its own values unknown and changes nothing else`()
    throws
  {
    let whole = try #require(try rows(Self.all).first)
    for removed in Self.all.indices {
      var fewer = Self.all
      fewer.remove(at: removed)
      var expected = whole
      switch Self.all[removed].probe {
      case "mempool.get_fee_histogram":
        (expected.histogramPairs, expected.mempoolSize, expected.sizeAtLeast) = (nil, nil, [])
      case "relayfee": expected.relayFee = nil
      case "estimatefee.2":
        (expected.estimates.estimate2Status, expected.estimates.estimate2) = (.unknown, nil)
      case "estimatefee.6": expected.estimates.estimate6Status = .unknown
      case "estimatefee.25":
        (expected.estimates.estimate25Status, expected.estimates.estimate25) = (.unknown, nil)
      default: break
      }
      #expect(try rows(fewer).first == expected)
    }
    #expect(try rows([("server.banner", #""hi""#)]).isEmpty)
  }

  @Test func `what a later visit was told of five and ten blocks is a row of its attempt`() throws {
    let scan = RawScan(
      "a",
      [
        .answered("9.9.9.9", replies: [("estimatefee.5", "2e-05"), ("estimatefee.10", "-1")]),
        .answered("9.9.9.9", attempt: 2, replies: [("second.estimatefee.5", "3e-05")]),
        .answered("9.9.9.9", attempt: 3, replies: [("client.wallet.estimatefee.5", "9e-05")]),
      ])
    let rows = try Normalized([scan]).rows(BackendView.self)
    #expect(rows.map(\.estimates.estimate5) == [2, 3])
    #expect(rows.map(\.estimates.estimate10Status) == [.absent, .unknown])
  }

  @Test func `each attempt has its own row: values of different times are not mixed`() throws {
    let scan = RawScan(
      "a",
      [
        .answered("9.9.9.9", replies: [("relayfee", "1e-05")]),
        .answered("9.9.9.9", attempt: 2, replies: [("estimatefee.2", "1e-05")]),
      ])
    let rows = try Normalized([scan]).rows(BackendView.self)
    #expect(rows.map(\.attempt) == [1, 2])
    #expect(rows.map(\.relayFee) == [1, nil])
    #expect(rows.map(\.estimates.estimate2) == [nil, 1])
    #expect(Set(rows.map(\.serverID)).count == 1 && rows[0].serverID.hasPrefix("s_"))
  }
}
