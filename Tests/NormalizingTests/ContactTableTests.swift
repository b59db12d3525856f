import Artifact
import Records
import ServerTexts
import TestSupport
import Testing

@testable import Normalizing

/// The table of contacts.
struct ContactTableTests {
  private static let address = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"

  private func normalized(
    banner: String? = nil, donation: String? = nil, version: String = "ElectrumX 1.18.0"
  ) throws -> Normalized {
    let replies = [("server.banner", banner), ("server.donation_address", donation)]
      .compactMap { probe, text in text.map { (probe, JSONValue.string($0).canonicalText) } }
    return try Normalized([
      RawScan("a", [.answered("9.9.9.9", version: version, replies: replies)])
    ])
  }

  private func texts(_ rows: [Contact]) -> [String] {
    rows.map { row in
      [
        row.source.rawValue, row.kind.rawValue, row.token, row.registrableDomain ?? "-",
        row.verdict.rawValue, String(row.count),
      ].joined(separator: " ")
    }
  }

  @Test func `every kind of token of a banner is a row with its domain and its verdict`() throws {
    let onion = "22mgr2fndslabzvx4sj7ialugn2jv3cfqjb3dnj67a6vnrkp7g4l37ad.onion"
    let rows = try normalized(
      banner: """
        Mail Admin@mail.Example.co.uk, admin@mail.example.co.uk or me@alice.ddns.net
        https://www.bücher.de/x http://\(onion)/ http://198.51.100.7:80/ Telegram: @some_name
        BTC \(Self.address) bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5 ⚡ tips@Example.org
        npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg
        """
    ).rows(Contact.self)
    #expect(
      texts(rows) == [
        "banner destination bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5 - wrong-checksum 1",
        "banner email admin@mail.example.co.uk example.co.uk unchecked 2",
        "banner email me@alice.ddns.net - unchecked 1",
        "banner lightning-address tips@example.org example.org unchecked 1",
        "banner nostr npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg - valid 1",
        "banner onion \(onion) - valid 1",
        "banner p2pkh \(Self.address) - valid 1",
        "banner telegram some_name - unchecked 1",
        "banner url http://198.51.100.7 - unchecked 1",
        "banner url http://\(onion) - unchecked 1",
        "banner url https://www.xn--bcher-kva.de/x xn--bcher-kva.de unchecked 1",
      ])
  }

  @Test func `each text of a server has its own rows, and no text has none`() throws {
    let rows = try normalized(
      banner: Self.address, donation: "tips@example.org tb1q" + "x", version: "me@example.org 1.0"
    ).rows(Contact.self)
    #expect(
      texts(rows) == [
        "banner p2pkh \(Self.address) - valid 1",
        "donation-address lightning-address tips@example.org example.org unchecked 1",
        "server-version email me@example.org example.org unchecked 1",
      ])
    #expect(try normalized().rows(Contact.self).isEmpty)
  }

  @Test func `the order of the lines changes no row`() throws {
    let lines = ["a@example.org", Self.address, "https://example.org", "@abc", "A@example.org"]
    let rows = try normalized(banner: lines.joined(separator: "\n")).rows(Contact.self)
    #expect(rows.count == 4)
    let turned = lines.reversed().joined(separator: "\r\n")
    #expect(try normalized(banner: turned).rows(Contact.self) == rows)
  }

  @Test func `a flood of tokens is cut, and the server's row says by how much`() throws {
    let long = "https://example.org/" + String(repeating: "a", count: 300)
    let flood = (0..<500).map { "user\($0)@example.org" } + [long]
    let normalized = try normalized(banner: flood.joined(separator: " "), donation: "ask")
    let rows = try normalized.rows(Contact.self)
    #expect(rows.count == ContactTokens.countLimit)
    let server = try #require(try normalized.rows(Server.self).first)
    #expect(server.textFacts.contactsDropped == flood.count - ContactTokens.countLimit)
  }

  @Test func `a server of which no text was observed has no count of what was left out`() throws {
    let scan = RawScan("a", [.failed("9.9.9.9", .connectRefused)])
    let server = try #require(try Normalized([scan]).rows(Server.self).first)
    #expect(server.textFacts.contactsDropped == nil)
    #expect(server.textFacts == TextFacts())
  }

  @Test func `a destination for another network is a contact, and is said to be of another`() throws
  {
    let rows = try normalized(banner: "mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r").rows(Contact.self)
    #expect(rows.map(\.verdict) == [.wrongNetwork])
    #expect(rows.map(\.kind) == [.p2pkh])
  }

  @Test func `the words of the table are those that texts are read in`() {
    let read =
      ContactToken.Kind.allCases.map { ContactKind($0).rawValue }
      + DonationTarget.Kind.allCases.map { ContactKind($0).rawValue }
    #expect(
      read
        == ContactToken.Kind.allCases.map(\.rawValue) + DonationTarget.Kind.allCases.map(\.rawValue)
    )
    #expect(Set(ContactKind.words) == Set(read + ["destination"]))
    #expect(
      DonationTarget.Network.allCases.map { DestinationNetwork($0).rawValue }
        == DestinationNetwork.words)
  }
}
