import Artifact
import Records
import Releases
import TestSupport
import Testing

private let serverHeader = ["scan", "server_id", "reached", "software_version", "country"]
private let operatorHeader = ["server_id", "operator_id", "rules"]
private let first = "20260101T000000Z-a"
private let second = "20260102T000000Z-a"

struct ReleaseComparisonTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func compare(
    _ earlier: WrittenPackage, _ later: WrittenPackage
  ) throws -> ReleaseComparison {
    try ReleaseComparison(
      earlier: PublishedPackage(folder: earlier.write(to: folder.file("earlier"))),
      later: PublishedPackage(folder: later.write(to: folder.file("later"))))
  }

  private var base: WrittenPackage {
    var package = WrittenPackage()
    package.tables["servers"] = [
      serverHeader, [first, "s_1", "true", "1.0", "DE"], [first, "s_2", "true", "1.0", "FR"],
    ]
    package.tables["operators"] = [
      operatorHeader, ["s_1", "o_1", "operator.same-key"], ["s_2", "o_1", "operator.same-key"],
    ]
    return package
  }

  /// The base and one more scan, in which a server came and one was upgraded.
  private var grown: WrittenPackage {
    var package = base
    package.version = "1.1.0"
    package.scans[second] = "two"
    package.tables["servers"]! += [
      [second, "s_1", "true", "2.0", "DE"], [second, "s_2", "true", "1.0", "FR"],
      [second, "s_3", "true", "1.0", "US"],
    ]
    return package
  }

  @Test func `a package differs in nothing from itself`() throws {
    let comparison = try compare(base, base)
    #expect(comparison.differences.isEmpty)
    #expect(comparison.neededLevel == .none)
  }

  @Test func `a server that came and one that was upgraded are the world's`() throws {
    let comparison = try compare(base, grown)
    #expect(
      comparison.differences == [
        ReleaseDifference(
          .serverChanged, "s_1", aspect: "software_version", before: "1.0", after: "2.0",
          causes: [.world]),
        ReleaseDifference(.serverNew, "s_3", after: second, causes: [.world]),
      ])
    try comparison.checkVersion()
  }

  @Test func `a server that the newest scan no longer lists is gone, though older scans have it`()
    throws
  {
    var later = grown
    later.tables["servers"]!.removeAll { $0[0] == second && $0[1] == "s_2" }
    let gone = try compare(base, later).differences.filter { $0.kind == .serverGone }
    #expect(gone == [ReleaseDifference(.serverGone, "s_2", before: first, causes: [.world])])
  }

  @Test func `a vantage's scan says nothing of whom another vantage lists`() throws {
    var later = base
    later.version = "1.1.0"
    later.scans["20260102T000000Z-tor"] = "onion"
    later.tables["servers"]! += [["20260102T000000Z-tor", "s_9", "true", "1.0", "DE"]]
    let found = try compare(base, later).differences
    #expect(found.map(\.kind) == [.serverNew] && found.map(\.subject) == ["s_9"])
  }

  @Test func `another reading of the same scan is ours and not the world's`() throws {
    var later = grown
    later.revision = 2
    later.tables["servers"]![2][4] = "BE"
    later.tables["servers"]![4][4] = "BE"
    let country = try compare(base, later).differences.first { $0.aspect == "country" }
    #expect(country?.causes == ["programs"])
  }

  @Test func `a change of both is told as both`() throws {
    var later = grown
    later.revision = 2
    later.tables["servers"]![1][3] = "1.5"
    let version = try compare(base, later).differences.first { $0.aspect == "software_version" }
    #expect(version?.causes == ["world", "programs"])
  }

  @Test func `a group that parts under other parameters is told with what held it`() throws {
    var later = base
    later.version = "1.0.1"
    later.clusterParameters = #"{"prior":1}"#
    later.tables["operators"] = [operatorHeader, ["s_1", "o_1", ""], ["s_2", "o_2", ""]]
    let comparison = try compare(base, later)
    #expect(
      comparison.differences == [
        ReleaseDifference(
          .groupSplit, "o_1", before: "s_1 s_2", after: "s_1 | s_2", causes: [.rules],
          evidence: ["operator.same-key"])
      ])
    #expect(comparison.neededLevel == .minor)
    let back = try compare(later, base).differences
    #expect(back.map(\.kind) == [.groupMerged])
  }

  @Test func `a new name of a group is no difference`() throws {
    var later = base
    later.tables["operators"] = [
      operatorHeader, ["s_1", "o_9", "operator.same-key"], ["s_2", "o_9", "operator.same-key"],
    ]
    #expect(try compare(base, later).differences.isEmpty)
  }

  @Test(arguments: [
    (["0.5", "0.4", "0.6"], ["0.9", "0.8", "1.0"], true),
    (["0.5", "0.4", "0.6"], ["0.55", "0.5", "0.6"], false),
    (["0.5", "0.4", "0.6"], ["0.7", "0.45", "0.9"], false),
    (["0.5", "", ""], ["0.9", "", ""], false),
    (["0.5", "0.6", "0.7"], ["0.5", "0.6", "0.7"], false),
  ])
  func `a number moved where each is outside the other's band`(
    before: [String], after: [String], isMoved: Bool
  ) throws {
    let header = ["unit", "weighting", "index", "value", "low", "high"]
    var (earlier, later) = (base, base)
    earlier.tables["concentration"] = [header, ["as", "server", "hhi"] + before]
    later.tables["concentration"] = [header, ["as", "server", "hhi"] + after]
    let moved = try compare(earlier, later).differences.filter { $0.kind == .numberMoved }
    #expect(moved.count == (isMoved ? 1 : 0))
  }

  @Test func `a column that is gone needs a new major version`() throws {
    var later = grown
    later.tables["operators"] = [["server_id", "operator_id"], ["s_1", "o_1"], ["s_2", "o_1"]]
    let comparison = try compare(base, later)
    #expect(comparison.differences.contains { $0.kind == .columnRemoved && $0.aspect == "rules" })
    #expect(comparison.neededLevel == .major)
    #expect(throws: ArtifactError.self) { try comparison.checkVersion() }
  }

  @Test func `a column of another type needs one too`() throws {
    var later = grown
    later.types["servers.country"] = "integer"
    #expect(try compare(base, later).neededLevel == .major)
  }

  @Test func `a table that says anything else needs a new minor version`() throws {
    var later = base
    later.tables["notes"] = [["id"], ["a"]]
    var other = later
    other.tables["notes"] = [["id"], ["b"]]
    let comparison = try compare(later, other)
    #expect(comparison.differences.isEmpty && comparison.neededLevel == .minor)
  }

  @Test func `a table of differences is about other packages and not compared`() throws {
    var later = base
    later.version = "1.0.1"
    later.tables["differences"] = [["kind", "subject"], ["server-new", "s_1"]]
    let comparison = try compare(base, later)
    #expect(comparison.differences.isEmpty && comparison.neededLevel == .none)
    try comparison.checkVersion()
  }

  @Test func `what we did between two packages is an event, and stays one`() throws {
    var later = grown
    later.clusterParameters = #"{"prior":1}"#
    let header = ["latest", "earliest", "kind", "subject", "text", "source"]
    var earlier = base
    earlier.tables["network_events"] = [
      header,
      [
        "2025-12-01T00:00:00Z", "2025-11-01T00:00:00Z", "programs-changed", "release 0.9.0", "old",
        "provenance.json",
      ],
      ["2025-12-02T00:00:00Z", "", "outage", "scan a", "not ours", "outages"],
    ]
    let events = try PackageEvents.all(
      from: PublishedPackage(folder: earlier.write(to: folder.file("earlier"))),
      to: PublishedPackage(folder: later.write(to: folder.file("later"))).lineage,
      version: "1.1.0", created: "2026-01-02T00:00:00Z")
    #expect(events.map(\.kind) == [.programsChanged, .rulesChanged])
    #expect(events.map(\.subject) == ["release 0.9.0", "release 1.1.0"])
    #expect(events[1].earliest == "2026-01-01T00:00:00Z")
    #expect(events.allSatisfy { $0.origin == .ours })
  }

  @Test(arguments: ["1.0.0", "0.9.9", "1.0", "latest", "1.0.-1", "1.0.1"])
  func `a version number that does not rise enough is refused`(version: String) throws {
    var later = grown
    later.version = version
    let comparison = try compare(base, later)
    #expect(throws: ArtifactError.self) { try comparison.checkVersion() }
  }

  @Test func `packages of two datasets are not compared`() throws {
    var later = base
    later.name = "electrum-observatory-farms"
    #expect(throws: ArtifactError.self) { try compare(base, later) }
  }

  @Test func `a table whose bytes are others than its descriptor says is refused`() throws {
    let earlier = try base.write(to: folder.file("earlier"))
    let later = try grown.write(to: folder.file("later"))
    _ = try Program.run("cp", [earlier + "/data/servers.csv.gz", later + "/data/servers.csv.gz"])
    #expect(throws: ArtifactError.self) {
      try ReleaseComparison(
        earlier: PublishedPackage(folder: earlier), later: PublishedPackage(folder: later))
    }
  }

  @Test func `a folder that is no package is a missing input`() throws {
    let error = #expect(throws: ArtifactError.self) { try PublishedPackage(folder: folder.path) }
    #expect(error?.exitCode == 66)
  }

  @Test func `texts of strangers are text in the feed and on the terminal`() throws {
    var (earlier, later) = (base, grown)
    let hostile = "<script>\u{1b}]0;x\u{7}\u{202e}"
    for row in 1...2 { earlier.tables["servers"]![row][3] = "old" }
    for row in 1...2 { later.tables["servers"]![row][3] = "old" }
    for row in 3...5 { later.tables["servers"]![row][3] = hostile }
    let comparison = try compare(earlier, later)
    #expect(comparison.differences.contains { $0.after == hostile })
    #expect(!comparison.feed.contains("<script>") && !comparison.feed.contains("\u{1b}"))
    #expect(!comparison.text().contains("\u{1b}") && !comparison.text().contains("\u{202e}"))
  }
}
