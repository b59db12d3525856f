import Records
import TestSupport
import Testing

@testable import Normalizing

@Suite("Floods of peers")
struct PeerFloodTests {
  private static func mention(_ number: Int, count: Int = 1, heardAt: String? = nil)
    -> PeerTuples.Mention
  {
    PeerTuples.Mention(
      address: "a\(number)", host: "h", features: [], kind: .peers, source: "e", count: count,
      heardAt: heardAt)
  }

  @Test("Those that come first by their key stay, in whatever order they arrive", arguments: 0..<20)
  func order(round: Int) {
    var tuples = PeerTuples(maximumPerSource: 10)
    // Every one is named, some twice.
    let numbers = (100..<200).shuffled() + (150..<160).shuffled()
    for number in numbers { tuples.take(Self.mention(number)) }
    #expect(Set(tuples.kept.map(\.address)) == Set((100..<110).map { "a\($0)" }))
    #expect(tuples.kept.count == 10)
    #expect(Array(tuples.dropped.values) == [100])
    #expect(tuples.droppedText?.hasPrefix("100 peer tuples of 1 sources dropped") == true)
  }

  @Test("Repetitions are counted on those that stay, with the earliest time", arguments: 0..<20)
  func repetitions(round: Int) {
    var tuples = PeerTuples(maximumPerSource: 2)
    let mentions = (1...9).flatMap { number in
      [
        Self.mention(number, heardAt: "2026-01-0\(number)T00:00:00Z"),
        Self.mention(number, count: 3, heardAt: "2026-01-0\(number)T01:00:00Z"),
        Self.mention(number),
      ]
    }
    for mention in mentions.shuffled() { tuples.take(mention) }
    let kept = tuples.kept.sorted { $0.address < $1.address }
    #expect(kept.map(\.address) == ["a1", "a2"])
    #expect(kept.map(\.count) == [5, 5])
    #expect(kept.map(\.heardAt) == ["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"])
    #expect(Array(tuples.dropped.values) == [35])
  }

  @Test("A source that floods loses its own peers beyond the limit, and no other source any")
  func flood() throws {
    let peers = (0..<30).map { #"["8.8.\#($0).8","p\#($0).example",["v1.4","t50001"]]"# }
    func scan(_ peers: [String]) -> RawScan {
      RawScan(
        "a",
        [
          .answered(
            "9.9.9.9", replies: [("server.peers.subscribe", "[\(peers.joined(separator: ","))]")]),
          .answered(
            "9.9.9.8", replies: [("server.peers.subscribe", "[\(peers[29]),\(peers[28])]")]),
        ])
    }
    let normalized = try Normalized([scan(peers)], maximumAdvertisements: 4)
    let rows = try normalized.rows(Advertisement.self)
    let flooder = try #require(
      try normalized.rows(Endpoint.self).first { $0.address == "9.9.9.9" })
    let (its, others) = (
      rows.filter { $0.source == flooder.endpointID },
      rows.filter { $0.source != flooder.endpointID }
    )
    #expect(its.map(\.address) == ["8.8.0.8", "8.8.1.8", "8.8.10.8", "8.8.11.8"])
    #expect(its.map(\.sourceDropped) == [26, 26, 26, 26])
    #expect(others.map(\.address).sorted() == ["8.8.28.8", "8.8.29.8"])
    #expect(others.map(\.sourceDropped) == [0, 0])
    #expect(try normalized.rows(Endpoint.self).count == 2 + 4 + 2)
    #expect(try normalized.rows(Server.self).allSatisfy { $0.peersReturned != 4 })
  }
}
