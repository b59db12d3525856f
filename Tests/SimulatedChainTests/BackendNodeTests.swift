import ElectrumProtocol
import SimulatedChain
import Testing

struct BackendNodeTests {
  private static let tree = ChainTree(
    main: ChainTests.chain, branches: [.init(height: 380, salt: 1)])
  private static let stream = TransactionStream(seed: 9, epoch: 12)

  private static func state(_ node: BackendNode, tip: Int = 390) -> NodeState {
    node.state(on: tree, tip: tip, stream: stream)
  }

  private static func node(
    _ id: String, _ change: (inout NodePolicy) -> Void = { _ in }
  ) -> BackendNode {
    var policy = NodePolicy()
    change(&policy)
    return BackendNode(id: id, policy: policy)
  }

  @Test func `a nodes state is a function of seed node and epoch`() {
    let again = TransactionStream(seed: 9, epoch: 12)
    for style in FeeHistogramStyle.allCases {
      let bins = Self.state(Self.node("a")).feeHistogram(style)
      #expect(bins.count > 1)
      #expect(
        Self.node("a").state(on: Self.tree, tip: 390, stream: again).feeHistogram(style) == bins)
    }
    let later = TransactionStream(seed: 9, epoch: 13)
    #expect(
      Self.node("a").state(on: Self.tree, tip: 390, stream: later).feeHistogram(.electrumX)
        != Self.state(Self.node("a")).feeHistogram(.electrumX))
  }

  @Test func `nodes of one policy hold nearly the same`() {
    let counts = (0..<20).map { Self.state(Self.node("node \($0)")).mempoolCount }
    #expect(Set(counts).count > 5)
    let mean = Double(counts.reduce(0, +)) / 20
    #expect(mean > 1_000)
    #expect(counts.allSatisfy { abs(Double($0) - mean) < 0.02 * mean })
  }

  @Test func `policies show`() {
    let standard = Self.state(Self.node("a")).mempoolCount
    let picky = Self.state(
      Self.node("a") { $0.minimumRelayFee = FeeRate(satoshisPerKilobyte: 1_000) })
    #expect(picky.mempoolCount < standard)
    #expect(picky.feeHistogram(.fulcrum).last.map { $0.rate != "0" } == true)
    let dataless = Self.state(Self.node("a") { $0.dataCarrier = false }).mempoolCount
    #expect(dataless < standard)
    let small = Self.state(Self.node("a") { $0.mempoolBytes = 1_000_000 })
    #expect(small.mempoolCount < standard / 2)
    #expect(small.mempoolMinimumFee > small.policy.minimumRelayFee)
    #expect(Self.state(Self.node("a")).mempoolMinimumFee == NodePolicy().minimumRelayFee)
  }

  @Test func `a restart empties the mempool for a while`() {
    var node = Self.node("a")
    let before = Self.state(node).mempoolCount
    node.restarts = [12]
    #expect(Self.state(node).mempoolCount < before)
    node.restarts = [11]
    #expect(Self.state(node).mempoolCount == before)
  }

  @Test func `estimates fall with the target`() throws {
    for epoch in 0..<6 {
      let state = Self.node("a").state(
        on: Self.tree, tip: 390, stream: TransactionStream(seed: 4, epoch: epoch))
      let estimates = [1, 2, 3, 4, 5, 6, 8, 10, 24, 25, 71, 72, 144, 500, 504, 1_008].compactMap {
        state.feeEstimate(blocks: $0)
      }
      for (one, next) in zip(estimates, estimates.dropFirst()) { #expect(next <= one) }
      let first = try #require(estimates.first)
      #expect(first > state.policy.minimumRelayFee)
    }
  }

  @Test func `a conservative node estimates no less, and hours after a rush far more`() throws {
    func estimate(_ estimation: FeeEstimation, percent: Int = 100, epoch: Int) -> Int? {
      Self.node("a") {
        $0.estimation = estimation
        $0.estimatePercent = percent
      }
      .state(on: Self.tree, tip: 390, stream: TransactionStream(seed: 4, epoch: epoch))
      .feeEstimate(blocks: 2)?.satoshisPerKilobyte
    }
    var ratios: [Double] = []
    for epoch in 0..<60 {
      let usual = try #require(estimate(.economical, epoch: epoch))
      let conservative = try #require(estimate(.conservative, epoch: epoch))
      ratios.append(Double(conservative) / Double(usual))
    }
    #expect(ratios.allSatisfy { $0 >= 1 } && ratios.contains { $0 > 2 })
    let usual = try #require(estimate(.economical, epoch: 0))
    let half = try #require(estimate(.economical, percent: 50, epoch: 0))
    #expect(abs(2 * half - usual) <= 2)
    #expect(estimate(.unready, epoch: 0) == nil)
  }

  @Test func `a node that lags or forks has another tip`() {
    let main = ChainView(node: Self.state(Self.node("a")))
    var late = Self.node("b")
    late.lag = 3
    #expect(ChainView(node: Self.state(late)).tip == 387)
    var forked = Self.node("c")
    forked.branch = .init(height: 380, salt: 1)
    let fork = ChainView(node: Self.state(forked))
    #expect(fork.tip == 390)
    #expect(fork.header(380) == main.header(380))
    #expect(fork.header(390) != main.header(390))
  }

  @Test func `the protocols numbers are written as servers write them`() {
    #expect(FeeRate(satoshisPerKilobyte: 100).text == "1e-06")
    #expect(FeeRate(satoshisPerKilobyte: 4_871).text == "4.871e-05")
    #expect(FeeRate(satoshisPerKilobyte: 11_000).text == "0.00011")
  }

  @Test func `a relay fee that its own histogram denies can be told`() {
    var lies = ChainLies()
    lies.relayFeeFactor = 50
    lies.feeFactor = 3
    let view = ChainView(node: Self.state(Self.node("a")), lies: lies)
    #expect(view.relayFee == FeeRate(satoshisPerKilobyte: 5_000))
    #expect(view.feeHistogram(.fulcrum) == Self.state(Self.node("a")).feeHistogram(.fulcrum))
    let honest = Self.state(Self.node("a")).feeEstimate(blocks: 6)?.satoshisPerKilobyte
    #expect(view.feeEstimate(blocks: 6)?.satoshisPerKilobyte == honest.map { $0 * 3 })
  }

  @Test func `the exponential is the function`() {
    #expect(Exponential.of(0) == 1)
    #expect(abs(Exponential.of(1) - 2.718_281_828_459_045) < 1e-14)
    #expect(abs(Exponential.of(-2.5) - 0.082_084_998_623_898_8) < 1e-15)
  }
}
