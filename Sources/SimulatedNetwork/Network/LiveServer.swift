internal import ElectrumProtocol
internal import NIOCore
internal import SimulatedServers
internal import Statistics
internal import Synchronization

/// A running server: its current knowledge, shared by its listeners and connections.
final class LiveServer: Sendable {
  let plan: ServerPlan
  let seed: UInt64
  private let profile: Mutex<ServerProfile>
  private let connections = Atomic<UInt64>(0)

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
    let number = connections.wrappingAdd(1, ordering: .relaxed).newValue
    let random = Xoshiro256StarStar(
      seed: NetworkPlan.seed(seed, "\(plan.spec.id)|connection|\(number)"))
    if plan.spec.deviations.contains(.silent) { return SilentSession() }
    if plan.spec.deviations.contains(.garbage) { return GarbageSession(random: random) }
    let context = SessionContext(
      server: profile.withLock { $0 }, localAddress: address, localPort: port, isTLS: isTLS,
      random: random)
    let implementation = ServerImplementation(context.server.software) ?? .electrumX
    return implementation.session(context)
  }
}
