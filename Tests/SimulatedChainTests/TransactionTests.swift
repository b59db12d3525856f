import Digests
import ElectrumProtocol
import Testing

@testable import SimulatedChain

struct TransactionTests {
  /// The signed example of BIP 143, "Native P2WPKH".
  private static let example =
    "01000000000102fff7f7881a8099afa6940d42d1e7f6362bec38171ea3edf433541db4e4ad969f00000000494830"
    + "450221008b9d1dc26ba6a9cb62127b02742fa9d754cd3bebf337f7a55d114c8e5cdd30be022040529b194ba3f928"
    + "1a99f2b1c0a19c0489bc22ede944ccf4ecbab4cc618ef3ed01eeffffffef51e1b804cc89d182d279655c3aa89e81"
    + "5b1b309fe287d9b2b55d57b90ec68a0100000000ffffffff02202cb206000000001976a9148280b37df378db99f6"
    + "6f85c95a783a76ac7a6d5988ac9093510d000000001976a9143bde42dbee7e4dbe6a21b2d50ce2f0167faa815988"
    + "ac000247304402203609e17b84f6a7d30c80bfa610b5b4542f32a8a0d5447a12fb1366d7f01cc44a0220573a954c"
    + "4518331561406f90300e8f3358f51928d43c212a8caed02de67eebee0121025476c2e83188368da1ff3e292e7aca"
    + "fcdb3566bb0ad253f62fc70f07aeee635711000000"

  @Test func `a published transaction is read and written back`() throws {
    let bytes = try #require(Hex.bytes(Self.example))
    let fields = try #require(SimulatedTransaction.Fields(parsing: bytes))
    let transaction = SimulatedTransaction(fields)
    #expect(transaction.bytes == bytes)
    #expect(fields.inputs.map(\.witness.count) == [0, 2])
    #expect(fields.lockTime == 17)
    #expect(fields.outputs.map(\.value) == [112_340_000, 223_450_000])
    #expect(transaction.witnessIdentifier == SHA256.doubleDigest(bytes))
    #expect(transaction.identifier != transaction.witnessIdentifier)
  }

  @Test func `the id leaves the witness out`() {
    let script = ScriptKind.p2wpkh.script(of: "a")
    let outpoint = SimulatedTransaction.Outpoint(
      transaction: [UInt8](repeating: 7, count: 32), index: 1)
    let signed = SimulatedTransaction(
      spending: [(outpoint, script)], outputs: [.init(value: 5, scriptPubKey: script)])
    var fields = SimulatedTransaction.Fields(
      version: 2,
      inputs: [.init(outpoint: outpoint, scriptSig: [], witness: [], sequence: 0xFFFF_FFFD)],
      outputs: [.init(value: 5, scriptPubKey: script)], lockTime: 0)
    #expect(signed.identifier == SimulatedTransaction(fields).identifier)
    // A P2WPKH spend with one P2WPKH output is 110 virtual bytes.
    #expect(signed.virtualSize == 110)
    fields.lockTime = 1
    #expect(signed.identifier != SimulatedTransaction(fields).identifier)
  }

  @Test(arguments: ["", "00", "deadbeef", "0200000000", "02000000000100"])
  func `other bytes are no transaction`(_ hex: String) {
    #expect(SimulatedTransaction.Fields(parsing: Hex.bytes(hex) ?? []) == nil)
  }

  @Test func `every transaction of the chain reads back as itself`() throws {
    for transaction in ChainTests.chain.blocks.suffix(60).flatMap(\.transactions) {
      let fields = try #require(transaction.fields)
      #expect(SimulatedTransaction(fields) == transaction)
      #expect(transaction.weight <= transaction.bytes.count * 4)
    }
  }
}
