import Artifact
import Records
import TestSupport
import Testing

/// What a scan says of itself.
struct ScanRowTests {
  private func row(_ observation: [(String, JSONValue)]) throws -> Scan? {
    var scan = RawScan("20260101T000000Z-here", [.answered("9.9.9.9")])
    scan.observation = .object(observation)
    return try Normalized([scan]).rows(Scan.self).first
  }

  @Test func `a scan that was cut off says so, and what it did not follow`() throws {
    let row = try row([
      ("network", .string("testnet3")), ("vantage", .string("here")),
      ("started_at", .string("2026-01-01T00:00:00.000000Z")),
      ("ended_at", .string("2026-01-01T00:01:00.000000Z")), ("complete", .boolean(false)),
      ("cause", .string("killed")), ("simulated", .boolean(false)), ("imported", .boolean(false)),
      ("plan", .string("light.v1")), ("routes", .array([.string("ipv4"), .string("onion")])),
      (
        "dropped",
        .object([("not_contactable", .integer(2)), ("over_name_limit", .integer(0))])
      ),
    ])
    #expect(
      row
        == Scan(scan: "20260101T000000Z-here", chain: "testnet3").with {
          $0.vantage = "here"
          $0.startedAt = "2026-01-01T00:00:00.000000Z"
          $0.endedAt = "2026-01-01T00:01:00.000000Z"
          $0.complete = false
          $0.cause = "killed"
          $0.simulated = false
          $0.imported = false
          $0.plan = "light.v1"
          $0.routes = ["ipv4", "onion"]
          $0.dropped = ["not_contactable 2"]
        })
  }

  @Test func `whether an imported scan was complete, and from where it was taken, nobody knows`()
    throws
  {
    let row = try row([
      ("imported", .boolean(true)), ("complete", .boolean(true)), ("format", .string("peers")),
      ("vantage", .string("imported")), ("cause", .null), ("started_at", .null),
    ])
    #expect(row?.complete == nil && row?.vantage == nil && row?.cause == nil)
    #expect(row?.imported == true && row?.format == "peers" && row?.startedAt == nil)
  }

  @Test func `of a scan that recorded nothing nothing is said`() throws {
    let row = try row([])
    #expect(row?.complete == nil && row?.simulated == false && row?.chain == "mainnet")
  }
}
