import Artifact
import Digests
import Foundation
import Records
import ServerTexts
import StageKit
import TestSupport
import Testing

@testable import Normalizing

/// Names below shared domains link nobody.
struct SharedDomainTests {
  private static let list = PackageRoot.path("datasets/reference/shared-domains.json")

  private func suffixes(_ domains: [String]) throws -> PublicSuffixList {
    try #require(PublicSuffixList(path: nil, shared: SharedDomains(domains)))
  }

  @Test func `the committed list is the one that the program contains`() throws {
    #expect(SharedDomainList.entries.count > 300)
    #expect(SharedDomainList.entries.allSatisfy { !$0.owner.isEmpty })
    #expect(
      Set(SharedDomainList.entries.map(\.source)) == ["known", "lists", "psl"])
    #expect(
      try Golden.matches(SharedDomainList.file, "datasets/reference/shared-domains.json"))
    #expect(
      try SharedDomainFile.entries(path: Self.list).map { "\($0.kind) \($0.domain)" }
        == SharedDomainList.entries.map { "\($0.kind) \($0.domain)" })
  }

  @Test func `the list stands in the manifest with the digest of the committed file`() throws {
    let normalized = try Normalized([RawScan("a", [.answered("198.18.0.1", replies: [])])])
    let bytes = try Data(contentsOf: URL(fileURLWithPath: Self.list))
    let text = try String(
      contentsOfFile: normalized.folder.file("normalized/normalize.manifest.json"), encoding: .utf8)
    #expect(text.contains("shared-domains"))
    #expect(text.contains(SHA256.hex(bytes)))
  }

  @Test func `the pinned list is read; each domain of it and each name below it is unknown`() throws
  {
    let domains = try SharedDomainFile.entries(path: Self.list).map(\.domain)
    #expect(domains.count > 300)
    #expect(domains == domains.sorted())
    #expect(Set(domains).count == domains.count)
    let suffixes = try suffixes(domains)
    for domain in domains {
      let name = domain.replacing("#", with: "17")
      #expect(suffixes.verdict(on: name) == .unknown(.sharedDomain), "\(domain)")
      #expect(suffixes.registrableDomain(of: "node." + name) == nil)
    }
  }

  @Test func `the domains that were shared before the list are in it`() throws {
    let domains = Set(try SharedDomainFile.entries(path: Self.list).map(\.domain))
    #expect(Set(try NormalizeParameters.defaults().sharedDomains).subtracting(domains) == [])
  }

  @Test func `by the Public Suffix List a name belongs to who registered it, in ASCII form`() throws
  {
    let suffixes = try suffixes([])
    #expect(suffixes.registrableDomain(of: "a.b.example.co.uk") == "example.co.uk")
    #expect(suffixes.registrableDomain(of: "Node.Bücher.de.") == "xn--bcher-kva.de")
    #expect(suffixes.verdict(on: "co.uk") == .unknown(.publicSuffix))
    #expect(suffixes.verdict(on: "198.51.100.7") == .unknown(.notADomainName))
  }

  @Test(arguments: [
    #"{"schema":"shared-domains.v2","domains":[]}"#, #"{"schema":"shared-domains.v1"}"#, "[",
    #"{"schema":"shared-domains.v1","domains":[{"domain":"Upper.example","kind":"hoster"}]}"#,
    #"{"schema":"shared-domains.v1","domains":[{"domain":"a.example","kind":"other"}]}"#,
    #"{"schema":"shared-domains.v1","domains":["a.example"]}"#,
  ]) func `a list that is none is refused with its place`(text: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("list.json")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    do throws(StageError) {
      _ = try SharedDomainFile.entries(path: path)
      Issue.record("accepted \(text)")
    } catch {
      #expect(error.code == .badInput)
      #expect(error.place.hasPrefix(path))
    }
  }

  @Test
  func `a hostile banner stands exact in texts, and in the servers' table as a harmless cell`()
    throws
  {
    let banner = "=cmd|' /C calc'!A0\n\u{202E}gpj.exe,\"x\";\u{1B}[2J e\u{301}"
    let reply =
      #""\#(banner.replacing("\"", with: "\\\"").replacing("\n", with: "\\n").replacing("\u{1B}", with: "\\u001b"))""#
    let normalized = try Normalized([
      RawScan("a", [.answered("198.18.0.1", replies: [("server.banner", reply)])])
    ])
    let texts = try normalized.rows(ServerText.self)
    let exact = try #require(texts.first { $0.kind == .banner }).text
    #expect(exact.unicodeScalars.elementsEqual(banner.unicodeScalars))
    let server = try #require(try normalized.rows(Server.self).first)
    #expect(server.banner?.unicodeScalars.elementsEqual(banner.unicodeScalars) == true)
    let line = RowEncoder.text(of: server)
    #expect(!line.dropLast().unicodeScalars.contains { EscapedText.isUnsafe($0.value) })
    #expect(line.contains("\"\\=cmd|' /C calc'!A0\\u000a\\u202egpj.exe,\"\"x\"\";\\u001b[2J"))
  }
}
