import Artifact
import StageKit

/// What is known from outside the network (`exposure.v1`): prices of addresses, and what public sources say
/// of who analyses the chain. What else its objects say is for people.
struct ExposureReference: FieldObject {
  static let isOpen = true

  private(set) var prices = AddressPrices()
  private(set) var companies: [AnalyticsSource] = []

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("prices", &prices, .object, "What addresses cost.")
    f.required(
      "analytics", &companies, .list(.object),
      "Prefixes and autonomous systems that a public source says a company that analyses the chain announces."
    )
  }
}

/// What a lease of addresses costs.
struct AddressPrices: FieldObject {
  static let isOpen = true

  /// A month of a leased /24, in USD: the lower price that the source names, and the higher.
  private(set) var leaseMonth = 0.0
  private(set) var highLeaseMonth: Double?
  private(set) var source = ""
  private(set) var date = ""

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("lease_24_usd_month", &leaseMonth, .number(0...1_000_000), "USD a month of a /24.")
    f.field(
      "lease_24_usd_month_high", &highLeaseMonth, .nullable(.number(0...1_000_000)),
      "The highest price, if the source names several.")
    f.check(
      "lease_24_usd_month_high", (highLeaseMonth ?? leaseMonth) >= leaseMonth,
      expected: "at least lease_24_usd_month", found: "a lower price")
    f.required("source", &source, .text, "Who says so.")
    f.required("date", &date, .text, "When.")
  }

  private static let addressesOfLease = 256

  /// USD a month: each prefix takes a lease of its own, and as many as its addresses fill.
  func month(addresses: Int, prefixes: Int) -> (low: Double, high: Double) {
    guard prefixes > 0 else { return (0, 0) }
    let each = (addresses + prefixes - 1) / prefixes
    let leases = Double(prefixes * ((each + Self.addressesOfLease - 1) / Self.addressesOfLease))
    return (leases * leaseMonth, leases * (highLeaseMonth ?? leaseMonth))
  }
}

/// A network that a public source names.
struct AnalyticsSource: FieldObject {
  static let isOpen = true

  /// `AS64496`, or a prefix.
  private(set) var networks: [String] = []
  private(set) var source = ""
  private(set) var date = ""

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("networks", &networks, .list(.text), "Its networks.")
    f.required("source", &source, .text, "Who names it.")
    f.required("date", &date, .text, "When.")
  }
}
