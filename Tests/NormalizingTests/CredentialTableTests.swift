import Artifact
import Digests
import Foundation
import Normalizing
import Records
import TestSupport
import Testing

/// Nobody's password is in a table.
struct CredentialTableTests {
  private static let secret = "hunter2"

  private func normalized() throws -> Normalized {
    let place = "user:\(Self.secret)@e.example"
    let peers =
      #"[["\#(place)","\#(place)",["v1.4","s"]],["user:\#(Self.secret)x@e.example","#
      + #""e.example",["v1.4","s"]],["9.9.9.8","good.example",["v1.4","s"]],"#
      + #"["ssl://\#(place):50002","h.example",["v1.4","s"]]]"#
    let features =
      #"{"hosts":{"\#(place)":{"tcp_port":50001}},"protocol_min":"x://\#(place)","#
      + #""protocol_max":"1.4"}"#
    return try Normalized([
      RawScan(
        "a",
        [
          .answered(
            "9.9.9.9",
            replies: [
              ("server.version", #"["ElectrumX 1.16.0 http://u:\#(Self.secret)@h/","1.4"]"#),
              ("server.banner", #""Status https:\/\/u:\#(Self.secret)@a.example\/s here""#),
              ("server.donation_address", #""http://u:\#(Self.secret)@a.example""#),
              ("server.features", features), ("server.peers.subscribe", peers),
            ])
        ])
    ])
  }

  @Test func `the texts say what was replaced, and keep the digest of what was sent`() throws {
    let tables = try normalized()
    let server = try #require(try tables.rows(Server.self).first { $0.reached })
    #expect(server.banner == "Status https://[redacted 9 bytes]@a.example/s here")
    #expect(
      server.redacted
        == ["banner", "donation_address", "protocol", "server_version_text"])
    #expect(server.hostsClaimed.isEmpty, "such a place is none")
    let text = try #require(try tables.rows(ServerText.self).first { $0.kind == .banner })
    let exact = "Status https://u:\(Self.secret)@a.example/s here"
    #expect(text.exactSHA256 == SHA256.hex(exact.utf8))
    let contacts = try tables.rows(Contact.self).filter { $0.source == .banner }
    #expect(contacts.map(\.token) == ["https://a.example/s"])
  }

  @Test func `a peer with credentials is invalid, and two that differ in them stay two`() throws {
    let rows = try normalized().rows(Advertisement.self)
    let redacted = rows.filter { !$0.exactSHA256.isEmpty }
    #expect(redacted.count == 3)
    #expect(redacted.allSatisfy { $0.reason == "tuple.credentials" && !$0.valid })
    #expect(Set(redacted.map(\.exactSHA256)).count == 3)
    #expect(rows.filter(\.valid).map(\.host) == ["good.example"])
  }

  @Test func `no table of the scan holds the secret`() throws {
    let tables = try normalized()
    let advertisements = try tables.rows(Advertisement.self)
    let shown =
      advertisements.map { RowEncoder.text(of: $0) }
      + (try tables.rows(Server.self)).map { RowEncoder.text(of: $0) }
      + (try tables.rows(ServerText.self)).map { RowEncoder.text(of: $0) }
      + (try tables.rows(ExchangeRecord.self)).map { RowEncoder.text(of: $0) }
      + (try tables.rows(Endpoint.self)).map { RowEncoder.text(of: $0) }
      + (try tables.rows(Contact.self)).map { RowEncoder.text(of: $0) }
    #expect(!shown.isEmpty && shown.allSatisfy { !$0.contains(Self.secret) })
  }
}
