/// A Bitcoin node behind one or several Electrum servers.
package struct BackendNode: Sendable, Hashable {
  package var id: String
  package var policy: NodePolicy
  /// Blocks by which it is behind the network.
  package var lag: Int
  /// The branch it follows in place of the main chain.
  package var branch: ChainPlan.Branch?
  /// Epochs before which it was started anew and lost its mempool.
  package var restarts: Set<Int>

  package init(
    id: String, policy: NodePolicy = NodePolicy(), lag: Int = 0, branch: ChainPlan.Branch? = nil,
    restarts: Set<Int> = []
  ) {
    self.id = id
    self.policy = policy
    self.lag = lag
    self.branch = branch
    self.restarts = restarts
  }

  /// The node at one epoch: a function of its arguments alone.
  ///
  /// - Parameters:
  ///   - tree: has the node's branch, if it follows one.
  ///   - tip: height of the network's newest block.
  ///   - stream: everybody else's transactions at that epoch.
  package func state(on tree: ChainTree, tip: Int, stream: TransactionStream) -> NodeState {
    state(
      like: NodeState(chain: tree.chain(branch), tip: tip - lag, policy: policy), stream: stream)
  }

  /// The node at one epoch where another node has the same chain, tip and policy.
  package func state(like other: NodeState, stream: TransactionStream) -> NodeState {
    NodeState(
      like: other,
      market: NodeMarket(
        stream: stream, policy: policy, salt: salt, restarted: restarts.contains(stream.epoch)))
  }

  /// Draws of this node, from its id (FNV-1a).
  private var salt: UInt64 {
    id.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}

/// A main chain with the branches that some nodes follow.
package final class ChainTree: Sendable {
  package let main: SimulatedChain
  private let branches: [ChainPlan.Branch: SimulatedChain]

  package init(main: SimulatedChain, branches: [ChainPlan.Branch] = []) {
    self.main = main
    var made: [ChainPlan.Branch: SimulatedChain] = [:]
    for branch in branches where made[branch] == nil { made[branch] = main.branched(branch) }
    self.branches = made
  }

  /// The main chain for no branch or for one that the tree does not have.
  package func chain(_ branch: ChainPlan.Branch?) -> SimulatedChain {
    branch.flatMap { branches[$0] } ?? main
  }
}
