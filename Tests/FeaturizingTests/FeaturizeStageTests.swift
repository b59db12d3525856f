import Artifact
import Featurizing
import Records
import StageKit
import TestSupport
import Testing

/// Features of a server over a series.
struct FeaturizeStageTests: FeaturizedScans {
  @Test func `a later scan that learns nothing takes nothing away`() throws {
    let stage = try featurize([
      ("a", [server("s1", banner: "my own 1.2", status: .value)], []),
      ("b", [server("s1", outcome: .connectRefused)], []),
    ])
    let row = try #require(try stage.rows(FeatureProfile.self, "features").first)
    #expect(row.features[.bannerIsDefault] == .boolean(false))
    #expect(row.scans == 2 && row.scansAnswered == 1)
    #expect(row.firstScan == "a" && row.lastScan == "b")
    #expect(row.features[.ports] == .texts(["ssl:50002"]))
    #expect(row.features[.tenantPrefixes] == .texts(["2600:1900:4000:1::/64"]))
    #expect(row.features[.prefixes] == .texts(["2600:1900:4000:1::/64"]))
    let epochs = try stage.rows(FeatureVector.self, "features")
    #expect(epochs.map(\.epoch) == ["a", "b"])
    #expect(
      epochs.map { $0.features[.bannerIsDefault] }
        == [.boolean(false), .unknown(.outcome(.connectRefused))])
    #expect(try stage.rows(TimelineEntry.self, "features").map(\.reached) == [true, false])
  }

  @Test func `masked banner and host templates are those of normalize, and outlast a silent scan`()
    throws
  {
    var first = server("s1", banner: "x", status: .value)
    first.names = ["victim9.example", "node1.example"]
    first.verifiedNames = ["node1.example"]
    first.textFacts.hostTemplates = ["node#"]
    first.textFacts.bannerMaskedSHA256 = "digest"
    var second = server("s1")
    second.verifiedNames = ["pool2.example"]
    second.textFacts.hostTemplates = ["pool#"]
    let stage = try featurize([("a", [first], []), ("b", [second], [])])
    let row = try #require(try stage.rows(FeatureProfile.self, "features").first)
    #expect(row.features[.hostTemplates] == .texts(["node#", "pool#"]))
    #expect(row.features[.bannerMaskSHA256] == .text("digest"))
  }

  @Test func `an unanswered probe is in no signature and has its reason in the coverage`() throws {
    let stage = try featurize([
      (
        "a", [server("s1"), server("s2")],
        [
          exchange("s1", "p", .answered), exchange("s1", "q", .replyTimedOut, sequence: 2),
          exchange("s2", "p", .answered), exchange("s2", "q", .answered, sequence: 2),
        ]
      )
    ])
    let rows = try stage.rows(FeatureProfile.self, "features")
    #expect(rows.map { $0.features.texts(.probesCovered) } == [["p"], ["p", "q"]])
    #expect(rows.map(\.coverage) == [0.5, 1])
    let coverage = try stage.rows(Coverage.self, "features")
    #expect(coverage.map(\.reason) == [nil, "reply.timed-out", nil, nil])
    let signatures = try stage.rows(ProbeSignature.self, "features")
    #expect(signatures.count == 3)
    #expect(signatures[0].signature == signatures[1].signature)
  }

  @Test func `adding a server changes no other server's features`() throws {
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

  @Test func `a tenant prefix that is no such text is an error that names the key`() throws {
    #expect(throws: StageError(.parameters, place: "", expected: "", found: "", remedy: "")) {
      try CheckedParameters<FeaturizeParameters>(
        .object([("tenant_prefixes", .array([.string("AS1")]))]), place: "test")
    }
  }
}
