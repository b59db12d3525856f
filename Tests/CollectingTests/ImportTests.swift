import ArgumentParser
import Artifact
import Collecting
import Foundation
import Records
import StageKit
import TestSupport
import Testing

struct ImportTests {
  private func run(
    _ folder: TemporaryFolder, scan: String? = nil
  ) async throws -> TemporaryFolder {
    let output = try await run(folder.path, scan: scan)
    withExtendedLifetime(folder) {}
    return output
  }

  private func run(_ path: String, scan: String? = nil) async throws -> TemporaryFolder {
    try await ImportRun.run(path, scan: scan)
  }

  private func rows<Row: ArtifactRow>(_ type: Row.Type, _ folder: TemporaryFolder) throws -> [Row] {
    try ImportRun.rows(type, folder)
  }

  /// A small scan of documentation addresses; `change` may break it.
  private func foreign(_ change: (inout [String: String]) -> Void = { _ in }) throws
    -> TemporaryFolder
  {
    var files = [
      "peers":
        #"[{"host":"h","raw":["203.0.113.1","a.example",["v1.4","s50002"]]},"#
        + #"{"host":"h","raw":["203.0.113.1","a.example",["v1.4","s50002"]]}]"#,
      "online_peers":
        #"[{"host":"203.0.113.1","port":50002,"protocol":"tcp","version_raw":"","banner_raw":""},"#
        + #"{"host":"203.0.113.1","port":50002,"protocol":"ssl","version_raw":"#
        + #""{\"id\":1,\"result\":[\"ElectrumX 1.16.0\",\"1.4\"]}","#
        + #""banner_raw":"{\"id\":2,\"result\":\"hi\"}"}]"#,
      "fingerprints": "[]",
      "tls_certs":
        #"[{"host":"203.0.113.1","port":50002,"fingerprint_sha256":"\#(digest)"}]"#,
    ]
    change(&files)
    let folder = try TemporaryFolder()
    for (name, text) in files {
      try text.write(toFile: folder.file("\(name).json"), atomically: true, encoding: .utf8)
    }
    return folder
  }

  private let digest = String(repeating: "ab", count: 32)

  @Test func `replies, ports and certificates become what was really seen`() async throws {
    let folder = try await run(foreign())
    let connections = try rows(Connection.self, folder)
    #expect(connections.map(\.port) == [50001, 50002])
    #expect(connections.map(\.transport) == [.tcp, .ssl])
    #expect(connections.map(\.outcome) == [.closedNoReply, .answered])
    #expect(
      connections[1].tls
        == TLSFacts().with {
          $0.chain = [digest]
        })
    #expect(connections[1].exchanges.map(\.line) == [0, 1])
    #expect(connections[1].received.count == 2)
    #expect(try rows(Listing.self, folder).map(\.count) == [2])
    #expect(try rows(CertificateEvidence.self, folder).map(\.derBase64) == [nil])
  }

  @Test(arguments: [
    ("peers", "[{}]", "row 1, field raw"), ("peers", "[7]", "row 1"), ("peers", "{}", "array"),
    ("peers", "", "an empty file"), ("peers", "[", "the end of the file"),
    ("peers", "[] x", "nothing after the array"),
    ("online_peers", #"[{"host":"a","port":0}]"#, "field port"),
    ("tls_certs", #"[{"host":"a","port":1,"fingerprint_sha256":"x"}]"#, "64 hexadecimal digits"),
    ("fingerprints", "[[[[", "the end of the file"), ("fingerprints", "[1]", "row 1"),
  ]) func `a broken file is refused by file, row and field, and nothing is left`(
    name: String, text: String, message: String
  ) async throws {
    let folder = try foreign { $0[name] = text }
    let output = try TemporaryFolder()
    let result = try Program("collect").run(
      ["import", folder.path, "--output", output.file("raw"), "--quiet"])
    #expect(result.exitCode == 65)
    #expect(result.errors.contains("\(name).json") && result.errors.contains(message))
    let left = try FileManager.default.contentsOfDirectory(atPath: output.file("raw"))
    #expect(left == [])
  }

  @Test func `the order of the rows and gzip make no difference`() async throws {
    let straight = try await run(foreign(), scan: "x")
    let turned = try await run(
      foreign { files in
        let parts = files["online_peers", default: ""].dropFirst().dropLast()
          .components(separatedBy: "},{")
        files["online_peers"] = "[{" + parts[1] + "," + parts[0] + "}]"
      }, scan: "x")
    #expect(try rows(Connection.self, straight) == rows(Connection.self, turned))
  }

  @Test(.enabled(if: Shared.exists, "the folder of shared data is not there"))
  func `the December 2025 scan shows its true counts (R-4)`()
    async throws
  {
    let folder = try await run(Shared.path("data/original-scan-2025-12"))
    let listings = try rows(Listing.self, folder)
    #expect(listings.count == 323)
    #expect(listings.reduce(0) { $0 + $1.count } == 3828)
    #expect(Set(listings.map { [$0.address, $0.host] }).count == 294)
    #expect(Set(listings.map(\.address)).count == 291)
    let connections = try rows(Connection.self, folder)
    #expect(connections.count == 1665)
    #expect(Set(connections.map(\.address)).count == 100)
    #expect(connections.count { $0.outcome == .throttled } == 115)
    #expect(connections.count { $0.outcome == .closedNoReply } == 795)
    #expect(connections.count { $0.outcome == .answered } == 750)
    #expect(try rows(CertificateEvidence.self, folder).count == 22)
    let chains = Set(
      connections.filter { $0.tls != nil }.map { [$0.address] + ($0.tls?.chain ?? []) })
    #expect(chains.count == 22)
  }
}
