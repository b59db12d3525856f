internal import ElectrumProtocol
internal import SimulatedChain
internal import SimulatedServers

/// What each server knows and says at an epoch.
struct ProfileBuilder {
  let plan: NetworkPlan
  let epoch: Int

  /// Of every server of the plan, in its order.
  func profiles() -> [ServerProfile] {
    let (directory, groups) = directory()
    return plan.servers.map { server in
      profile(of: server, peers: peers(of: server, own: groups[server.id], in: directory))
    }
  }

  private func profile(of server: ServerPlan, peers: PeerKnowledge) -> ServerProfile {
    let spec = server.spec
    var profile = ServerProfile(software: server.software, chain: honestView)
    profile.names = spec.names
    profile.tcpPort = spec.tcpPort
    profile.sslPort = spec.sslPort
    profile.banner = spec.banner
    profile.donationAddress = spec.donationAddress
    profile.reportsHosts = spec.reportsHosts
    profile.pruning = spec.pruning
    profile.peers = peers
    for deviation in spec.deviations { plant(deviation, of: server, in: &profile) }
    return profile
  }

  private var honestView: ChainView {
    ChainView(
      chain: plan.chain, tip: plan.tip(at: epoch), genesisHash: plan.scenario.network.genesisHash)
  }

  private func plant(
    _ deviation: PlantedDeviation, of server: ServerPlan, in profile: inout ServerProfile
  ) {
    let view = profile.chain
    switch deviation {
    case .staleTip(let blocks):
      profile.chain = ChainView(
        chain: view.chain, tip: view.tip - blocks, genesisHash: view.genesisHash,
        lies: view.lies)
    case .falseTip:
      var lies = view.lies
      lies.falseTip = falseTip(of: server, over: view)
      profile.chain = ChainView(
        chain: view.chain, tip: view.tip, genesisHash: view.genesisHash, lies: lies)
    case .foreignGenesis(let network):
      let chain = SimulatedChain(
        seed: NetworkPlan.seed(plan.scenario.seed, "chain|\(server.spec.id)"), height: view.tip,
        tipTime: UInt32(clamping: plan.scenario.chain.tipTime))
      profile.chain = ChainView(
        chain: chain, tip: view.tip, genesisHash: network.genesisHash)
    case .phishingBanner(let text): profile.banner = text
    case .throttles(let requests): profile.requestLimit = requests
    case .garbage, .silent, .closes: break
    }
  }

  /// A header that follows no known block and misses its target.
  private func falseTip(of server: ServerPlan, over view: ChainView) -> BlockHeader? {
    guard let honest = view.header(view.tip) else { return nil }
    let previous = SHA256.digest(Array("\(server.spec.id)|\(epoch)".utf8))
    for nonce: UInt32 in 0..<1_000 {
      let header = BlockHeader(
        version: honest.version, previousHash: previous, merkleRoot: honest.merkleRoot,
        time: honest.time, bits: honest.bits, nonce: nonce)
      if !header.hasProofOfWork { return header }
    }
    return nil
  }

  /// What all servers can tell of, and the number of each server in it.
  private func directory() -> (PeerDirectory, groups: [String: Int]) {
    var entries: [PeerDirectory.Entry] = []
    var groups: [String: Int] = [:]
    for server in plan.servers where server.spec.peering {
      let group = groups.count
      groups[server.id] = group
      entries += server.advertisements.map { PeerDirectory.Entry($0, group: group) }
    }
    for phantom in plan.phantoms where phantom.toldBy.isEmpty {
      entries.append(PeerDirectory.Entry(phantom.advertisement, group: nil))
    }
    return (PeerDirectory(entries: entries, groups: groups.count), groups)
  }

  /// Its own entries, what it knows of the others, and what phantoms it was told of.
  private func peers(
    of server: ServerPlan, own: Int?, in directory: PeerDirectory
  ) -> PeerKnowledge {
    guard ServerImplementation(server.software)?.tellsOfPeers == true else { return [] }
    return PeerKnowledge(
      directory: directory, salt: NetworkPlan.seed(plan.scenario.seed, "peers|\(server.id)"),
      share: plan.scenario.peerKnowledge, own: own,
      additions: plan.phantoms.filter { $0.toldBy.contains(server.id) }.map(\.advertisement))
  }
}
