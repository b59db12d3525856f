internal import ElectrumProtocol
internal import SimulatedChain
internal import SimulatedServers

/// What each server knows and says at an epoch.
struct ProfileBuilder {
  let plan: NetworkPlan
  let epoch: Int
  private let directory: PeerDirectory
  /// Numbers in the directory, by server id.
  private let groups: [String: Int]
  /// Servers that others name, by id.
  private let others: [String: ServerPlan]

  /// Epochs for which a server that is gone is still told of: a day.
  private static let hoursOfMemory = 24.0

  init(plan: NetworkPlan, epoch: Int) {
    self.plan = plan
    self.epoch = epoch
    let seed = plan.scenario.seed
    let memory = max(0, Int(Self.hoursOfMemory / plan.scenario.epochHours) - 1)
    var entries: [PeerDirectory.Entry] = []
    var groups: [String: Int] = [:]
    for server in plan.servers where server.spec.peering {
      let group = groups.count
      groups[server.id] = group
      guard server.timeline.isKnown(epoch, memory: memory) else { continue }
      entries += server.advertisements(at: epoch, seed: seed).map {
        PeerDirectory.Entry($0, group: group)
      }
    }
    for phantom in plan.phantoms where phantom.toldBy.isEmpty {
      entries.append(PeerDirectory.Entry(phantom.advertisement, group: nil))
    }
    directory = PeerDirectory(entries: entries, groups: groups.count)
    self.groups = groups
    let named = plan.servers.reduce(into: Set<String>()) {
      $0.formUnion($1.spec.settings.alsoNames)
    }
    others = Dictionary(
      plan.servers.filter { named.contains($0.id) }.map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Of every server of the plan, in its order.
  func profiles() -> [ServerProfile] {
    var views = ChainViews(plan: plan, epoch: epoch)
    return plan.servers.map { profile(of: $0, &views) }
  }

  /// What it shows to everybody, its planted deviations among it.
  func profile(of server: ServerPlan, _ views: inout ChainViews) -> ServerProfile {
    let spec = server.spec
    var profile = ServerProfile(
      software: ServerSoftware(server.software(at: epoch)), chain: views.honest(server))
    profile.claimedSoftware = spec.settings.claims
    profile.names = spec.names
    profile.reportsHosts = !spec.names.isEmpty
    switch spec.settings.statedHosts {
    case nil, .own: break
    case .all:
      profile.names = server.places(at: epoch)
      profile.reportsHosts = true
    case .some(.none): profile.reportsHosts = false
    case .others(let hosts):
      profile.names = hosts
      profile.reportsHosts = true
    }
    profile.websocketPort = spec.settings.websocketPort
    profile.secureWebsocketPort = spec.settings.secureWebsocketPort
    profile.otherHosts = spec.settings.alsoNames.compactMap { others[$0] }.map { other in
      NamedHost(
        name: other.places(at: epoch)[0], tcpPort: other.spec.tcpPort, sslPort: other.spec.sslPort)
    }
    profile.tcpPort = spec.tcpPort
    profile.sslPort = spec.sslPort
    profile.banner = spec.banner
    profile.donationAddress = spec.donationAddress
    profile.pruning = spec.pruning
    profile.peers = peers(of: server)
    let planter = DeviationPlanter(builder: self, server: server)
    for deviation in active(server) { deviation.plant(in: &profile, planter) }
    return profile
  }

  /// What is planted and shows at this epoch, in the scenario's order.
  func active(_ server: ServerPlan) -> [any PlantedDeviation] {
    server.plantings.indices.filter { server.shows($0, at: epoch, seed: plan.scenario.seed) }
      .map { server.plantings[$0].deviation }
  }

  /// Its own entries, what it knows of the others, and what phantoms it was told of.
  private func peers(of server: ServerPlan) -> PeerKnowledge {
    guard ServerImplementation(server.software)?.tellsOfPeers == true else { return [] }
    return PeerKnowledge(
      directory: directory, salt: NetworkPlan.seed(plan.scenario.seed, "peers|\(server.id)"),
      share: plan.scenario.peerKnowledge, own: groups[server.id],
      additions: plan.phantoms.filter { $0.toldBy.contains(server.id) }.map(\.advertisement))
  }

  /// What servers of one operator would tell of themselves.
  func cohort(of server: ServerPlan) -> [PeerAdvertisement] {
    plan.servers.filter { $0.operatorID == server.operatorID && $0.isUp(at: epoch) }
      .flatMap { $0.advertisements(at: epoch, seed: plan.scenario.seed) }
  }
}
