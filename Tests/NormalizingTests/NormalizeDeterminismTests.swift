import Artifact
import Records
import StageKit
import TestSupport
import Testing

/// The same evidence gives the same tables.
struct NormalizeDeterminismTests {
  private static func scan(_ name: String) -> RawScan {
    let peers = (1...40).map { #"["8.8.\#($0).8","p\#($0).example",["v1.4","t50001","s50002"]]"# }
    return RawScan(
      name,
      (1...30).map { index in
        .answered(
          "9.9.9.\(index)",
          replies: [
            ("server.peers.subscribe", "[\(peers.shuffled().joined(separator: ","))]"),
            ("server.banner", #""hello \#(index % 3)""#),
          ])
      })
  }

  private func digests(_ scans: [RawScan], threads: Int) throws -> [String] {
    try Normalized(scans, threads: threads).manifest().outputs.map(\.contentSHA256)
  }

  @Test func `order of peers in replies, order of scans given and threads change no byte`() throws {
    let first = try digests([Self.scan("a"), Self.scan("b")], threads: 1)
    let second = try digests([Self.scan("b"), Self.scan("a")], threads: 3)
    #expect(!first.isEmpty)
    // The replies' sizes are the same, their bytes are not: peers are a set.
    #expect(first == second)
  }

  @Test func `an endpoint that lists itself is an advertiser of itself, by the name that it gives`()
    throws
  {
    let own = #"[["9.9.9.1","own.example",["v1.4","t50001"]]]"#
    let scan = RawScan(
      "a", [.answered("9.9.9.1", replies: [("server.peers.subscribe", own)])])
    let endpoint = try #require(try Normalized([scan]).rows(Endpoint.self).first)
    #expect(endpoint.advertisers == 1)
    #expect(endpoint.host == ["own.example"])
  }

  @Test func `artifacts that no run makes any more are removed`() throws {
    let normalized = try Normalized([RawScan("a"), RawScan("b")])
    #expect(try normalized.manifest().outputs.count == 57)
    try SeriesIndex(scans: ["a"]).write(folder: normalized.folder.file("raw"))
    #expect(throws: Never.self) { try normalized.again() }
    #expect(try normalized.manifest().outputs.count == 29)
    #expect(throws: ArtifactError.self) { try normalized.rows(Server.self, scan: 1) }
  }
}
