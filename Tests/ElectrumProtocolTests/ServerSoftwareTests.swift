import ElectrumProtocol
import Testing

struct ServerSoftwareTests {
  @Test(arguments: [
    ("ElectrumX 1.18.0", ServerSoftware.Implementation.electrumX, "1.18.0" as String?),
    ("Fulcrum 2.1.1", .fulcrum, "2.1.1"), ("electrs/0.11.1", .electrs, "0.11.1"),
    ("electrs-esplora 0.4.1", .electrsEsplora, "0.4.1"),
    ("ElectrumPersonalServer 0.2.4", .electrumPersonalServer, "0.2.4"),
    ("bwt 0.2.4", .bwt, "0.2.4"), ("Floresta 0.8.0", .floresta, "0.8.0"),
    ("jelectum absurd", .jelectrum, "absurd"), ("ElectrumX", .electrumX, nil),
    ("ElectrumX 1.16.0 ", .electrumX, "1.16.0"), ("Fulcrum  2.1.1\t\r\n", .fulcrum, "2.1.1"),
    ("electrs/ ", .electrs, nil), ("ElectrumX 1.16.0 dev", .electrumX, "1.16.0 dev"),
    ("ElectrumXYZ 1", .unknown, nil), ("", .unknown, nil), ("nginx/1.2", .unknown, nil),
  ]) func `the name and version come from the identification`(
    raw: String, implementation: ServerSoftware.Implementation, version: String?
  ) {
    let software = ServerSoftware(raw)
    #expect(software.implementation == implementation)
    #expect(software.version == version)
    #expect(software.raw == raw)
  }

  @Test func `protocol versions compare as numbers`() throws {
    let versions = try ["1.4", "1.4.2", "1.6.0", "1.7", "1.10"].map {
      try #require(ProtocolVersion($0))
    }
    #expect(versions == versions.sorted())
    #expect(ProtocolVersion("1.6") == ProtocolVersion("1.6.0"))
    for bad in ["", "1.", ".1", "abc", "1.4a", "-1", "1..2", "1.2.3.4.5.6.7.8.9", "9999999999"] {
      #expect(ProtocolVersion(bad) == nil)
    }
  }

  @Test func `a network is recognised by its genesis hash`() {
    for network in BitcoinNetwork.allCases {
      #expect(BitcoinNetwork(genesisHash: network.genesisHash.uppercased()) == network)
    }
    #expect(BitcoinNetwork(genesisHash: "00") == nil)
    #expect(BitcoinNetwork.mainnet.defaultSSLPort == 50002)
    #expect(BitcoinNetwork.regtest.defaultTCPPort == 51001)
  }
}
