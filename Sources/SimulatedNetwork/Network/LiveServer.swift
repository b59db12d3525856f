internal import ElectrumProtocol
internal import NIOCore
internal import SimulatedServers
package import Statistics
internal import Synchronization

/// A running server: its current knowledge, shared by its listeners and connections.
package final class LiveServer: Sendable {
  let plan: ServerPlan
  let seed: UInt64
  private let profile: Mutex<ServerProfile>
  /// Connections so far, by endpoint.
  private let connections = Mutex<[String: Int]>([:])

  init(plan: ServerPlan, profile: ServerProfile, seed: UInt64) {
    self.plan = plan
    self.seed = seed
    self.profile = Mutex(profile)
  }

  /// From the next connection on.
  func update(_ profile: ServerProfile) {
    self.profile.withLock { $0 = profile }
  }

  /// Whether connections end as soon as they are there.
  var closesAtOnce: Bool { plan.spec.deviations.contains(.closes) }

  func session(address: String, port: Int, isTLS: Bool) -> any ServerSession {
    let endpoint = "\(address):\(port)"
    let number = connections.withLock { counts in
      counts[endpoint, default: 0] += 1
      return counts[endpoint, default: 0]
    }
    let random = Self.random(seed: seed, server: plan.spec.id, endpoint: endpoint, number: number)
    if plan.spec.deviations.contains(.silent) { return SilentSession() }
    if plan.spec.deviations.contains(.garbage) { return GarbageSession(random: random) }
    let context = SessionContext(
      server: profile.withLock { $0 }, localAddress: address, localPort: port, isTLS: isTLS,
      random: random)
    let implementation = ServerImplementation(context.server.software) ?? .electrumX
    return implementation.session(context)
  }

  /// The draws of one connection: those of the `number`-th (from 1) to its endpoint, whatever
  /// happens at others, so that a scan without sockets meets the same.
  package static func random(
    seed: UInt64, server: String, endpoint: String, number: Int
  ) -> Xoshiro256StarStar {
    Xoshiro256StarStar(
      seed: NetworkPlan.seed(seed, "\(server)|connection|\(endpoint)|\(number)"))
  }
}
