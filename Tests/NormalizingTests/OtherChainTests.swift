import ElectrumProtocol
import Records
import Testing

@testable import Normalizing

/// A scan whose servers are of another network than its name.
struct OtherChainTests {
  private func servers(_ counts: [(String?, Int)]) -> [Server] {
    counts.flatMap { hash, count in
      (0..<count).map { index in
        Server(
          serverID: "s\(index)", outcome: .answered, bannerStatus: .unknown,
          donationStatus: .unknown
        ).with { $0.genesisHash = hash }
      }
    }
  }

  private static let mainnet = BitcoinNetwork.mainnet.genesisHash
  private static let testnet3 = BitcoinNetwork.testnet3.genesisHash
  private static let testnet4 = BitcoinNetwork.testnet4.genesisHash
  private static let unknown = String(repeating: "ab", count: 32)

  private func row(_ told: ToldChains) -> Scan {
    var row = Scan(scan: "a", chain: "mainnet")
    told.describe(&row, of: .mainnet)
    return row
  }

  @Test
  func
    `more than half of those that tell a genesis mark the scan, and the log names the parameter`()
  {
    let told = ToldChains(servers([(Self.mainnet, 2), (Self.testnet3, 3), (nil, 40)]))
    #expect(row(told).marks == ["other-chain"])
    #expect(row(told).chainTold == "testnet3")
    let warning = told.warning(of: .mainnet) ?? ""
    #expect(warning.contains("collect.network to testnet3"))
    #expect(told.warning(of: .testnet3) == nil)
  }

  @Test func `two other networks together are other networks`() {
    let told = ToldChains(
      servers([(Self.mainnet, 3), (Self.testnet3, 2), (Self.testnet4, 2)]))
    #expect(row(told).isOfOtherChain)
    #expect(row(told).chainTold == "testnet3")
  }

  @Test(arguments: [
    [(mainnet, 3), (testnet3, 3)], [(mainnet, 1), (unknown, 9)], [(mainnet, 4)], [],
    [(testnet3, 1), (unknown, 1)],
  ]) func `half of them, or a genesis of no known network, marks nothing`(
    counts: [(String?, Int)]
  ) {
    let told = ToldChains(servers(counts))
    #expect(row(told).marks.isEmpty)
    #expect(told.warning(of: .mainnet) == nil)
  }
}
