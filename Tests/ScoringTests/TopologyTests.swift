import Records
import Testing

@testable import Scoring

/// Peers describe and accuse nobody.
struct TopologyTests {
  /// Six operators that name each other and two servers of one more, which name what they are told to.
  private func scan(_ own: Set<String>, followed: Int = 9, answering: Int = 5) -> SampleSeries {
    var scan = SampleScan()
    let all = Set((0..<40).map { "h\($0)" } + ["x1", "x2", "x3"])
    for index in 0..<40 {
      var server = scan.server("h\(index)")
      server.peers = PeerList(
        place: scan.place(), servers: all.subtracting(["h\(index)"]), followed: 40, answering: 30)
      scan.servers.append(server)
    }
    for id in ["x1", "x2", "x3"] {
      var server = scan.server(id, voter: "x")
      if id == "x1" {
        server.peers = PeerList(
          place: scan.place(), servers: own, followed: followed, answering: answering)
      }
      scan.servers.append(server)
    }
    return SampleSeries(scan)
  }

  @Test func `a list of an operator's own servers is shown and not scored`() throws {
    let closed = scan(["x2", "x3", "h1", "h2", "h3"])
    #expect(try closed.status("x1", .ownPeers) == .passed, "a pair of five is no wonder")
    var wide = SampleScan()
    for index in 0..<60 {
      var server = wide.server("h\(index)")
      let others = (0..<60).filter { $0 != index }.map { "h\($0)" } + (0..<6).map { "x\($0)" }
      server.peers = PeerList(place: wide.place(), servers: Set(others))
      wide.servers.append(server)
    }
    for index in 0..<6 { wide.servers.append(wide.server("x\(index)", voter: "x")) }
    let last = wide.servers.count - 1
    wide.servers[last].peers = PeerList(
      place: wide.place(), servers: ["x0", "x1", "x2", "x3", "x4", "h1"])
    let series = SampleSeries(wide)
    #expect(try series.grade("x5", .ownPeers) == IndicatorGrade.none)
    #expect(try series.status("h1", .ownPeers) == .unknown, "it has no other of its own")
    #expect(try series.deviation("x5").score == series.deviation("h1").score)
  }

  @Test func `a list of which nobody answered is shown and not scored, a short one is not`() throws
  {
    let dead = scan([], followed: 12, answering: 0)
    #expect(try dead.grade("x1", .unreachablePeers) == IndicatorGrade.none)
    #expect(try !dead.deviation("x1").flagged)
    #expect(try scan([], followed: 12, answering: 1).status("x1", .unreachablePeers) == .passed)
    #expect(try scan([], followed: 4, answering: 0).status("x1", .unreachablePeers) == .unknown)
    #expect(try dead.status("x2", .unreachablePeers) == .unknown, "it told none")
  }

  @Test func `entries lead to the endpoint that answered, by name or address, on a listed port`() {
    func endpoint(_ id: String, _ address: String, port: Int, reached: Bool) -> Endpoint {
      Endpoint().with {
        $0.endpointID = id
        $0.serverID = "s_\(id)"
        $0.host = ["\(id).example"]
        $0.address = address
        $0.port = port
        $0.tested = true
        $0.reached = reached
      }
    }
    var places = PeerPlaces()
    places.take(endpoint("up", "192.0.2.1", port: 50002, reached: true))
    places.take(endpoint("down", "192.0.2.2", port: 50001, reached: false))
    func entry(_ address: String, _ host: String, ssl: Int? = nil, tcp: Int? = nil) -> Advertisement
    {
      var row = Advertisement(
        sourceKind: .peers, source: "e", address: address, host: host, network: .ipv4)
      row.sslPort = ssl
      row.tcpPort = tcp
      return row
    }
    #expect(places.place(entry("192.0.2.1", "other.example", ssl: 50002))?.server == "s_up")
    #expect(places.place(entry("192.0.2.9", "up.example", ssl: 50002))?.isReached == true)
    #expect(places.place(entry("192.0.2.2", "down.example", tcp: 50001))?.isReached == false)
    #expect(places.place(entry("192.0.2.1", "up.example", ssl: 443)) == nil)
    #expect(places.place(entry("192.0.2.1", "up.example")) == nil)
    #expect(places.serverOf["down"] == "s_down")
  }
}

/// What spends the unknown.
struct ParentTests {
  private func server(_ answers: [(String, ScanEvidence.Transaction.Answer)]) -> ScanEvidence {
    let scan = SampleScan()
    var server = scan.server("x")
    server.parents = answers.enumerated().map {
      .init(place: scan.place($0.offset), asked: $0.element.0, answer: $0.element.1)
    }
    return server
  }

  private let listed = ScanEvidence.Unconfirmed(
    place: SampleScan().place(), script: "s", transaction: "u", touchesScript: nil,
    parents: ["p", "q"])

  @Test
  func `two refusals of a parent that it never gave make an orphan, one or a busy one do not`() {
    let bytes = ScanEvidence.Transaction.Answer.bytes(id: "p", scripts: [], isOfNodeSize: false)
    #expect(server([("p", .notFound), ("p", .notFound)]).knowsNoParent(of: listed))
    #expect(server([("p", .notFound), ("q", .notFound)]).knowsNoParent(of: listed))
    #expect(!server([("p", .notFound)]).knowsNoParent(of: listed))
    #expect(!server([("p", .notFound), ("p", .unknown)]).knowsNoParent(of: listed))
    #expect(!server([("p", .notFound), ("p", .notFound), ("p", bytes)]).knowsNoParent(of: listed))
    #expect(!server([("z", .notFound), ("z", .notFound)]).knowsNoParent(of: listed))
  }

  @Test func `a probe says why a transaction was asked for`() {
    #expect(TransactionQuestion(probe: "second.parent.1.1") == .parent)
    #expect(TransactionQuestion(probe: "second.unconfirmed.2") == .unconfirmed)
    #expect(TransactionQuestion(probe: "transaction.get.oldest.p2pkh") == .buried)
    #expect(TransactionQuestion(probe: "second.proof.1.transaction") == .buried)
    for probe in ["second.parent.1.2", "second.unconfirmed.1", "transaction.get.newest.p2wpkh"] {
      #expect(TransactionQuestion.isAsked(by: probe))
    }
    #expect(!TransactionQuestion.isAsked(by: "server.banner"))
  }
}
