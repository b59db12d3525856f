import Artifact
import Records
import StageKit
import TestSupport
import Testing

@testable import Featurizing

@Suite("Features of a server over a series")
struct FeaturizeStageTests {
  private func server(
    _ id: String, banner: String? = nil, status: ValueStatus = .unknown,
    outcome: Outcome = .answered
  ) -> Server {
    Server(
      serverID: id, addresses: ["2600:1900:4000:1::5", "9.9.9.9"], endpoints: 1, outcome: outcome,
      reached: outcome.isReached, bannerStatus: status, banner: banner, donationStatus: .unknown)
  }

  private func exchange(
    _ id: String, _ probe: String, _ outcome: Outcome, sequence: Int = 1, keys: String = "a"
  ) -> ExchangeRecord {
    ExchangeRecord(
      endpointID: "e_" + id, attempt: 1, sequence: sequence, serverID: id, probe: probe,
      outcome: outcome, keyOrder: outcome == .answered ? keys : nil)
  }

  private func featurize(
    _ scans: [(name: String, servers: [Server], exchanges: [ExchangeRecord])]
  ) throws -> StageFolder {
    let stage = try StageFolder()
    try stage.write("normalize", "normalized") { tables in
      for scan in scans {
        try tables.write(scan.servers, folder: scan.name)
        try tables.write(
          scan.servers.map {
            Endpoint(
              endpointID: "e_" + $0.serverID, serverID: $0.serverID, network: .ipv6,
              address: "2600:1900:4000:1::5", port: 50002, transport: .ssl, outcome: $0.outcome,
              tested: true, reached: $0.reached, attempts: 1, answeredAttempts: 1, advertisers: 1,
              asn: 396_982)
          }, folder: scan.name)
        try tables.write([Certificate](), folder: scan.name)
        try tables.write([Advertisement](), folder: scan.name)
        try tables.write(scan.exchanges, folder: scan.name)
      }
    }
    let normalized = stage.folder.file("normalized")
    try StageRunner(FeaturizeStage.identity, FeaturizeParameters.self, try .embedded())
      .run(output: stage.folder.file("features")) { parameters, context in
        var featurize = FeaturizeStage(parameters, context: context)
        try featurize.run(normalized: normalized)
      }
    return stage
  }

  @Test("A later scan that learns nothing takes nothing away")
  func lastObservationStays() throws {
    let stage = try featurize([
      ("a", [server("s1", banner: "my own 1.2", status: .value)], []),
      ("b", [server("s1", outcome: .connectRefused)], []),
    ])
    let row = try #require(try stage.rows(FeatureVector.self, "features").first)
    #expect(row.bannerStatus == .value)
    #expect(row.bannerIsDefault == false)
    #expect(row.scans == 2 && row.scansAnswered == 1)
    #expect(row.firstScan == "a" && row.lastScan == "b")
    #expect(row.ports == ["ssl:50002"])
    #expect(row.tenantPrefixes == ["2600:1900:4000:1::/64"])
    #expect(row.prefixes == ["2600:1900:4000::/48", "9.9.9.0/24"])
    #expect(try stage.rows(TimelineEntry.self, "features").map(\.reached) == [true, false])
  }

  @Test("An unanswered probe is in no signature and has its reason in the coverage")
  func unansweredIsUnknown() throws {
    let stage = try featurize([
      (
        "a", [server("s1"), server("s2")],
        [
          exchange("s1", "p", .answered), exchange("s1", "q", .replyTimedOut, sequence: 2),
          exchange("s2", "p", .answered), exchange("s2", "q", .answered, sequence: 2),
        ]
      )
    ])
    let rows = try stage.rows(FeatureVector.self, "features")
    #expect(rows.map(\.probesCovered) == [["p"], ["p", "q"]])
    #expect(rows.map(\.coverage) == [0.5, 1])
    let coverage = try stage.rows(Coverage.self, "features")
    #expect(coverage.map(\.reason) == [nil, "reply.timed-out", nil, nil])
    let signatures = try stage.rows(ProbeSignature.self, "features")
    #expect(signatures.count == 3)
    #expect(signatures[0].signature == signatures[1].signature)
  }

  @Test("Adding a server changes no other server's features")
  func independence() throws {
    let one = server("s1", banner: "x", status: .value)
    let alone = try featurize([("a", [one], [exchange("s1", "p", .answered)])])
    let both = try featurize([
      (
        "a", [one, server("s2")],
        [exchange("s1", "p", .answered), exchange("s2", "p", .answered, keys: "b")]
      )
    ])
    #expect(
      try alone.rows(FeatureVector.self, "features").first
        == both.rows(FeatureVector.self, "features").first)
  }

  @Test("A tenant prefix that is no such text is an error that names the key")
  func badParameter() throws {
    let values = try ParameterValues(
      .object([("tenant_prefixes", .array([.string("AS1")]))]),
      fields: FeaturizeParameters.fields, place: "test")
    #expect(throws: StageError(.parameters, place: "", expected: "", found: "", remedy: "")) {
      try FeaturizeParameters(values)
    }
  }
}
