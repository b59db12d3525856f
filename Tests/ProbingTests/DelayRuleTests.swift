import Records
import Testing

@testable import Probing

/// ElectrumX's traffic padding, as its releases send: seconds are given in microseconds.
struct DelayRuleTests {
  private let small = 60

  /// A padded packet of 1,024 bytes with so many bytes of content.
  private func packet(_ rule: inout DelayRule, payload: Int = 60, at time: Int) {
    let size = max(1_024, payload)
    rule.sawLine(bytes: size, padding: size - payload, at: time)
  }

  @Test func `a server that does not pad delays nothing`() {
    var rule = DelayRule()
    for index in 0..<100 {
      rule.sawLine(bytes: small, padding: 0, at: index * 1_000)
      #expect(rule.verdict(sentAt: index * 1_000 - 500, software: "Fulcrum 2.1.1") == .absent)
    }
  }

  @Test func `the first kilobyte of content is not held back`() {
    var rule = DelayRule()
    // 17 × 60 = 1,020 bytes leave at once, the 18th waits.
    for index in 1...17 {
      packet(&rule, at: index * 1_000)
      #expect(rule.verdict(sentAt: index * 1_000 - 500, software: "ElectrumX 2.0.0") == .absent)
    }
    packet(&rule, at: 18_000)
    #expect(rule.verdict(sentAt: 17_500, software: "ElectrumX 2.0.0") == .possible)
  }

  @Test func `release118 holds back from the start`() {
    var rule = DelayRule()
    packet(&rule, at: 950_000)
    #expect(rule.verdict(sentAt: 1_000, software: "ElectrumX 1.18.0") == .possible)
  }

  @Test func `after a second of silence nothing is held back`() {
    var rule = DelayRule()
    for index in 1...30 { packet(&rule, at: index * 1_000) }
    packet(&rule, at: 2_000_000)
    #expect(rule.verdict(sentAt: 1_999_000, software: "ElectrumX 2.0.0") == .absent)
  }

  @Test func `a large reply leaves at once`() {
    var rule = DelayRule()
    for index in 1...30 { packet(&rule, at: index * 1_000) }
    rule.sawLine(bytes: 4_096, padding: 1_000, at: 40_000)
    #expect(rule.verdict(sentAt: 39_000, software: "ElectrumX 2.0.0") == .absent)
  }
}
