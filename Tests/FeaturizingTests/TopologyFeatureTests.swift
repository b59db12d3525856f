import Featurizing
import Records
import Testing

/// Whom a server names, and who names it.
struct TopologyFeatureTests {
  private static let own: [Feature] = [
    .peersAdvertised, .peersSHA256, .peersSketch, .advertisesItself,
  ]

  private func features(
    advertisers: Int = 1, exchanges: [ExchangeRecord] = [.made("s1", "server.peers.subscribe")],
    _ change: (inout Server) -> Void
  ) throws -> FeatureSet {
    var server = Server.made("s1")
    change(&server)
    var endpoint = Endpoint.made("s1")
    endpoint.advertisers = advertisers
    return try FeaturizedSeries([
      SeriesScan(name: "a", servers: [server], endpoints: [endpoint], exchanges: exchanges)
    ]).features()
  }

  @Test func `peers are those that normalize found`() throws {
    let features = try features {
      $0.peersReturned = 3
      ($0.peerFacts.advertised, $0.peerFacts.sha256) = (2, "aa")
      ($0.peerFacts.sketch, $0.peerFacts.advertisesItself) = (["00", "11"], false)
    }
    #expect(features[.peersAdvertised] == .integer(2))
    #expect(features[.peersSHA256] == .text("aa"))
    #expect(features[.peersSketch] == .texts(["00", "11"]))
    #expect(features[.advertisesItself] == .boolean(false))
  }

  @Test func `of no peers the set is absent and the number is 0`() throws {
    let features = try features {
      ($0.peersReturned, $0.peerFacts.advertised) = (0, 0)
      $0.peerFacts.advertisesItself = false
    }
    #expect(features[.peersAdvertised] == .integer(0))
    #expect(features[.peersSHA256] == .absent && features[.peersSketch] == .absent)
    #expect(features[.advertisesItself] == .boolean(false))
  }

  @Test func `too many peers, no reply and no question are unknown, each for its reason`() throws {
    let many = try features { $0.peersReturned = 100_000 }
    let silent = try features(
      exchanges: [.made("s1", "server.peers.subscribe", .replyTimedOut)]
    ) { _ in }
    let unasked = try features(exchanges: []) { _ in }
    for feature in Self.own {
      #expect(many[feature] == .unknown(.tooMany))
      #expect(silent[feature] == .unknown(.outcome(.replyTimedOut)))
      #expect(unasked[feature] == .unknown(.notAsked))
    }
  }

  @Test func `who named it first is a kind of source, nobody, or not known`() throws {
    let listed = try features { $0.peerFacts.firstHeardFrom = .bootstrap }
    #expect(listed[.firstHeardFrom] == .text("bootstrap"))
    #expect(try features(advertisers: 0) { _ in }[.firstHeardFrom] == .absent)
    #expect(try features { _ in }[.firstHeardFrom] == .unknown(.noTime))
    #expect(Feature.firstHeardFrom.dependsOnOthers && Feature.advertisers.dependsOnOthers)
    #expect(Self.own.allSatisfy { !$0.dependsOnOthers })
  }

  @Test func `a scan of the epoch without a reply takes no peers away`() throws {
    var first = Server.made("s1")
    (first.peersReturned, first.peerFacts.advertised) = (1, 1)
    (first.peerFacts.sha256, first.peerFacts.sketch) = ("aa", ["00"])
    (first.peerFacts.advertisesItself, first.peerFacts.firstHeardFrom) = (true, .peers)
    var second = Server.made("s1")
    second.peerFacts.firstHeardFrom = .bootstrap
    let features = try FeaturizedSeries([
      SeriesScan(name: "20260102T030405Z-a", servers: [first], endpoints: [.made("s1")]),
      SeriesScan(name: "20260102T040405Z-a", servers: [second], endpoints: [.made("s1")]),
    ]).features()
    #expect(features[.peersSketch] == .texts(["00"]))
    #expect(features[.advertisesItself] == .boolean(true))
    #expect(features[.firstHeardFrom] == .text("bootstrap"))
  }
}
