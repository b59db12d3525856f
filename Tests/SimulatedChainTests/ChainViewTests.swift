import Digests
import ElectrumProtocol
import SimulatedChain
import Testing

struct ChainViewTests {
  private static let chain = ChainTests.chain
  private static let scripts = TestScript.probed.map(\.scripthash)

  private static func view(_ lies: ChainLies = ChainLies(), tip: Int = 390) -> ChainView {
    ChainView(node: NodeState(chain: chain, tip: tip), lies: lies)
  }

  private static func lying(_ change: (inout ChainLies) -> Void) -> ChainView {
    var lies = ChainLies()
    lies.salt = 7
    change(&lies)
    return view(lies)
  }

  @Test func `the mempool holds three payments of probed scripts one with an unconfirmed parent`() {
    for tip in 300...390 {
      let view = Self.view(tip: tip)
      let entries = Set(Self.scripts.flatMap { view.mempoolEntries($0).map(\.transaction) })
      let heights = TestScript.probed.map { view.mempoolEntries($0.scripthash).map(\.height) }
      #expect(entries.count == 3)
      // P2PKH, P2WPKH, P2TR, as a real server's were recorded.
      #expect(heights == [[0], [0, 0, -1], [0, -1]])
    }
  }

  @Test func `what is unconfirmed is in a block later`() throws {
    let now = Self.view(tip: 350)
    let later = Self.view(tip: 390)
    for hash in Self.scripts {
      for entry in now.mempoolEntries(hash) {
        #expect(now.location(entry.transaction) == nil)
        #expect(now.transaction(entry.transaction) != nil)
        let height = try #require(later.location(entry.transaction)?.height)
        #expect(height > 350)
        #expect(later.history(hash).contains { $0.transaction == entry.transaction })
      }
    }
  }

  @Test func `confirmed and unconfirmed balances are those of the listed coins`() {
    let view = Self.view()
    for hash in Self.scripts {
      let sum = view.spendable(hash).reduce(0) { $0 + $1.value }
      #expect(view.balance(hash) + view.unconfirmedBalance(hash) == sum)
      #expect(view.balance(hash) > 0)
    }
  }

  @Test func `the status is the hash of the history then the mempool`() throws {
    let view = Self.view()
    let hash = Self.scripts[1]
    var text = view.history(hash).map { "\($0.transaction):\($0.height):" }.joined()
    text += view.mempoolEntries(hash).map { "\($0.transaction):\($0.height):" }.joined()
    #expect(view.status(hash) == Hex.text(SHA256.digest(Array(text.utf8))))
    #expect(view.status(SizedScript.none.scripthash) == nil)
    #expect(view.status(hash, mempool: .asInserted) != view.status(hash))
  }

  @Test func `every branch leads to its headers root`() throws {
    let view = Self.view()
    for entry in view.history(Self.scripts[0])
      + view.history(SizedScript.whale.scripthash).prefix(3)
    {
      let place = try #require(view.location(entry.transaction))
      #expect(Self.climbs(view, entry.transaction, place))
    }
  }

  private static func climbs(
    _ view: ChainView, _ transaction: String, _ place: SimulatedChain.Location
  ) -> Bool {
    var hash: [UInt8] = (Hex.bytes(transaction) ?? []).reversed()
    var position = place.position
    for sibling in view.merkleBranch(place) {
      let other: [UInt8] = (Hex.bytes(sibling) ?? []).reversed()
      hash = SHA256.doubleDigest(position & 1 == 1 ? other + hash : hash + other)
      position >>= 1
    }
    return hash == view.header(place.height)?.merkleRoot
  }

  @Test func `an outpoint tells who made and who spent it`() throws {
    let view = Self.view()
    let first = try #require(view.transactions(at: 1)?.first)
    let outpoint = SimulatedTransaction.Outpoint(transaction: first.identifier, index: 0)
    let status = view.spender(of: outpoint)
    #expect(status.funderHeight == 1)
    #expect(status.spenderHeight == 101)
    #expect(view.spender(of: .init(transaction: first.identifier, index: 99)) == OutpointStatus())
  }

  @Test func `an omitted transaction is missing everywhere`() {
    let honest = Self.view()
    let liar = Self.lying { $0.omittedShare = 0.3 }
    let hash = Self.scripts[1]
    let left = Set(liar.history(hash).map(\.transaction))
    let all = honest.history(hash).map(\.transaction)
    let omitted = all.filter { !left.contains($0) }
    #expect(omitted.count > all.count / 6 && omitted.count < all.count / 2)
    #expect(!liar.unspent(hash).contains { omitted.contains($0.transaction) })
    #expect(liar.balance(hash) == liar.unspent(hash).reduce(0) { $0 + $1.value })
    #expect(liar.balance(hash) != honest.balance(hash))
    #expect(liar.status(hash) != honest.status(hash))
    #expect(liar.header(300) == honest.header(300))
  }

  @Test func `an invented transaction exists nowhere`() throws {
    let liar = Self.lying { $0.inventsTransaction = true }
    let hash = Self.scripts[2]
    let extra = try #require(liar.history(hash).last)
    #expect(liar.history(hash).count == Self.view().history(hash).count + 1)
    #expect(liar.transaction(extra.transaction) == nil)
    #expect(liar.balance(hash) == Self.view().balance(hash))
  }

  @Test func `a corrupt proof leads elsewhere and nothing else changes`() throws {
    let liar = Self.lying { $0.corruptsProofs = true }
    let entry = try #require(liar.history(Self.scripts[0]).last)
    let place = try #require(liar.location(entry.transaction))
    #expect(!Self.climbs(liar, entry.transaction, place))
    #expect(liar.history(Self.scripts[0]) == Self.view().history(Self.scripts[0]))
    #expect(liar.status(Self.scripts[0]) == Self.view().status(Self.scripts[0]))
  }

  @Test func `a falsified status fits no history`() {
    let liar = Self.lying { $0.falsifiesStatus = true }
    #expect(liar.status(Self.scripts[0]) != Self.view().status(Self.scripts[0]))
    #expect(liar.history(Self.scripts[0]) == Self.view().history(Self.scripts[0]))
    #expect(liar.status(SizedScript.none.scripthash) == nil)
  }

  @Test func `missing bytes are listed all the same`() {
    let liar = Self.lying { $0.missingTransactionShare = 0.5 }
    let listed = liar.history(Self.scripts[1]).map(\.transaction)
    let missing = listed.filter { liar.rawTransaction($0) == nil }
    #expect(missing.count > listed.count / 4 && missing.count < listed.count * 3 / 4)
    #expect(listed == Self.view().history(Self.scripts[1]).map(\.transaction))
  }

  @Test func `planted payments show the planted balance`() {
    let script = ScriptKind.p2wpkh.script(of: "wallet")
    let payments = [
      PlantedPayment(scriptPubKey: script, value: 123_456_789, height: 110),
      PlantedPayment(scriptPubKey: script, value: 5_000, height: 120, spentHeight: 130),
      PlantedPayment(scriptPubKey: script, value: 777, height: 3),
      PlantedPayment(scriptPubKey: script, value: 60_0000_0000, height: 140),
      PlantedPayment(scriptPubKey: script, value: 42_000, height: nil),
    ]
    let chain = SimulatedChain(
      seed: 3, height: 200, tipTime: 1_780_000_000, payments: payments)
    let hash = Scripthash(scriptPubKey: script)
    for tip in [145, 200] {
      let view = ChainView(node: NodeState(chain: chain, tip: tip))
      #expect(view.balance(hash) == 123_456_789 + 777 + 60_0000_0000)
      #expect(view.unconfirmedBalance(hash) == 42_000)
      #expect(view.history(hash).map(\.height) == [3, 110, 120, 130, 140])
    }
  }
}
