import Artifact
import ElectrumProtocol
import Records
import TestSupport
import Testing

/// The chain that a server is on has its name by headers, where they were asked for.
struct ChainNameTests {
  /// Mainnet's block 0: any header with work will do, at a height where it is not mainnet's own.
  private static let header =
    "01000000" + String(repeating: "0", count: 64)
    + "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c"

  private func server(_ header: String) throws -> Server {
    let features = #"{"genesis_hash":"\#(BitcoinNetwork.mainnet.genesisHash)"}"#
    return try #require(
      try Normalized([
        RawScan(
          "a",
          [
            .answered(
              "9.9.9.9",
              replies: [("server.features", features), ("second.fork.479807", #""\#(header)""#)])
          ])
      ]).rows(Server.self).first)
  }

  @Test func `another header than mainnet's names the chain`() throws {
    let row = try server(Self.header)
    #expect(row.chain == "bitcoin-cash" && row.chainEvidence == .header)
  }

  @Test func `bytes without work name no chain`() throws {
    let row = try server(String(repeating: "00", count: 80))
    #expect(row.chain == "mainnet" && row.chainEvidence == .genesis)
  }
}
