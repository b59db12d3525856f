import Artifact
import Digests
import Foundation
import Records
import StageKit
import Statistics
import TestSupport
import Testing

/// The history of a wallet's list as a dataset of its own: imported, normalized, featurized.
struct ListingPanelTests {
  private struct Tables {
    let folder: TemporaryFolder
    let lifetimes: [ListingLifetime]
    let survival: [ListingSurvival]

    init(_ path: String) throws {
      folder = try TemporaryFolder()
      try Pipeline.run("collect", ["import", path, "--output", folder.file("raw"), "--quiet"])
      try Pipeline.run(
        "normalize",
        ["--raw", folder.file("raw"), "--output", folder.file("normalized"), "--quiet"])
      try Pipeline.run(
        "featurize",
        ["--normalized", folder.file("normalized"), "--output", folder.file("features"), "--quiet"])
      lifetimes = try ArtifactReader<ListingLifetime>(folder: folder.file("features")).all()
      survival = try ArtifactReader<ListingSurvival>(folder: folder.file("features")).all()
    }

    func bytes(_ name: String) throws -> String {
      try SHA256.hex(FileBytes.read(folder.file("features/\(name).csv.gz")))
    }
  }

  private static let invented = PackageRoot.path(
    "Tests/PipelineTests/Listings/invented-panel.jsonl")
  private static let electrum = "data/server-lists/electrum_default_servers_panel.jsonl.gz"
  private static let onion = "listedonion2listedonion2listedonion2listedonion2listed2d.onion"

  @Test func `the invented panel's lifetimes are those that one counts by hand`() throws {
    let tables = try Tables(Self.invented)
    #expect(try SeriesIndex(folder: tables.folder.file("raw")).scans.count == 7)
    let rows = Dictionary(
      uniqueKeysWithValues: tables.lifetimes.map { ("\($0.source) \($0.host)", $0) })
    #expect(
      rows.keys.sorted() == [
        "alpha a.example", "alpha b.example", "alpha c.example", "alpha \(Self.onion)",
        "beta/wallet a.example", "beta/wallet d.example",
      ])
    let a = try #require(rows["alpha a.example"])
    #expect(a.names == ["A.EXAMPLE", "A.example", "a.example"])
    #expect(a.ports == ["ssl:443", "ssl:50002", "tcp:50001"])
    #expect(a.protocolVersions == ["1.2", "1.4", "1.4.2"])
    #expect(a.daysListed == 60 && a.spells == 1 && a.statesListed == 5 && a.listStates == 5)
    #expect(a.firstListedAt == "2020-01-01T00:00:00.000000Z" && a.goneAt == nil)
    let b = try #require(rows["alpha b.example"])
    #expect(b.daysListed == 30 && b.spells == 2 && b.stillListed == true && !b.onion)
    #expect(b.firstGoneAt == "2020-01-31T00:00:00.000000Z" && b.goneAt == nil)
    let c = try #require(rows["alpha c.example"])
    #expect(c.daysListed == 30 && c.spells == 1 && c.stillListed == false && !c.fromFirstState)
    #expect(c.goneAt == "2020-03-01T00:00:00.000000Z" && c.ports.isEmpty)
    #expect(c.protocolVersions == ["1.4"])
    let onion = try #require(rows["alpha \(Self.onion)"])
    #expect(onion.onion && onion.daysListed == 40 && onion.spells == 2 && onion.statesListed == 3)
    #expect(rows["beta/wallet a.example"]?.daysListed == 5)
    #expect(rows["beta/wallet a.example"]?.stillListed == false)
    #expect(rows["beta/wallet d.example"]?.daysListed == 30)
    #expect(rows["beta/wallet d.example"]?.listStates == 3)
  }

  @Test func `the invented panel's survival is that of fractions by hand`() throws {
    let rows = try Tables(Self.invented).survival
    func curve(_ source: String, _ departure: ListingDeparture) -> [ListingSurvival] {
      rows.filter { $0.source == source && $0.departure == departure }
    }
    let first = curve("alpha", .first)
    #expect(first.map(\.days) == [10, 30, 60])
    #expect(first.map(\.atRisk) == [4, 3, 1])
    #expect(first.map(\.left) == [1, 2, 0] && first.map(\.censored) == [0, 0, 1])
    #expect(first.map(\.survival) == [0.75, 0.25, 0.25])
    let last = curve("alpha", .last)
    #expect(last.map(\.days) == [30, 60] && last.map(\.survival) == [0.75, 0.75])
    // S² d/(n(n-d)) = 0.5625 / 12
    #expect(abs(try #require(last[0].standardError) - (0.5625 / 12.0).squareRoot()) < 1e-9)
    #expect(curve("beta/wallet", .first).map(\.survival) == [0.5, 0.5])
    #expect(rows.map(\.source) == rows.map(\.source).sorted())
  }

  @Test func `neither the order of rows nor rows said twice change a lifetime`() throws {
    let lines = try String(contentsOfFile: Self.invented, encoding: .utf8)
      .split(separator: "\n").map(String.init)
    let folder = try TemporaryFolder()
    try (lines.reversed() + lines.filter { $0.contains("b.example") }).joined(separator: "\n")
      .write(toFile: folder.file("panel.jsonl"), atomically: true, encoding: .utf8)
    let one = try Tables(Self.invented)
    let other = try Tables(folder.file("panel.jsonl"))
    for name in ["listings", "listing_survival"] {
      #expect(try one.bytes(name) == other.bytes(name))
    }
  }

  @Test(.enabled(if: Shared.exists, "the folder of shared data is not there"))
  func
    `of 257 hosts in 15 years of Electrum's list half stayed 1,173 days, 24 came back, 84 are left`()
    throws
  {
    let tables = try Tables(Shared.path(Self.electrum))
    let rows = tables.lifetimes
    #expect(try SeriesIndex(folder: tables.folder.file("raw")).scans.count == 66)
    #expect(rows.count == 257 && Set(rows.map(\.source)) == ["servers.json"])
    #expect(rows.allSatisfy { $0.listStates == 66 })
    #expect(rows.count { $0.onion } == 30)
    #expect(rows.count { $0.spells > 1 } == 24)
    #expect(rows.count { $0.stillListed == true } == 84)
    #expect(rows.count { $0.stillListed == nil } == 0)
    #expect(rows.map(\.spells).reduce(0, +) == 291)
    #expect(rows.map(\.statesListed).reduce(0, +) == 2282)
    let median = try #require(Quantiles.median(rows.compactMap(\.daysListed)))
    #expect(median.rounded() == 1173 && abs(median - 1172.96942) < 1e-4)
    #expect(rows.flatMap(\.names).count == 260)
    for departure in ListingDeparture.allCases {
      let curve = tables.survival.filter { $0.departure == departure }
      #expect(curve.first?.atRisk == 257)
      #expect(curve.reduce(0) { $0 + $1.left + $1.censored } == 257)
    }
    let last = tables.survival.filter { $0.departure == .last }
    #expect(last.reduce(0) { $0 + $1.censored } == 84)
  }
}
