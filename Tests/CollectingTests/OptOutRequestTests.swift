import Artifact
import ElectrumProtocol
import Foundation
import Records
import TestSupport
import Testing

@testable import Collecting

struct OptOutRequestTests {
  @Test(arguments: [
    ("observatory:opt-out", true), ("Welcome!\nObservatory:Opt-Out.\n", true),
    ("<b>OBSERVATORY:OPT-OUT</b>", true), ("bc1qxyz observatory:opt-out", true),
    ("observatory:opt-outs", false), ("observatory:opt-out-not", false), ("", false),
    ("my-observatory:opt-out", false), ("observatory: opt-out", false), ("opt-out", false),
    ("éobservatory:opt-out", false), ("x observatory:opt-ou", false),
    ("observatory:opt-outx observatory:opt-out", true),
  ]) func `a server opts out by the token as a word of its own, in any case`(
    text: String, asks: Bool
  ) {
    #expect(OptOutRequest.asks(text) == asks)
  }

  @Test func `a server speaks for its address, and for a name only where a look-up led to it`() {
    func request(_ host: String, resolved: Int?) -> OptOutRequest {
      let candidate = Candidate(
        network: .ipv4, address: "8.8.8.8", host: host, port: 50001, transport: .tcp,
        resolveMicroseconds: resolved)
      return OptOutRequest(candidate, startedAt: "2026-01-02T03:04:05.000000Z")
    }
    #expect(request("own.example", resolved: 5).name == "own.example")
    #expect(request("victim.example", resolved: nil).name == nil)
    #expect(request("8.8.8.8", resolved: nil).address == "8.8.8.8")
  }

  @Test func `what a server says of itself is read from its replies`() {
    var row = Connection(
      address: "8.8.8.8", detail: "", host: "a", network: .ipv4, outcome: .answered, transport: .tcp
    ).with {
      $0.attempt = 1
      $0.bytesReceived = 0
      $0.bytesSent = 0
      $0.port = 50001
      $0.truncated = false
    }
    row.received = [
      Chunk().with {
        $0.data = "{\"id\":2,\"result\":\"Hi\\nobservatory:opt-out\"}\n{\"id\":1,\"res"
      },
      Chunk().with {
        $0.data = "ult\":{\"hosts\":{\"b.example\":{\"ssl_port\":50002}}}}\n"
      },
    ]
    row.exchanges = [
      Exchange(outcome: .answered, probe: "server.features").with {
        $0.id = 1
        $0.line = 1
      },
      Exchange(outcome: .answered, probe: "server.banner").with {
        $0.id = 2
        $0.line = 0
      },
      Exchange(outcome: .answered, probe: "server.donation_address").with {
        $0.id = 3
        $0.line = 7
      },
    ]
    let words = SelfDescription(row)
    #expect(words.asksToBeLeftOut)
    #expect(words.hosts.map(\.host) == ["b.example"])
    row.exchanges[1].outcome = .replyError
    #expect(!SelfDescription(row).asksToBeLeftOut)
  }

  @Test func `from its word on a server is contacted at no endpoint`() {
    var frontier = Frontier(rules: ConductRules(), routes: [.ipv4])
    let offers: [AdvertisedPeer.PortOffer] = [.init(50001, .tcp), .init(50002, .ssl)]
    let first = frontier.add([AdvertisedPeer(address: "8.8.8.8", host: "", ports: offers)])
    #expect(first.count == 2)
    frontier.optOut(OptOutRequest(address: "8.8.8.8", name: "own.example", date: ""))
    for case .contact(let candidate) in first { #expect(frontier.isOptedOut(candidate)) }
    let later = frontier.add([
      AdvertisedPeer(address: "8.8.8.8", host: "", ports: [.init(443, .ssl)]),
      AdvertisedPeer(address: "own.example", host: "own.example", ports: [.init(443, .ssl)]),
    ])
    #expect(later.count == 2)
    for action in later {
      guard case .record(_, .untestedOptedOut) = action else {
        Issue.record("\(action)")
        continue
      }
    }
  }

  @Test func `a dataset remembers who opted out, once each, in a list that people can read`() throws
  {
    let folder = try TemporaryFolder()
    let memory = OptOutMemory(folder: folder.path)
    #expect(try memory.list() == OptOutList())
    let requests = [
      OptOutRequest(address: "8.8.8.8", name: "own.example", date: "2026-01-02T03:04:05Z"),
      OptOutRequest(address: "2600::1", name: nil, date: "2026-01-02T03:04:06Z"),
      OptOutRequest(address: "a.onion", name: nil, date: "2026-01-02T03:04:07Z"),
    ]
    try memory.remember(requests)
    let text = try String(
      contentsOfFile: folder.file(OptOutMemory.fileName), encoding: .utf8)
    #expect(text.contains("8.8.8.8  # 2026-01-02T03:04:05Z said at 8.8.8.8\n"))
    try memory.remember(requests.reversed())
    let again = try String(
      contentsOfFile: folder.file(OptOutMemory.fileName), encoding: .utf8)
    #expect(again == text)
    let list = try memory.list()
    for entry in ["8.8.8.8", "own.example", "2600::1", "a.onion"] {
      #expect(list.contains(entry: entry))
    }
    #expect(!list.contains(entry: "8.8.8.9"))
  }

  @Test func `what cannot be read in the memory is an error, not passed over`() throws {
    let folder = try TemporaryFolder()
    try "not a name\n".write(
      toFile: folder.file(OptOutMemory.fileName), atomically: true, encoding: .utf8)
    #expect(throws: (any Error).self) { try OptOutMemory(folder: folder.path).list() }
  }
}
