import Digests
import ElectrumProtocol
import SimulatedChain
import Testing

struct BroadcastTests {
  private static let view = ChainView(node: NodeState(chain: ChainTests.chain, tip: 390))

  /// Spends a coinbase that nobody has spent.
  private static func payment(
    value: Int64 = 49_9999_0000, height: Int = 385
  ) throws -> SimulatedTransaction {
    let coinbase = try #require(view.transactions(at: height)?.first)
    let output = coinbase.outputs[0]
    return SimulatedTransaction(
      spending: [
        (.init(transaction: coinbase.identifier, index: 0), output.scriptPubKey)
      ], outputs: [.init(value: value, scriptPubKey: ScriptKind.p2tr.script(of: "me"))])
  }

  @Test func `a payment that keeps the rules is taken`() throws {
    let payment = try Self.payment()
    let verdict = Self.view.verdict(on: payment.bytes)
    #expect(verdict.error == nil && verdict.rejection == nil)
    #expect(verdict.transaction == payment.text)
    #expect(verdict.fee == 10_000)
  }

  @Test func `bytes that are no transaction are not decoded`() {
    #expect(
      Self.view.verdict(on: [0xDE, 0xAD]).error
        == "TX decode failed. Make sure the tx has at least one input.")
  }

  @Test func `what a block holds is known`() throws {
    let mined = try #require(Self.view.transactions(at: 380)?.last)
    let verdict = Self.view.verdict(on: mined.bytes)
    #expect(verdict.rejection == "txn-already-known")
    #expect(verdict.error == "Transaction outputs already in utxo set")
  }

  @Test func `what the mempool holds is taken again and told when tested`() throws {
    let pooled = try #require(Self.view.recentTransactions.first).transaction
    let verdict = Self.view.verdict(on: pooled.bytes)
    #expect(verdict.rejection == "txn-already-in-mempool")
    #expect(verdict.error == nil)
  }

  @Test func `inputs that nobody made are missing`() throws {
    let text =
      "0200000001cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd0000000000ffffffff"
      + "011027000000000000015100000000"
    let verdict = Self.view.verdict(on: try #require(Hex.bytes(text)))
    #expect(verdict.rejection == "missing-inputs")
    #expect(verdict.error == "bad-txns-inputs-missingorspent")
  }

  @Test func `too little fee is said with its numbers`() throws {
    let verdict = Self.view.verdict(on: try Self.payment(value: 50_0000_0000).bytes)
    #expect(verdict.error?.hasPrefix("min relay fee not met, 0 < ") == true)
  }
}
