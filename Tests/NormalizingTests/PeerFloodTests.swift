import Records
import TestSupport
import Testing

@testable import Normalizing

/// Floods of peers.
struct PeerFloodTests {
  private static func mention(_ number: Int, count: Int = 1, heardAt: String? = nil)
    -> PeerTuples.Mention
  {
    PeerTuples.Mention(
      address: "a\(number)", host: "h", features: [], kind: .peers, source: "e", count: count,
      heardAt: heardAt)
  }

  private static func addresses(_ tuples: PeerTuples) -> [String] {
    tuples.told().flatMap(\.tuples).map { tuples.catalog[$0.number].address }
  }

  @Test(arguments: 0..<20)
  func `those that come first by their key stay, in whatever order they arrive`(round: Int) {
    var tuples = PeerTuples(maximumPerSource: 10)
    // Every one is named, some twice.
    let numbers = (100..<200).shuffled() + (150..<160).shuffled()
    for number in numbers { tuples.take(Self.mention(number)) }
    let told = tuples.told()
    #expect(Self.addresses(tuples) == (100..<110).map { "a\($0)" })
    #expect(told.map(\.dropped) == [100])
    let table = AdvertisementTable(told: told, catalog: tuples.catalog, readings: [])
    let text = table.droppedText(maximum: 10)
    #expect(text?.hasPrefix("100 peer tuples of 1 sources dropped") == true)
  }

  @Test(arguments: 0..<20)
  func `repetitions are counted on those that stay, with the earliest time`(round: Int) {
    var tuples = PeerTuples(maximumPerSource: 2)
    let mentions = (1...9).flatMap { number in
      [
        Self.mention(number, heardAt: "2026-01-0\(number)T00:00:00Z"),
        Self.mention(number, count: 3, heardAt: "2026-01-0\(number)T01:00:00Z"),
        Self.mention(number),
      ]
    }
    for mention in mentions.shuffled() { tuples.take(mention) }
    let kept = tuples.told().flatMap(\.tuples)
    #expect(Self.addresses(tuples) == ["a1", "a2"])
    #expect(kept.map(\.count) == [5, 5])
    #expect(kept.map(\.heardAt) == ["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"])
    #expect(tuples.told().map(\.dropped) == [35])
  }

  @Test func `tuples that no source counts any longer are forgotten`() {
    var tuples = PeerTuples(maximumPerSource: 10)
    // Backwards, so that each comes before all that are known.
    for number in (1000..<9000).reversed() { tuples.take(Self.mention(number)) }
    #expect(Self.addresses(tuples) == (1000..<1010).map { "a\($0)" })
    #expect(tuples.told().map(\.dropped) == [7990])
    #expect(tuples.catalog.limit <= 20)
  }

  @Test func `what many sources tell is kept once, and what no source's first are is let go`() {
    var tuples = PeerTuples(maximumPerSource: 100)
    for source in 0..<50 {
      for number in (1000..<1150).shuffled() {
        tuples.take(
          PeerTuples.Mention(
            address: "a\(number)", host: "h", features: [], kind: .peers, source: "e\(source)",
            count: 1, heardAt: nil))
      }
    }
    #expect(tuples.catalog.limit == 150)
    let told = tuples.told()
    #expect(told.map(\.tuples.count) == Array(repeating: 100, count: 50))
    #expect(told.map(\.dropped) == Array(repeating: 50, count: 50))
    let catalog = tuples.takeCatalog(told)
    #expect((0..<150).count { catalog.isUsed($0) } == 100)
    #expect(tuples.catalog.limit == 0)
  }

  @Test
  func `features that look joined are told apart between sources, as within one they are not`() {
    let joined = ["v1.4\u{1f}t50001"]
    let apart = ["v1.4", "t50001"]
    var tuples = PeerTuples(maximumPerSource: 10)
    for (source, features) in [("a", joined), ("b", apart), ("a", apart), ("b", joined)] {
      tuples.take(
        PeerTuples.Mention(
          address: "8.8.8.8", host: "h", features: features, kind: .peers, source: source,
          count: 1, heardAt: nil))
    }
    let told = tuples.told()
    let features = told.map { $0.tuples.map { tuples.catalog[$0.number].features } }
    #expect(features == [[joined], [apart]])
    #expect(told.map { $0.tuples.map(\.count) } == [[2], [2]])
  }

  @Test func `a source that floods loses its own peers beyond the limit, and no other source any`()
    throws
  {
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
