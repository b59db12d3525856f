import ElectrumProtocol
import Testing

struct PeerTupleTests {
  private func peer(_ text: String, network: BitcoinNetwork = .mainnet) throws -> PeerTuple {
    try PeerTuple(try WireDocument(parsing: Array(text.utf8)).value, network: network)
  }

  @Test func `both feature orders and the pruning are read`() throws {
    let electrumX = try peer(
      #"["127.10.9.3","a3.peers.test",["v1.7.0","p100","s50002","t50001"]]"#)
    #expect(electrumX.protocolVersion == "1.7.0")
    #expect(electrumX.pruning == "100")
    #expect(electrumX.sslPort == 50002)
    #expect(electrumX.tcpPort == 50001)
    let fulcrum = try peer(#"["::1","b.test",["v1.6","t110","s995"]]"#)
    #expect(fulcrum.tcpPort == 110)
    #expect(fulcrum.sslPort == 995)
    #expect(fulcrum.pruning == nil)
  }

  @Test func `a bare letter means the default port of the network`() throws {
    let text = #"["1.2.3.4","x.test",["t","s"]]"#
    #expect(try peer(text).tcpPort == 50001)
    #expect(try peer(text, network: .regtest).sslPort == 51002)
  }

  @Test(arguments: [
    (#"{"a":1}"#, PeerTuple.Rejection.Reason.notAnArray), (#"["1.2.3.4","x"]"#, .wrongLength),
    (#"[1,"x",["t"]]"#, .badAddress), (#"["","x",["t"]]"#, .badAddress),
    (#"["1.2.3.4",null,["t"]]"#, .badHost), (#"["1.2.3.4","a b",["t"]]"#, .badHost),
    (#"["1.2.3.4","x","t50001"]"#, .badFeatures), (#"["1.2.3.4","x",["t",5]]"#, .badFeatures),
    (#"["1.2.3.4","x",["t0"]]"#, .badPort), (#"["1.2.3.4","x",["s65536"]]"#, .badPort),
    (#"["1.2.3.4","x",["t+50001"]]"#, .badPort), (#"["1.2.3.4","x",["t50001x"]]"#, .badPort),
    (#"["1.2.3.4","x",["v1.4"]]"#, .noPort), (#"["1.2.3.4","x",[]]"#, .noPort),
  ]) func `a rejected item keeps its text`(text: String, reason: PeerTuple.Rejection.Reason) {
    #expect(throws: PeerTuple.Rejection(reason: reason, raw: text)) { try peer(text) }
  }

  @Test func `one bad item does not spoil a list`() throws {
    let list = try WireDocument(
      parsing: Array(#"[["1.2.3.4","x",["t"]],5,["1.2.3.5","y",["q9","s"]]]"#.utf8))
    let peers = try #require(PeerTuple.list(list.value))
    #expect(peers.compactMap { try? $0.get().host } == ["x", "y"])
    #expect(PeerTuple.list(.null) == nil)
  }
}
