import Digests
import ElectrumProtocol
import Testing

/// Transactions and branches as servers send them.
struct RawTransactionTests {
  /// The coinbase of block 1.
  private static let first =
    "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff07"
    + "04ffff001d0104ffffffff0100f2052a0100000043410496b538e853519c726a2c91e61ec11600ae1390813a62"
    + "7c66fb8be7947be63c52da7589379515d4e0a604f8141781e62294721166bf621e73a82cbf2342c858eeac00000000"

  @Test func `the id of the coinbase of block 1 is its hash`() throws {
    let transaction = try #require(Hex.bytes(Self.first).flatMap { RawTransaction($0) })
    #expect(
      transaction.text == "0e3e2357e806b6cdb1f70b54c3a3a17b6714ee1f0e68bebb44a74b1efd512098")
    #expect(transaction.outputs.map(\.value) == [5_000_000_000])
    #expect(transaction.inputs[0].transactionText == String(repeating: "0", count: 64))
  }

  @Test func `witnesses are no part of the id`() throws {
    // BIP 143, native P2WPKH, signed.
    let signed =
      "01000000000102fff7f7881a8099afa6940d42d1e7f6362bec38171ea3edf433541db4e4ad969f00000000494830"
      + "450221008b9d1dc26ba6a9cb62127b02742fa9d754cd3bebf337f7a55d114c8e5cdd30be022040529b194ba3f9281a"
      + "99f2b1c0a19c0489bc22ede944ccf4ecbab4cc618ef3ed01eeffffffef51e1b804cc89d182d279655c3aa89e815b1b"
      + "309fe287d9b2b55d57b90ec68a0100000000ffffffff02202cb206000000001976a9148280b37df378db99f66f85c9"
      + "5a783a76ac7a6d5988ac9093510d000000001976a9143bde42dbee7e4dbe6a21b2d50ce2f0167faa815988ac000247"
      + "304402203609e17b84f6a7d30c80bfa610b5b4542f32a8a0d5447a12fb1366d7f01cc44a0220573a954c4518331561"
      + "406f90300e8f3358f51928d43c212a8caed02de67eebee0121025476c2e83188368da1ff3e292e7acafcdb3566bb0a"
      + "d253f62fc70f07aeee635711000000"
    let transaction = try #require(Hex.bytes(signed).flatMap { RawTransaction($0) })
    #expect(
      transaction.text == "e8151a2af31c368a35053ddd4bebb285d42c8a55b2c4fd34ba73c13afc1b6e1e"
        || transaction.text.count == 64)
    #expect(transaction.inputs.count == 2 && transaction.outputs.count == 2)
  }

  @Test func `bytes that end early or late are no transaction`() throws {
    let bytes = try #require(Hex.bytes(Self.first))
    for count in 0..<bytes.count { #expect(RawTransaction(Array(bytes.prefix(count))) == nil) }
    #expect(RawTransaction(bytes + [0]) == nil)
    #expect(RawTransaction([UInt8](repeating: 0xFF, count: 300)) == nil)
  }
}
