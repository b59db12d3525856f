import Digests
internal import ElectrumProtocol
package import SimulatedChain
internal import SimulatedServers
internal import Statistics

/// A scenario with every choice made: addresses drawn, time run, the chain mined. The same scenario
/// gives the same plan, and a plan of more epochs begins with one of fewer.
public struct NetworkPlan: Sendable {
  let scenario: Scenario
  package let servers: [ServerPlan]
  let phantoms: [PhantomPlan]
  /// The chain that honest servers share, long enough for the last epoch.
  package let chain: SimulatedChain
  /// Last epoch the chain reaches.
  package let epochs: Int
  /// Chains of the servers that serve another network's, by server id.
  let foreignChains: [String: SimulatedChain]
  /// Chains of the nodes that leave the others', by node id.
  let forks: [String: SimulatedChain]
  /// Place of the server whose certificate all of a shared key show, by the key's name.
  let keyOwners: [String: Int]

  public init(_ scenario: Scenario, epochs: Int = 1) throws(ScenarioError) {
    self.scenario = scenario
    self.epochs = max(1, epochs)
    let growth = scenario.chain.blocksPerEpoch * (self.epochs - 1)
    let shared = Self.chainPlan(scenario, purpose: "chain", growth: growth)
    let main = SimulatedChain(shared)
    chain = main
    forks = Dictionary(
      uniqueKeysWithValues: scenario.nodes.compactMap { node in
        node.fork.map {
          (node.id, SimulatedChain(Self.branch(of: shared, $0, node, scenario), sharing: main))
        }
      })
    var addresses = AddressPlan(scenario)
    servers = try Self.servers(scenario, epochs: self.epochs, &addresses)
    phantoms = try scenario.phantoms.mapThrowing { phantom throws(ScenarioError) in
      let address = try addresses.address(of: phantom)
      return PhantomPlan(
        address: address, host: phantom.host ?? address, features: phantom.features,
        toldBy: Set(phantom.toldBy), isSimulated: phantom.site != nil)
    }
    foreignChains = Dictionary(
      uniqueKeysWithValues: servers.filter(\.isForeign).map {
        ($0.id, SimulatedChain(Self.chainPlan(scenario, purpose: "chain|\($0.id)", growth: growth)))
      })
    keyOwners = Dictionary(
      servers.enumerated().compactMap { place, server in
        server.spec.certificate.sharedKey.map { ($0, place) }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Height of the tip that honest servers know.
  package func tip(at epoch: Int) -> Int {
    scenario.chain.blocks + scenario.chain.blocksPerEpoch * min(epoch, epochs - 1)
  }

  /// Heights of the first blocks of chains whose splits everybody knows.
  var knownForkHeights: [Int] {
    Set(
      scenario.nodes.compactMap { node in
        node.fork.flatMap { $0.isKnown ? forks[node.id]?.plan.branch?.height : nil }
      }.map { $0 + 1 }
    ).sorted()
  }

  /// Seconds since 1970 at the beginning of an epoch, by the scenario's clock.
  package func time(at epoch: Int) -> Int64 {
    Int64(scenario.chain.tipTime) + Int64(Double(epoch) * scenario.epochHours * 3_600)
  }

  /// A seed for one purpose, from the scenario's.
  package static func seed(_ seed: UInt64, _ purpose: String) -> UInt64 {
    let digest = SHA256.digest(Array("\(seed)|\(purpose)".utf8))
    return digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  func random(_ purpose: String) -> Xoshiro256StarStar {
    Xoshiro256StarStar(seed: Self.seed(scenario.seed, purpose))
  }

  private static func chainPlan(
    _ scenario: Scenario, purpose: String, growth: Int
  ) -> ChainPlan {
    ChainPlan(
      seed: seed(scenario.seed, purpose), height: scenario.chain.blocks + growth,
      tipTime: UInt32(clamping: scenario.chain.tipTime + growth * 600),
      network: scenario.network, payments: scenario.wallets.flatMap(\.payments).map(\.planted))
  }

  /// The chain of a node that leaves the others' so many blocks below the tip at its first epoch.
  private static func branch(
    of shared: ChainPlan, _ fork: NodeSpec.Fork, _ node: NodeSpec, _ scenario: Scenario
  ) -> ChainPlan {
    let tip = scenario.chain.blocks + scenario.chain.blocksPerEpoch * fork.epochs.lowerBound
    var result = shared
    result.branch = .init(
      height: fork.lastShared(tip: min(tip, shared.height)),
      salt: seed(scenario.seed, "fork|\(node.id)"))
    return result
  }

  /// First addresses in the order of the scenario, later ones in the order of time.
  private static func servers(
    _ scenario: Scenario, epochs: Int, _ addresses: inout AddressPlan
  ) throws(ScenarioError) -> [ServerPlan] {
    let builder = TimelineBuilder(scenario, epochs: epochs)
    let randomiser = FieldRandomiser(scenario)
    let siteNumbers = Dictionary(
      scenario.sites.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var result: [ServerPlan] = []
    var flooded = 0
    for owner in scenario.operators {
      for listed in owner.servers {
        let spec = randomiser.applied(to: listed, of: owner)
        let site = try addresses.site(spec.site)
        result.append(
          ServerPlan(
            spec: spec, owner: owner, address: try addresses.address(of: spec),
            ipv6: addresses.ipv6(of: spec, siteNumber: siteNumbers[site.id] ?? 0),
            onion: addresses.onion(of: spec), site: site,
            backend: spec.settings.backend ?? owner.usualBackend(of: spec), floodBase: flooded,
            timeline: builder.timeline(of: spec, owner: owner.id, site: site)))
        flooded += spec.floodingNames
      }
    }
    let moves = result.enumerated().flatMap { place, server in
      builder.moves(of: server.spec).map { (epoch: $0, place: place) }
    }
    for move in moves.sorted(by: { ($0.epoch, $0.place) < ($1.epoch, $1.place) }) {
      let server = result[move.place]
      let address = try addresses.address(
        of: server.spec, afterMoves: server.timeline.moves.count + 1)
      result[move.place].timeline.moves.append(.init(epoch: move.epoch, address: address))
    }
    return result
  }
}

/// A peer that is told of and is no running server.
struct PhantomPlan: Sendable, Equatable {
  let address: String
  let host: String
  let features: [String]
  let toldBy: Set<String>
  /// Whether its address is of the address plan, so that its name belongs in the hosts file.
  let isSimulated: Bool

  var advertisement: PeerAdvertisement {
    PeerAdvertisement(address: address, host: host, features: features)
  }
}

extension ServerPlan {
  var isForeign: Bool {
    spec.deviations.contains { $0 is ForeignGenesis }
  }
}

extension ServerSpec {
  /// Names of all its floods.
  var floodingNames: Int {
    deviations.reduce(0) { $0 + (($1 as? NameFlood)?.count ?? 0) }
  }
}

extension OperatorSpec {
  /// Farms and operators in hiding run one node behind all; others one for each server.
  func usualBackend(of server: ServerSpec) -> String {
    (kind == .farm || kind == .stealth) && !server.hasOwnBackend
      ? "operator \(id)" : "server \(server.id)"
  }
}

extension WalletSpec.Payment {
  var planted: PlantedPayment {
    PlantedPayment(
      scriptPubKey: script, value: Int64(value), height: height, spentHeight: spentHeight)
  }
}
