internal import ElectrumProtocol
package import SimulatedChain
internal import SimulatedServers
internal import Statistics

/// A scenario with every choice made: addresses drawn, peer lists compiled, the chain mined.
/// The same scenario and epoch give the same plan.
public struct NetworkPlan: Sendable {
  let scenario: Scenario
  package let servers: [ServerPlan]
  let phantoms: [PhantomPlan]
  /// The chain that honest servers share, long enough for the last epoch.
  package let chain: SimulatedChain
  /// Last epoch the chain reaches.
  let epochs: Int

  public init(_ scenario: Scenario, epochs: Int = 1) throws(ScenarioError) {
    self.scenario = scenario
    self.epochs = max(1, epochs)
    let growth = scenario.chain.blocksPerEpoch * (self.epochs - 1)
    let tipTime = scenario.chain.tipTime + growth * 600
    chain = SimulatedChain(
      seed: Self.seed(scenario.seed, "chain"), height: scenario.chain.blocks + growth,
      tipTime: UInt32(clamping: tipTime))
    var addresses = AddressPlan(scenario)
    servers = try scenario.operators.flatMapThrowing { owner throws(ScenarioError) in
      try owner.servers.mapThrowing { spec throws(ScenarioError) in
        ServerPlan(
          spec: spec, owner: owner, address: try addresses.address(of: spec),
          site: try addresses.site(spec.site))
      }
    }
    phantoms = try scenario.phantoms.mapThrowing { phantom throws(ScenarioError) in
      let address = try addresses.address(of: phantom)
      return PhantomPlan(
        address: address, host: phantom.host ?? address, features: phantom.features,
        toldBy: Set(phantom.toldBy), isSimulated: phantom.site != nil)
    }
  }

  /// Height of the tip that honest servers know.
  package func tip(at epoch: Int) -> Int {
    scenario.chain.blocks + scenario.chain.blocksPerEpoch * min(epoch, epochs - 1)
  }

  /// A seed for one purpose, from the scenario's.
  package static func seed(_ seed: UInt64, _ purpose: String) -> UInt64 {
    let digest = SHA256.digest(Array("\(seed)|\(purpose)".utf8))
    return digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  func random(_ purpose: String) -> Xoshiro256StarStar {
    Xoshiro256StarStar(seed: Self.seed(scenario.seed, purpose))
  }
}

/// One server with its address and place.
package struct ServerPlan: Sendable {
  let spec: ServerSpec
  let owner: OperatorSpec
  /// IPv4 address at epoch 0.
  package let address: String
  let site: Site

  /// Its id in the scenario.
  package var id: String { spec.id }
  package var operatorID: String { owner.id }
  /// Word of the operator's kind.
  package var operatorKind: String { owner.kind.rawValue }
  package var siteID: String { site.id }
  package var country: String { site.country }
  package var autonomousSystem: Int { site.autonomousSystem }

  var software: ServerSoftware { ServerSoftware(spec.software) }

  /// What other servers tell of it: one entry a name, or one for the bare address.
  var advertisements: [PeerAdvertisement] {
    let version = ServerImplementation(software)?.protocolMax(software) ?? "1.4"
    var features = ["v\(version)"]
    if let pruning = spec.pruning { features.append("p\(pruning)") }
    if let port = spec.sslPort { features.append("s\(port)") }
    if let port = spec.tcpPort { features.append("t\(port)") }
    let hosts = spec.names.isEmpty ? [address] : spec.names
    return hosts.map { PeerAdvertisement(address: address, host: $0, features: features) }
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

extension Sequence {
  /// `map` with a typed error.
  func mapThrowing<Result, Failure: Error>(
    _ transform: (Element) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    var result: [Result] = []
    for element in self { result.append(try transform(element)) }
    return result
  }

  /// `flatMap` with a typed error.
  func flatMapThrowing<Result, Failure: Error>(
    _ transform: (Element) throws(Failure) -> [Result]
  ) throws(Failure) -> [Result] {
    var result: [Result] = []
    for element in self { result += try transform(element) }
    return result
  }
}
