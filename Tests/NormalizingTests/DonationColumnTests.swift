import Artifact
import ElectrumProtocol
import Normalizing
import Records
import TestSupport
import Testing

/// What a donation address is, by its own checksum.
struct DonationColumnTests {
  private static let mainnet = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
  private static let testnet = "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7"

  private func facts(_ donation: String, genesis: String? = nil) throws -> TextFacts {
    var replies = [("server.donation_address", JSONValue.string(donation).canonicalText)]
    if let genesis {
      replies.append(("server.features", #"{"genesis_hash":"\#(genesis)","hosts":{}}"#))
    }
    let rows = try Normalized([RawScan("a", [.answered("9.9.9.9", replies: replies)])])
      .rows(Server.self)
    return try #require(rows.first).textFacts
  }

  @Test(
    arguments: [
      (mainnet, ContactKind.p2pkh, DestinationNetwork.mainnet, TokenVerdict.valid),
      (testnet, .p2wsh, .testnet, .wrongNetwork),
      (" Thanks: \(mainnet)!\n", .p2pkh, .mainnet, .valid),
      ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", .p2wpkh, .mainnet, .valid),
      ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", nil, nil, .wrongChecksum),
      ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", nil, nil, .wrongChecksum),
      ("tips@example.org", .lightningAddress, nil, .unchecked),
      ("ask me", nil, nil, .noDestination), (" \n", nil, nil, .noDestination),
    ] as [(String, ContactKind?, DestinationNetwork?, TokenVerdict)])
  func `kind, network and verdict of an answer`(
    text: String, kind: ContactKind?, network: DestinationNetwork?, verdict: TokenVerdict
  ) throws {
    let facts = try facts(text)
    #expect(facts.donationKind == kind)
    #expect(facts.donationNetwork == network)
    #expect(facts.donationVerdict == verdict)
  }

  @Test func `of several destinations the best speaks for the answer`() throws {
    let facts = try facts("\(Self.testnet) 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb \(Self.mainnet)")
    #expect(facts.donationVerdict == .valid)
    #expect(facts.donationKind == .p2pkh)
    #expect(try self.facts("\(Self.testnet) a@example.org").donationVerdict == .unchecked)
    #expect(
      try self.facts("\(Self.testnet) 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb").donationVerdict
        == .wrongNetwork)
  }

  @Test func `the server's own genesis hash decides which network is the wrong one`() throws {
    let testnet4 = BitcoinNetwork.testnet4.genesisHash
    #expect(try facts(Self.testnet, genesis: testnet4).donationVerdict == .valid)
    #expect(try facts(Self.mainnet, genesis: testnet4).donationVerdict == .wrongNetwork)
    let unheardOf = String(repeating: "0", count: 64)
    #expect(try facts(Self.testnet, genesis: unheardOf).donationVerdict == .valid)
    #expect(try facts(Self.mainnet, genesis: unheardOf).donationVerdict == .valid)
  }

  @Test func `regtest has prefixes of its own in segwit addresses only`() throws {
    let regtest = BitcoinNetwork.regtest.genesisHash
    #expect(try facts(Self.testnet, genesis: regtest).donationVerdict == .wrongNetwork)
    #expect(
      try facts("mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r", genesis: regtest).donationVerdict == .valid)
  }
}
