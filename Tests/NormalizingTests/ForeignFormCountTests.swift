import Artifact
import Foundation
import Normalizing
import Records
import TestSupport
import Testing

/// Forms in which servers say what these programs read.
struct ForeignFormCountTests {
  private static let genesis = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"
  private static let onion = "h7cmz7tulbyofqgzt5y7gd7qmvwi33oudta5pu6to2ynxzuf4lz22kid.onion"

  private func normalized(features: String) throws -> Normalized {
    try Normalized([
      RawScan("a", [.answered("9.9.9.1", replies: [("server.features", features)])])
    ])
  }

  private func forms(_ normalized: Normalized) throws -> [ForeignForm: Int] {
    Dictionary(
      uniqueKeysWithValues: try normalized.rows(FormCount.self).map { ($0.form, $0.count) })
  }

  @Test(arguments: [
    (genesis, false), (genesis.uppercased(), true), ("0x" + genesis, true),
    (" 0X" + genesis.uppercased(), true),
  ]) func `an upper-case hash is the same hash`(text: String, isOdd: Bool) throws {
    let normalized = try normalized(features: #"{"genesis_hash":"\#(text)"}"#)
    let server = try #require(try normalized.rows(Server.self).first)
    #expect(server.genesisHash == Self.genesis && server.chain == "mainnet")
    #expect(try forms(normalized) == (isOdd ? [.featuresGenesisSpelling: 1] : [:]))
  }

  @Test(arguments: [#""unknown""#, "7", #""0x00""#, "{}"])
  func `what is no hash is unknown and told`(text: String) throws {
    let normalized = try normalized(features: #"{"genesis_hash":\#(text)}"#)
    #expect(try normalized.rows(Server.self).first?.genesisHash == nil)
    #expect(try forms(normalized) == [.featuresGenesisUnreadable: 1])
  }

  @Test(arguments: [("1000", 0), (#""1000""#, 1), ("1000.0", 1)])
  func `pruning is a number as text too`(text: String, odd: Int) throws {
    let normalized = try normalized(features: #"{"pruning":\#(text)}"#)
    #expect(try normalized.rows(Server.self).first?.pruning == 1000)
    #expect(try forms(normalized)[.featuresPruningText, default: 0] == odd)
  }

  @Test(arguments: [
    (#"{"tcp_port":50001}"#, [String](), ForeignForm.featuresHostsFlat),
    (#"{"ssl_port":"50002","tcp_port":null}"#, [], .featuresHostsFlat),
    (
      #"["a.example",{"host":"b.example","ssl_port":50002}]"#, ["a.example", "b.example"],
      .featuresHostsList
    ),
    (#""a.example""#, [], .featuresHostsUnreadable), ("7", [], .featuresHostsUnreadable),
    (#"{"a.example":{"tcp_port":"t50001"}}"#, ["a.example"], .featuresPortText),
    (#"{"a.example":{"tcp_port":"many"}}"#, ["a.example"], .featuresPortUnreadable),
    (#"{"a.example":{"tcp_port":70000}}"#, ["a.example"], .featuresPortUnreadable),
    (
      #"{"user:secret@a.example":{"tcp_port":50001},"[2600::7]":{}}"#, ["2600::7"],
      .featuresHostName
    ),
    (#"{"ssl://a.example":{"tcp_port":50001}}"#, [], .featuresHostName),
  ]) func `hosts in another form are read as far as they can be, and told`(
    hosts: String, claimed: [String], form: ForeignForm
  ) throws {
    let normalized = try normalized(features: #"{"hosts":\#(hosts)}"#)
    #expect(try normalized.rows(Server.self).first?.hostsClaimed == claimed)
    #expect(try forms(normalized) == [form: 1])
  }

  @Test(arguments: [
    "null", "{}", "[]", #"{"a.example":{"tcp_port":50001,"ssl_port":null}}"#,
    #"{"a.example":{"tcp_port":0,"ssl_port":""}}"#,
  ]) func `hosts without a claim, and ports that say there is none, are nothing odd`(hosts: String)
    throws
  {
    #expect(try forms(try normalized(features: #"{"hosts":\#(hosts)}"#)) == [:])
  }

  @Test func `servers that name each other with ports as texts are joined as with numbers`() throws
  {
    func servers(_ port: String) throws -> Int {
      let hosts =
        #"{"hosts":{"a.example":{"tcp_port":\#(port)},"b.example":{"tcp_port":\#(port)}}}"#
      var scan = RawScan(
        "a",
        ["9.9.9.1", "2600::1"].map {
          .answered($0, replies: [("server.features", hosts)])
        })
      scan.resolutions = [("a.example", "9.9.9.1"), ("b.example", "2600::1")].map { name, address in
        NameResolution(name: name, outcome: .answered).with { $0.addresses = [address] }
      }
      return try Normalized([scan]).rows(Server.self).count
    }
    #expect(try servers("50001") == servers(#""50001""#))
  }

  private func peers(_ tuples: String) throws -> Normalized {
    try Normalized([
      RawScan("a", [.answered("9.9.9.1", replies: [("server.peers.subscribe", tuples)])])
    ])
  }

  @Test func `a peer whose address is its teller's own is the name that stands beside it`() throws {
    let normalized = try peers(#"[["127.0.0.1","real.example",["v1.4","s50002"]]]"#)
    let row = try #require(try normalized.rows(Advertisement.self).first)
    #expect(row.valid && row.reason == nil)
    let named = try normalized.rows(Endpoint.self).filter { $0.address.isEmpty }
    #expect(named.map(\.host) == [["real.example"]] && named.map(\.port) == [50002])
    #expect(try forms(normalized) == [.peerOtherHalf: 1])
  }

  @Test(arguments: [
    ("[2600::7]", "2600::7"), ("8.8.8.8.", "8.8.8.8"), ("2600:0::7", "2600::7"),
  ]) func `an address in another spelling is that address`(text: String, address: String) throws {
    let normalized = try peers(#"[["\#(text)","\#(text)",["s50002"]]]"#)
    #expect(try normalized.rows(Advertisement.self).map(\.valid) == [true])
    #expect(try normalized.rows(Endpoint.self).contains { $0.address == address })
    #expect(try forms(normalized) == [.peerSpelling: 1])
  }

  @Test func `nobody's password reaches a derived row`() throws {
    let tuples =
      #"[["user:secret@a.example","ssl://user:secret@a.example:50002",["v1.4","suser:secret@5"]],"#
      + #"["9.9.9.9","user:secret@b.example",["s"]],{"x":"user:secret@c.example"},"#
      + #"["user:other-secret@a.example","ssl://x:y@a.example:50002",["v1.4","suser:z@5"]]]"#
    let normalized = try peers(tuples)
    try expectNoSecret(Advertisement.self, normalized)
    try expectNoSecret(Endpoint.self, normalized)
    try expectNoSecret(Server.self, normalized)
    try expectNoSecret(FormCount.self, normalized)
    try expectNoSecret(ResolutionStep.self, normalized)
    try expectNoSecret(LineageEvent.self, normalized)
    try expectNoSecret(ExchangeRecord.self, normalized)
    let rows = try normalized.rows(Advertisement.self).filter { $0.address.contains("@") }
    #expect(rows.map(\.reason).allSatisfy { $0?.isEmpty == false })
    let shown = rows.map(\.address).filter {
      $0.hasPrefix("[redacted ") && $0.hasSuffix("]@a.example")
    }
    #expect(shown.count == 2, "the secrets differ, and so do the rows")
  }

  private func expectNoSecret<Row: ArtifactRow>(
    _ type: Row.Type, _ normalized: Normalized
  ) throws {
    for row in try normalized.rows(type) {
      #expect(!RowEncoder.text(of: row).contains("secret"), "\(Row.schema.name)")
    }
  }

  @Test(arguments: [
    ("v1.4", "1.4"), ("v1.4.2", "1.4.2"), ("v0.10", "0.10"), ("v1.7", "1.7"), ("v2.1.1", nil),
    ("v1.16.0", nil), ("vp10000", nil), ("v", nil),
  ]) func `the version of a peer's software is no protocol`(feature: String, version: String?)
    throws
  {
    let normalized = try peers(#"[["8.8.8.8","a.example",["\#(feature)","s50002"]]]"#)
    let row = try #require(try normalized.rows(Advertisement.self).first)
    #expect(row.protocolMax == version && row.features.first == feature && row.valid)
  }

  @Test(arguments: [
    "abcdefghij234567.onion", "short.onion", onion.replacing("h7c", with: "a7c"),
  ]) func `an onion name that cannot exist is no endpoint, and is told`(name: String) throws {
    var scan = RawScan(
      "a",
      [
        .answered(name, version: nil), .answered(Self.onion, version: nil),
      ])
    scan.connections[0].outcome = .connectTimedOut
    scan.listings = [.bootstrap(name)]
    let normalized = try Normalized([scan])
    #expect(try normalized.rows(Endpoint.self).map(\.address) == [Self.onion])
    #expect(try normalized.rows(Server.self).count == 1)
    #expect(try normalized.rows(FamilyOutcome.self).count == 1)
    let row = try #require(try normalized.rows(Advertisement.self).first)
    #expect(!row.valid && row.reason?.hasPrefix("place.onion-") == true)
    #expect(try forms(normalized) == [.attemptOnion: 1])
  }

  @Test func `an onion name that answered was there`() throws {
    let normalized = try Normalized([RawScan("a", [.answered("abcdefghij234567.onion")])])
    #expect(try normalized.rows(Endpoint.self).count == 1)
  }

  @Test func `a certificate that OpenSSL refuses has its digest and no fields`() throws {
    let digest = String(repeating: "ab", count: 32)
    var connection = Connection.answered("9.9.9.9", port: 50002, transport: .ssl)
    connection.tls = TLSFacts().with { $0.chain = [digest] }
    var scan = RawScan("a", [connection])
    scan.certificates = [
      CertificateEvidence(sha256: digest).with {
        $0.derBase64 = Data([0x30, 3, 2, 1, 5]).base64EncodedString()
      }
    ]
    let normalized = try Normalized([scan])
    let row = try #require(try normalized.rows(Certificate.self).first)
    #expect(row.sha256 == digest && row.subject == nil && row.spkiSHA256 == nil)
    #expect(row.isLeaf && row.endpoints == 1)
    #expect(try forms(normalized) == [.certificateUnreadable: 1])
  }
}
