internal import ElectrumProtocol
internal import SimulatedChain

/// Chains as nodes see them at an epoch. Nodes that are alike share one state.
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
  private var states: [Key: NodeState] = [:]

  init(plan: NetworkPlan, epoch: Int) {
    self.plan = plan
    self.epoch = epoch
    specs = Dictionary(
      plan.scenario.nodes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// What the node behind a server sees.
  mutating func honest(_ server: ServerPlan) -> ChainView {
    let spec = specs[server.backend] ?? NodeSpec(id: server.backend)
    var chain = plan.chain
    if let fork = spec.fork, fork.epochs.contains(epoch), let own = plan.forks[spec.id] {
      chain = own
    }
    let node = node(
      chain: chain, tip: plan.tip(at: epoch) - spec.lagBlocks, policy: spec.policy)
    return ChainView(node: node, genesisHash: plan.scenario.network.genesisHash)
  }

  /// The same node at another height or on another chain.
  mutating func node(chain: SimulatedChain, tip: Int, policy: NodePolicy) -> NodeState {
    let key = Key(chain: ObjectIdentifier(chain), tip: tip, policy: policy)
    if let known = states[key] { return known }
    let state = NodeState(chain: chain, tip: tip, policy: policy)
    states[key] = state
    return state
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
    if let pollSeconds { result.pollSeconds = pollSeconds }
    return result
  }
}
