internal import SimulatedChain
internal import SimulatedServers

/// What a deviation is told of the server that it is planted in.
struct DeviationPlanter {
  let builder: ProfileBuilder
  let server: ServerPlan

  var plan: NetworkPlan { builder.plan }
  var epoch: Int { builder.epoch }

  /// What of the chain a server shows, as a deviation changes it.
  struct ChainFace {
    /// What it shows without the change.
    let view: ChainView
    var tip: Int
    var chain: SimulatedChain
    var genesis: String
    var lies: ChainLies
  }

  func changeChain(of profile: inout ServerProfile, _ change: (inout ChainFace) -> Void) {
    let view = profile.chain
    var face = ChainFace(
      view: view, tip: view.tip, chain: view.chain, genesis: view.genesisHash, lies: view.lies)
    face.lies.salt = NetworkPlan.seed(plan.scenario.seed, "lies|\(server.id)")
    change(&face)
    let node =
      face.chain === view.chain && face.tip == view.tip
      ? view.node : view.node.moved(to: face.chain, tip: face.tip)
    profile.chain = ChainView(node: node, genesisHash: face.genesis, lies: face.lies)
  }
}
