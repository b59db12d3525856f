import Artifact
import Records
import TestSupport
import Testing

/// What a scan says, without judgement.
struct ScanTests {
  private static func chunk(at microseconds: Int, _ text: String) -> Chunk {
    Chunk().with {
      $0.atMicroseconds = microseconds
      $0.data = text
    }
  }

  @Test
  func
    `addresses that can be no public server are kept as advertisements and never become servers`()
    throws
  {
    var scan = RawScan("a")
    scan.listings = [
      .bootstrap("127.0.0.1"), .bootstrap("0.0.0.0"), .bootstrap("192.168.1.4"),
      .bootstrap("fe80::1"), .bootstrap("8.8.4.4", "b.example", ["v1.4", "t99999"]),
      .bootstrap("8.8.8.8", "c.example"),
    ]
    let normalized = try Normalized([scan])
    let reasons = try normalized.rows(Advertisement.self).map(\.reason)
    #expect(
      Set(reasons) == [
        "address.loopback", "address.unspecified", "address.private", "address.link-local",
        "tuple.bad-port", nil,
      ])
    #expect(try normalized.rows(Endpoint.self).map(\.address) == ["8.8.8.8"])
    #expect(try normalized.rows(Server.self).count == 1)
  }

  @Test func `a simulated network's own loopback range is valid in its own scan`() throws {
    var scan = RawScan("a")
    scan.listings = [.bootstrap("127.20.0.1"), .bootstrap("127.0.0.1")]
    scan.observation = .object([
      ("allowed_ranges", .array([.string("127.16.0.0/12")])), ("network", .string("regtest")),
    ])
    let normalized = try Normalized([scan])
    #expect(try normalized.rows(Endpoint.self).map(\.address) == ["127.20.0.1"])
  }

  @Test func `repeated advertisements change counts and nothing else`() throws {
    let peers = #"[["8.8.8.8","x.example",["v1.4","s50002"]]]"#
    func scan(_ times: Int) -> RawScan {
      RawScan(
        "a",
        (1...times).map {
          .answered("9.9.9.9", attempt: $0, replies: [("server.peers.subscribe", peers)])
        })
    }
    let once = try Normalized([scan(1)])
    let often = try Normalized([scan(5)])
    #expect(try often.rows(Advertisement.self).map(\.count) == [5])
    #expect(try once.rows(Advertisement.self).map(\.count) == [1])
    #expect(try once.rows(Server.self) == often.rows(Server.self))
  }

  @Test func `an empty donation address is absent, one that was never asked is unknown`() throws {
    let scan = RawScan(
      "a",
      [
        .answered(
          "9.9.9.9", replies: [("server.donation_address", #""""#), ("server.banner", #""hi""#)]),
        .answered("9.9.9.8", port: 2),
      ])
    let servers = try Normalized([scan]).rows(Server.self)
    #expect(Set(servers.map(\.donationStatus)) == [.absent, .unknown])
    #expect(Set(servers.map(\.bannerStatus)) == [.value, .unknown])
  }

  @Test func `replies that are no JSON, or not of the method's type, are unknown and never trap`()
    throws
  {
    let results = [
      "{}", "[]", "null", "1e999", #"[[[[]]]]"#, #"[null,null]"#, #"{"height":-1,"hex":5}"#,
      #"{"height":99999999999999999999,"hex":"zz"}"#, #"{"hosts":[1]}"#, "\u{0}", "{",
      #"{"hosts":{"a":{"tcp_port":"x"}},"protocol_max":7}"#,
    ]
    let probes = [
      "server.version", "server.features", "server.banner", "server.peers.subscribe",
      "blockchain.headers.subscribe", "server.donation_address",
    ]
    for result in results {
      let scan = RawScan(
        "a",
        [
          .answered("9.9.9.9", version: nil, replies: probes.map { ($0, result) })
        ])
      let server = try #require(try Normalized([scan]).rows(Server.self).first)
      #expect(server.genesisHash == nil)
    }
  }

  @Test func `the shape of a reply is recorded: key order, separators, line end, padding, error`()
    throws
  {
    var connection = Connection.answered("9.9.9.9")
    connection.received = [
      Self.chunk(at: 5, #"{"jsonrpc": "2.0", "error": {"code": -101, "mes"#),
      Self.chunk(at: 9, #"sage": "excessive resource usage"}, "id": 0   }"# + "\r\n"),
    ]
    connection.exchanges[0].outcome = .throttled
    let rows = try Normalized([RawScan("a", [connection])]).rows(ExchangeRecord.self)
    #expect(rows.count == 1)
    #expect(rows[0].keyOrder == "jsonrpc,error,id")
    #expect(rows[0].separators == "spaced")
    #expect(rows[0].lineEnd == "crlf")
    #expect(rows[0].paddingBytes == 3)
    #expect(rows[0].errorCode == -101)
    #expect(rows[0].errorMessage == "excessive resource usage")
  }

  @Test func `names count as verified only where their look-up gave the address`() throws {
    var scan = RawScan("a", [.answered("9.9.9.9"), .answered("9.9.9.8", port: 2)])
    scan.listings = [
      .bootstrap("9.9.9.9", "one.example.org"),
      .bootstrap("9.9.9.8", "two.example.org", ["v1.4", "t2"]),
    ]
    scan.resolutions = [
      NameResolution(name: "one.example.org", outcome: .answered).with {
        $0.addresses = ["9.9.9.9"]
      },
      NameResolution(name: "two.example.org", outcome: .answered).with {
        $0.addresses = ["1.2.3.4"]
      },
    ]
    let servers = try Normalized([scan]).rows(Server.self)
    #expect(Set(servers.map(\.registrableDomains)) == [["example.org"], []])
    #expect(Set(servers.map(\.names)) == [["one.example.org"], ["two.example.org"]])
  }
}
