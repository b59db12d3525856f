import Collecting
import ElectrumProtocol
import Records
import Testing

struct PeerRoundsTests {
  private func peers(_ numbers: some Sequence<Int>) -> [AdvertisedPeer] {
    numbers.map {
      AdvertisedPeer(address: "8.8.\($0).1", host: "h\($0)", ports: [.init(50001, .tcp)])
    }
  }

  @Test func `a server that tells all at once is asked twice`() {
    var rounds = PeerRounds(most: 9)
    #expect(rounds.take(peers(1...50), from: "a") == true)
    #expect(rounds.take(peers(1...50), from: "a") == false)
  }

  @Test func `questions that are decided on count, whatever endpoint they go to`() {
    var rounds = PeerRounds(most: 3)
    #expect(rounds.take(peers(1...2), from: "a") == true)
    #expect(rounds.take(peers(3...4), from: "a") == false)
    #expect(rounds.take(peers(5...6), from: "a", isRepeat: true) == false)
  }

  @Test func `a server is asked as long as it tells of others, at most so often`() {
    var rounds = PeerRounds(most: 4)
    #expect(rounds.take(peers(1...2), from: "a") == true)
    #expect(rounds.take(peers(2...3), from: "a", isRepeat: true) == true)
    #expect(rounds.take(peers(4...5), from: "a", isRepeat: true) == true)
    #expect(rounds.take(peers(6...7), from: "a", isRepeat: true) == false)
    #expect(rounds.take(peers(8...9), from: "a") == false)
    #expect(rounds.take(peers(1...2), from: "b") == true)
  }

  @Test func `a server that knows nobody is not asked again`() {
    var rounds = PeerRounds(most: 4)
    #expect(rounds.take([], from: "a") == false)
  }

  @Test func `more silence can be asked for`() {
    var rounds = PeerRounds(most: 9, quiet: 2)
    #expect(rounds.take(peers(1...2), from: "a") == true)
    #expect(rounds.take(peers(1...2), from: "a") == true)
    #expect(rounds.take(peers(1...2), from: "a") == false)
  }

  @Test func `hosts of server features are endpoints; what is no port is passed over`() throws {
    let text =
      #"{"hosts":{"a.example":{"tcp_port":50001,"ssl_port":50002,"wss_port":50004},"#
      + #""hyr6qfqahfmuum4jj5swjynrgsf326qardkcyswlopxk5vm4aco726yd.onion":{"tcp_port":50001,"ssl_port":null},"c":{"tcp_port":0,"ssl_port":"50002"},"#
      + #""d":7,"e":{}}}"#
    let features = try WireDocument(parsing: Array(text.utf8)).value
    let claimed = OwnHosts.peers(features)
    #expect(
      claimed.map(\.host) == [
        "a.example", "hyr6qfqahfmuum4jj5swjynrgsf326qardkcyswlopxk5vm4aco726yd.onion", "c",
      ])
    #expect(
      claimed.first?.ports == [.init(50001, .tcp), .init(50002, .ssl), .init(50004, .wss)])
    for odd in ["{}", "[]", "null", #"{"hosts":[1]}"#, #"{"hosts":null}"#] {
      #expect(OwnHosts.peers(try WireDocument(parsing: Array(odd.utf8)).value).isEmpty)
    }
  }
}
