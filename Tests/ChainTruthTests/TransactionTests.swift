import ChainTruth
import Digests
import ElectrumProtocol
import Statistics
import TestSupport
import Testing

struct TransactionTests {
  private func bytes(_ hex: String) throws -> [UInt8] { try #require(Hex.bytes(hex)) }

  @Test func `the coinbase of 2009 has the id that everybody knows`() throws {
    let transaction = try #require(RawTransaction(try bytes(KnownChain.coinbaseBytes)))
    #expect(transaction.text == KnownChain.genesisCoinbase)
    #expect(UnindexedTransactions.contains(transaction.text))
  }

  @Test func `the witness of BIP 143's example is no part of its id`() throws {
    let transaction = try #require(RawTransaction(try bytes(KnownChain.witnessBytes)))
    #expect(transaction.text == KnownChain.witnessID)
    #expect(transaction.inputs.count == 2)
  }

  @Test func `bytes that are no transaction, or more than one, are none`() throws {
    let whole = try bytes(KnownChain.witnessBytes)
    for count in whole.indices { #expect(RawTransaction(Array(whole[..<count])) == nil) }
    #expect(RawTransaction(whole + [0]) == nil)
    // Counts of 2^64 - 1 items reserve nothing.
    #expect(RawTransaction([1, 0, 0, 0] + [UInt8](repeating: 0xFF, count: 40)) == nil)
    #expect(RawTransaction([1, 0, 0, 0, 0, 1] + [UInt8](repeating: 0xFF, count: 40)) == nil)
  }

  @Test func `strangers' bytes never trap`() throws {
    var random = SplitMix64(seed: 18)
    let seeds = [try bytes(KnownChain.witnessBytes), try bytes(KnownChain.coinbaseBytes)]
    for round in 0..<Soak.size(1000, of: 4000) {
      var bytes = seeds[round % 2]
      for _ in 0...(round % 7) {
        let index = random.nextIndex(below: bytes.count)
        bytes[index] = UInt8(truncatingIfNeeded: random.next())
      }
      if round % 5 == 0 { bytes.removeLast(random.nextIndex(below: bytes.count)) }
      if let read = RawTransaction(bytes) {
        #expect(read.inputs.count <= bytes.count && read.outputs.count <= bytes.count)
      }
      let texts = stride(from: 0, to: min(bytes.count, 400), by: 10).map { start in
        Hex.text(bytes[start..<min(start + 32, bytes.count)])
      }
      if let branch = try? MerkleBranch(printed: texts) {
        _ = try? branch.root(of: ChainHash(of: bytes), position: Int(random.next() >> 2))
        _ = CheckpointProof(branch: branch, checkpoint: Int(random.next() >> 30))?.completeSubtrees
      }
      _ = ChainHash(printed: String(decoding: bytes, as: UTF8.self))
      _ = BlockHeader(Array(bytes.prefix(80))).map { header in
        let facts = HeaderFacts(header)
        return ReferenceHeaders([1: facts], network: .mainnet).isCostly(facts, at: 2)
      }
    }
  }

  @Test func `a status is the digest of the history as it is told`() {
    let history = [
      ListedTransaction(KnownChain.genesisCoinbase, height: 0),
      ListedTransaction(KnownChain.block1Coinbase, height: 1),
    ]
    #expect(
      StatusHash.of(history) == "35176d70a6ff63ace71db3491e0c63a896a939aa33d75cb7723572507b0ee4de")
    #expect(StatusHash.of(history.reversed()) != StatusHash.of(history))
    #expect(StatusHash.of([]) == nil)
  }
}
