import Artifact
import Digests
import Normalizing
import Records
import TestSupport
import Testing

/// What a server says of its peers.
struct AdvertisedPeersTests {
  private static let address = "9.9.9.9"

  private static func peer(
    _ address: String, _ name: String? = nil, _ features: String = #""v1.4","t50001""#
  ) -> String {
    #"["\#(address)","\#(name ?? address)",[\#(features)]]"#
  }

  private static func list(_ peers: [String]) -> String { "[\(peers.joined(separator: ","))]" }

  /// The facts of a server that gives these replies, one a port.
  private func facts(
    _ replies: [String], maximum: Int? = nil, listings: [Listing] = [], names: [String] = []
  ) throws -> PeerFacts {
    var scan = RawScan(
      "a",
      replies.enumerated().map { port, reply in
        .answered(
          Self.address, port: 50001 + port, host: names.first,
          replies: [("server.peers.subscribe", reply)])
      })
    scan.listings = listings
    scan.resolutions = names.map {
      NameResolution(name: $0, outcome: .answered).with {
        $0.addresses = [Self.address]
      }
    }
    let servers = try Normalized([scan], maximumAdvertisements: maximum).rows(Server.self)
    return try #require(servers.first { $0.addresses.contains(Self.address) }).peerFacts
  }

  @Test func `the set is what a reader makes of its words, whatever their order and how often`()
    throws
  {
    let pairs = [("8.8.8.8", "a.example"), ("2001:4860:4860::8888", "b.example")]
    let digests = pairs.map { SHA256.hex(Array($0.utf8) + [0] + Array($1.utf8)) }.sorted()
    let bytes = digests.flatMap { digest in
      stride(from: 0, to: 32, by: 2).compactMap { UInt8(digest.dropFirst($0).prefix(2), radix: 16) }
    }
    // Capital letters, another form of the address and other features are no other peer.
    let peers = [
      Self.peer("8.8.8.8", "A.example."), Self.peer("8.8.8.8", "a.example", #""s""#),
      Self.peer("2001:4860:4860:0::8888", "b.example"),
    ]
    let first = try facts([Self.list(peers)])
    #expect(first.advertised == 2)
    #expect(first.sha256 == SHA256.hex(bytes))
    #expect(first.sketch == digests.map { String($0.prefix(12)) })
    #expect(first.advertisesItself == false)
    #expect(try facts([Self.list(peers.reversed() + peers)]) == first)
    #expect(try facts([Self.list(Array(peers.dropLast()))]).sha256 != first.sha256)
  }

  @Test func `no answer is unknown, and a list of nobody is none`() throws {
    let silent = try facts([#"error:{"code":-32600,"message":"no"}"#])
    #expect(silent == PeerFacts())
    let none = try facts(["[]"])
    #expect(none.advertised == 0 && none.sha256 == nil && none.sketch.isEmpty)
    #expect(none.advertisesItself == false)
  }

  @Test func `of many peers 32 digests stay, and they tell how much two sets have in common`()
    throws
  {
    let peers = (0..<200).map { Self.peer("8.8.1.\($0)", "p\($0).example") }
    let (one, other) = (
      try facts([Self.list(Array(peers[..<150]))]), try facts([Self.list(Array(peers[50...]))])
    )
    #expect(one.advertised == 150 && other.advertised == 150)
    #expect(one.sketch.count == 32 && one.sketch == one.sketch.sorted())
    let least = Set(one.sketch + other.sketch).sorted().prefix(32)
    let both = least.count { one.sketch.contains($0) && other.sketch.contains($0) }
    // 100 of 200 are in both; the standard error of the share is 0.09.
    #expect(abs(Double(both) / 32 - 0.5) < 0.3)
  }

  @Test func `more than is kept is unknown, but for what was seen among the first`() throws {
    let flood = (0..<30).map { Self.peer("8.8.\($0).8") }
    let many = try facts([Self.list(flood)], maximum: 4)
    #expect(many == PeerFacts())
    let own = try facts([Self.list([Self.peer(Self.address), Self.peer("1.1.1.1")])], maximum: 1)
    #expect(own.advertised == nil && own.advertisesItself == nil)
    let first = try facts(
      [Self.list([Self.peer(Self.address), Self.peer("9.9.9.99")])], maximum: 1)
    #expect(first.advertised == nil && first.sha256 == nil && first.advertisesItself == true)
  }

  @Test func `it lists itself by its address, or by a name that is verified`() throws {
    #expect(try facts([Self.list([Self.peer(Self.address)])]).advertisesItself == true)
    let byName = Self.list([Self.peer("8.8.8.8", "own.example")])
    #expect(try facts([byName]).advertisesItself == false)
    #expect(try facts([byName], names: ["own.example"]).advertisesItself == true)
  }

  @Test func `who is heard of first is told by the times, and lists come before replies`() throws {
    func listing(_ time: String?) -> Listing {
      var listing = Listing.bootstrap(Self.address)
      listing.heardAt = time
      return listing
    }
    func first(_ listings: [Listing], _ peers: [String] = []) throws -> AdvertisementKind? {
      try facts([Self.list(peers)], listings: listings).firstHeardFrom
    }
    let itself = [Self.peer(Self.address)]
    #expect(try first([]) == nil)
    #expect(try first([], itself) == .peers)
    #expect(try first([listing(nil)]) == .bootstrap)
    // Nobody says when the list had it.
    #expect(try first([listing(nil)], itself) == nil)
    #expect(try first([listing("2026-01-01T00:00:00.900000Z")], itself) == .bootstrap)
    #expect(try first([listing("2026-01-01T00:00:09Z")], itself) == .peers)
  }

  @Test func `a peer list of a hundred thousand is read to the bound of a source`() throws {
    let peers = (0..<100_000).map { Self.peer("8.\($0 >> 16).\($0 >> 8 & 255).\($0 & 255)") }
    let flood = try facts([Self.list(peers)], maximum: 1_000)
    #expect(flood.advertised == nil && flood.sketch.isEmpty)
  }
}
