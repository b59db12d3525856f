import Artifact
import Foundation
import Probing
import Records
import TestSupport
import Testing

/// Evidence that the first plan took is read for ever: what it did not ask is unknown, and says why.
struct FirstPlanTests {
  private struct Derived {
    let folder: TemporaryFolder
    let scan: String

    init() throws {
      folder = try TemporaryFolder()
      let raw = PackageRoot.path("Tests/PipelineTests/FirstPlan/raw")
      try FileManager.default.copyItem(atPath: raw, toPath: folder.file("raw"))
      try Pipeline(folder: folder.path).derive(geoip: nil)
      scan = try #require(try SeriesIndex(folder: raw).scans.first)
    }

    func rows<Row: ArtifactRow>(_ type: Row.Type, _ place: String) throws -> [Row] {
      try ArtifactReader<Row>(folder: folder.file(place)).all()
    }

    func facts<Row: ArtifactRow>(_ type: Row.Type) throws -> [Row] {
      try rows(type, "normalized/\(scan)")
    }
  }

  @Test func `gives the facts that it asked for, and no row of what it did not ask`() throws {
    let derived = try Derived()
    let rows = try ArtifactReader<Connection>(folder: derived.folder.file("raw/\(derived.scan)"))
      .all()
    let asked = Set(rows.flatMap(\.exchanges).map(\.probe))
    #expect(asked.count > 100)
    #expect(asked.filter { KnownProbes.family(of: $0) == KnownProbes.unknownFamily } == [])
    #expect(try derived.facts(Scan.self).map(\.plan) == ["full.v1"])

    let proofs = try derived.facts(ProofFact.self)
    #expect(Set(proofs.map(\.source.probe)) == ["transaction.get_merkle.first"])
    let transactions = try derived.facts(TransactionFact.self)
    #expect(Set(transactions.map(\.source.probe)) == ["transaction.get.first"])
    #expect(try !derived.facts(HeaderFact.self).isEmpty)
    #expect(try derived.facts(StatusFact.self).contains { $0.agrees == true })
    // One visit, under one name, and nothing alone.
    #expect(try derived.facts(AloneTiming.self).isEmpty)
    #expect(try Set(derived.facts(ClientAnswer.self).map(\.client)) == ["ours"])
    let fees = try derived.facts(FeeState.self)
    #expect(Set(fees.map(\.source.endpointID)).count == fees.count && !fees.isEmpty)
  }

  @Test func `leaves unknown what it did not ask or was not told, each with its reason`() throws {
    let derived = try Derived()
    let servers = try derived.facts(Server.self)
    let ending = try #require(servers.first { $0.endpoints == 1 }).serverID
    let telling = try #require(servers.first { $0.endpoints == 2 }).serverID

    let outcomes = try derived.facts(FamilyOutcome.self).filter { $0.serverID == ending }
    let wallet = try #require(outcomes.first { $0.family == "wallet" })
    #expect(wallet.asked == 0 && wallet.reasons == ["untested.skipped 30"])
    let chain = try #require(outcomes.first { $0.family == "chain" })
    #expect(chain.results == 0 && chain.reasons.contains("closed.no-reply 3"))

    let features = try derived.rows(FeatureVector.self, "features")
    let cut = try #require(features.first { $0.serverID == ending }).features
    #expect(cut[.bannerIsDefault] == .unknown(.outcome(.closedNoReply)))
    #expect(cut[.batches] == .unknown(.outcome(.untestedSkipped)))
    let whole = try #require(features.first { $0.serverID == telling }).features
    #expect(whole[.tlsResumes] == .unknown(.notAsked))
    #expect(whole[.pruning] == .unknown(.outcome(.replyError)))

    let indicators = try derived.rows(Indicator.self, "scores").filter { $0.serverID == telling }
    // Each history was asked for once a connection: whether a transaction came before the status is not known.
    let unasked = [
      "I1.history-omission", "I5.status-mismatch", "I9.content-by-client",
      "I25.throttling-by-depth",
    ]
    for id in unasked {
      let row = try #require(indicators.first { $0.indicator == id })
      #expect(row.status == .notMeasured && row.unknownReason == .notAsked, "\(id)")
    }
  }
}
