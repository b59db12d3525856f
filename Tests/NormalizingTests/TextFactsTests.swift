import Artifact
import Digests
import ElectrumProtocol
import Normalizing
import Records
import ServerTexts
import TestSupport
import Testing

/// What a server's names and texts amount to.
struct TextFactsTests {
  private static let address = "9.9.9.9"

  /// The row of a server that looked-up names lead to, and that strangers list under others.
  private func server(
    names: [String] = [], strangers: [String] = [], replies: [(probe: String, result: String)] = []
  ) throws -> Server {
    var scan = RawScan("a", [.answered(Self.address, replies: replies)])
    for (index, name) in names.enumerated() {
      scan.connections.append(.answered(Self.address, host: name, attempt: index + 2))
    }
    scan.connections.sort { $0.sortKey < $1.sortKey }
    scan.resolutions = names.map { name in
      NameResolution(name: name, outcome: .answered).with {
        $0.addresses = [Self.address]
      }
    }
    scan.listings = strangers.map { .bootstrap(Self.address, $0) }
    let rows = try Normalized([scan]).rows(Server.self)
    return try #require(rows.first { $0.addresses == [Self.address] })
  }

  private func told(_ probe: String, _ text: String) -> (probe: String, result: String) {
    (probe, JSONValue.string(text).canonicalText)
  }

  @Test func `a verified name without a registrable domain has its reason beside it`() throws {
    let server = try server(names: [
      "node.ddns.net", "vmi1.contaboserver.net", "x.github.io", "co.uk", "localhost",
      "node.example.org",
    ])
    #expect(
      server.textFacts.domainUnknownReasons == [
        "dynamic-dns node.ddns.net", "hoster vmi1.contaboserver.net",
        "not-a-domain-name localhost", "platform x.github.io", "public-suffix co.uk",
      ])
    #expect(server.registrableDomains == ["example.org"])
    #expect(
      server.textFacts.domainUnknownReasons.count + server.registrableDomains.count
        == server.verifiedNames.count)
  }

  @Test func `host templates are those of verified names, of a hoster's name the whole`() throws {
    let server = try server(
      names: ["node14.example.org", "vmi77.contaboserver.net"], strangers: ["victim9.example.net"])
    #expect(server.names.contains("victim9.example.net"))
    #expect(server.textFacts.hostTemplates == ["node#", "vmi#.contaboserver.net"])
  }

  @Test func `a name that only strangers give has no reason and no template`() throws {
    let server = try server(strangers: ["victim9.ddns.net"])
    #expect(server.names == ["victim9.ddns.net"])
    #expect(server.textFacts.domainUnknownReasons == [])
    #expect(server.textFacts.hostTemplates == [])
  }

  @Test func `a name in punycode is shown in Unicode, any other is not`() throws {
    let server = try server(names: ["xn--bcher-kva.example", "plain.example"])
    #expect(server.textFacts.namesUnicode == ["bücher.example"])
    #expect(server.textFacts.nameAnomalies == [])
  }

  @Test func `a name that looks like another, and wrong punycode, are flagged beside the name`()
    throws
  {
    let imitation = try #require(InternationalName("\u{435}lectrum.org")?.ascii)
    let server = try server(names: [imitation], strangers: ["xn--99999999.example"])
    #expect(
      server.textFacts.nameAnomalies == [
        "look-alike \(imitation) electrum", "mixed-scripts \(imitation) cyrillic latin",
        "wrong-punycode xn--99999999.example",
      ])
  }

  @Test func `banners that differ in numbers only have one masked digest`() throws {
    let digests = try ["node 1.2.3 at 900000", "node 1.4.0  at 912345\n", "nodes 1.4.0 at 912345"]
      .map { try server(replies: [told("server.banner", $0)]).textFacts.bannerMaskedSHA256 }
    #expect(digests[0] == digests[1])
    #expect(digests[0] != digests[2])
    #expect(digests[0] == SHA256.hex("node <V> at <N>".utf8))
  }

  @Test func `no banner, none observed, and no donation address have no digest and no verdict`()
    throws
  {
    for replies in [[], [("server.banner", #""""#), ("server.donation_address", "null")]] {
      let facts = try server(replies: replies).textFacts
      #expect(facts.bannerMaskedSHA256 == nil)
      #expect(facts.bannerAnomalies == [])
      #expect(facts.donationVerdict == nil && facts.donationKind == nil)
      #expect(facts.donationNetwork == nil)
      // The version text was read.
      #expect(facts.contactsDropped == 0)
    }
  }

  @Test func `what makes a banner look other than it is is flagged with word and look`() throws {
    let facts = try server(replies: [told("server.banner", "\u{435}lectrum \u{202E}gpj.exe")])
      .textFacts
    #expect(
      facts.bannerAnomalies == [
        "bidi-control U+202E", "look-alike \u{435}lectrum electrum",
        "mixed-scripts \u{435}lectrum cyrillic latin",
      ])
  }

  @Test func `a thousand anomalies are told by the first 32`() throws {
    let words = (0..<1000).map { "\u{435}word" + String(repeating: "a", count: $0 % 50) + "\($0)" }
    let facts = try server(
      names: words.prefix(40).map { InternationalName($0 + ".example")?.ascii ?? "" },
      replies: [told("server.banner", words.joined(separator: " "))]
    ).textFacts
    #expect(facts.bannerAnomalies.count == TextAnomaly.limit)
    #expect(facts.nameAnomalies.count == TextAnomaly.limit)
  }
}
