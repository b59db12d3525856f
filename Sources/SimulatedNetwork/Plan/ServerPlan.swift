internal import ElectrumProtocol
internal import SimulatedServers

/// One server with its addresses, its place and what time does to it.
package struct ServerPlan: Sendable {
  let spec: ServerSpec
  let owner: OperatorSpec
  /// IPv4 address at epoch 0.
  package let address: String
  package let ipv6: String?
  /// Name of its onion service.
  package let onion: String?
  let site: Site
  /// Name of the node behind it; servers with the same name here share one.
  package let backend: String
  /// Flooding names of the servers before it, so that no name leads to two.
  let floodBase: Int
  var timeline: ServerTimeline

  /// Its id in the scenario.
  package var id: String { spec.id }
  package var operatorID: String { owner.id }
  /// Word of the operator's kind.
  package var operatorKind: String { owner.kind.rawValue }
  package var siteID: String { site.id }
  package var country: String { site.country }
  package var autonomousSystem: Int { site.autonomousSystem }
  /// All that is planted, whenever it shows, in the scenario's order.
  package var plantings: [Planting] { spec.settings.plantings }
  /// What it is at epoch 0.
  var software: ServerSoftware { ServerSoftware(spec.software) }

  /// Its identification at an epoch: what answers, whatever it claims.
  package func software(at epoch: Int) -> String { timeline.software(epoch) ?? spec.software }

  /// Word of the implementation that answers.
  package var implementation: String { software.implementation.rawValue }

  package func isUp(at epoch: Int) -> Bool { timeline.isUp(epoch) }

  /// Its IPv4 address at an epoch.
  package func address(at epoch: Int) -> String { timeline.address(epoch) ?? address }

  /// Whether a planted deviation shows at an epoch.
  func shows(_ number: Int, at epoch: Int, seed: UInt64) -> Bool {
    let planting = plantings[number]
    guard epoch >= planting.from, epoch < planting.until ?? .max else { return false }
    if planting.epochShare >= 1 { return true }
    let draw = NetworkPlan.seed(seed, "planting|\(id)|\(number)|\(epoch)")
    return Double(draw >> 11) * 0x1p-53 < planting.epochShare
  }

  /// Names that lead to it at an epoch, those of a flood after its own.
  func names(at epoch: Int, seed: UInt64) -> (live: [String], phantom: [String]) {
    var live = spec.names
    var phantom: [String] = []
    for (number, planting) in plantings.enumerated() {
      guard let flood = planting.deviation as? NameFlood, shows(number, at: epoch, seed: seed)
      else { continue }
      let names = flood.names(after: floodBase, at: epoch, seed: seed)
      if flood.isLive { live += names } else { phantom += names }
    }
    return (live, phantom)
  }

  /// Where it can be found by its own words: its names, or its address where it has none, its IPv6
  /// address, its onion service.
  func places(at epoch: Int) -> [String] {
    (spec.names.isEmpty ? [address(at: epoch)] : spec.names) + [ipv6, onion].compactMap { $0 }
  }

  /// What other servers tell of it: one entry a name, or one for the bare addresses; one for the
  /// onion service.
  func advertisements(at epoch: Int, seed: UInt64) -> [PeerAdvertisement] {
    let software = ServerSoftware(software(at: epoch))
    let version = ServerImplementation(software)?.protocolMax(software) ?? "1.4"
    var features = ["v\(version)"]
    if let pruning = spec.pruning { features.append("p\(pruning)") }
    if let port = spec.sslPort { features.append("s\(port)") }
    if let port = spec.tcpPort { features.append("t\(port)") }
    let address = address(at: epoch)
    let names = names(at: epoch, seed: seed)
    var places = (names.live + names.phantom).map { (address, $0) }
    if places.isEmpty {
      places = [(address, address)]
      if let ipv6 { places.append((ipv6, ipv6)) }
    }
    if let onion { places.append((onion, onion)) }
    return places.map { PeerAdvertisement(address: $0.0, host: $0.1, features: features) }
      + spec.settings.silentPorts.flatMap { port in
        places.map {
          PeerAdvertisement(address: $0.0, host: $0.1, features: ["v\(version)", "t\(port)"])
        }
      }
  }
}
