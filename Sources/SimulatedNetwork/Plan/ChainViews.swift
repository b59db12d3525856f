internal import ElectrumProtocol
internal import SimulatedChain
internal import Statistics

/// Chains as nodes see them at an epoch. Servers of one node share its state, nodes that are alike
/// the mempool of the chain's own scripts.
struct ChainViews {
  /// All that a node's state depends on.
  private struct Key: Hashable {
    let chain: ObjectIdentifier
    let tip: Int
    let policy: NodePolicy
  }

  private let plan: NetworkPlan
  private let epoch: Int
  private let specs: [String: NodeSpec]
  private let stream: TransactionStream
  private var alike: [Key: NodeState] = [:]
  private var nodes: [String: NodeState] = [:]

  init(plan: NetworkPlan, epoch: Int) {
    self.plan = plan
    self.epoch = epoch
    stream = TransactionStream(
      seed: NetworkPlan.seed(plan.scenario.seed, "transactions"), epoch: epoch)
    specs = Dictionary(
      plan.scenario.nodes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// What the node behind a server sees.
  mutating func honest(_ server: ServerPlan) -> ChainView {
    ChainView(node: node(server.backend), genesisHash: plan.scenario.network.genesisHash)
  }

  private mutating func node(_ id: String) -> NodeState {
    if let known = nodes[id] { return known }
    let spec = specs[id] ?? NodeSpec(id: id)
    var chain = plan.chain
    if let fork = spec.fork, fork.epochs.contains(epoch), let own = plan.forks[id] { chain = own }
    let tip = plan.tip(at: epoch) - spec.lagBlocks
    let policy = spec.policy
    let key = Key(chain: ObjectIdentifier(chain), tip: tip, policy: policy)
    let quiet = alike[key] ?? NodeState(chain: chain, tip: tip, policy: policy)
    alike[key] = quiet
    let node = BackendNode(
      id: id, policy: policy, lag: spec.lagBlocks, restarts: restarts(spec) ? [epoch] : [])
    let state = node.state(like: quiet, stream: stream)
    nodes[id] = state
    return state
  }

  private func restarts(_ spec: NodeSpec) -> Bool {
    if spec.restarts.contains(epoch) { return true }
    guard let mean = spec.meanRestart, epoch > 0 else { return false }
    var random = plan.random("node restart|\(spec.id)|\(epoch)")
    return random.nextUnit() * mean < 1
  }
}

extension NodeSpec {
  /// Bitcoin Core's defaults where nothing is said.
  var policy: NodePolicy {
    var result = NodePolicy()
    if let relayFee { result.minimumRelayFee = FeeRate(satoshisPerKilobyte: relayFee) }
    if let mempoolMegabytes { result.mempoolBytes = mempoolMegabytes * 1_000_000 }
    if let fullReplaceByFee { result.fullReplaceByFee = fullReplaceByFee }
    if let dataCarrier { result.dataCarrier = dataCarrier }
    result.estimation = estimation
    result.estimatePercent = estimatePercent
    if let pollSeconds { result.pollSeconds = pollSeconds }
    return result
  }
}
