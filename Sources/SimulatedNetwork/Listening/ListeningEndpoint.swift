package import SimulatedServers
package import TLSChannel

/// A port at which a server of a plan can be reached at an epoch, and how it behaves there.
package struct ListeningEndpoint: Sendable {
  package enum Behaviour: Sendable, Equatable {
    case converses, silent, garbage
    /// Ends every connection at once.
    case closes
  }

  package let address: String
  package let port: Int
  /// Nil: plain text.
  package let tls: TLSServerContext?
  /// Index of its server in the plan, and the server's id.
  package let server: Int
  package let serverID: String
  package let behaviour: Behaviour
  package let profile: ServerProfile
  /// Between a request's arrival and its answer. Unit: µs.
  package let delayMicroseconds: Int
}

/// Who listens where, epoch by epoch: what the sockets of `simnet run` offer, without sockets.
package struct ListeningEndpoints {
  private let plan: NetworkPlan
  private var mint: CertificateMint

  package init(_ plan: NetworkPlan) {
    self.plan = plan
    mint = CertificateMint(plan)
  }

  /// In the order of the plan; of each server plain text first.
  package mutating func at(epoch: Int) throws(SimulationError) -> [ListeningEndpoint] {
    let profiles = ProfileBuilder(plan: plan, epoch: epoch).profiles()
    var result: [ListeningEndpoint] = []
    for (index, server) in plan.servers.enumerated() {
      if let port = server.spec.tcpPort {
        result.append(endpoint(index, port: port, tls: nil, profiles[index]))
      }
      if let port = server.spec.sslPort {
        let tls = try mint.context(for: server)
        result.append(endpoint(index, port: port, tls: tls, profiles[index]))
      }
    }
    return result
  }

  private func endpoint(
    _ index: Int, port: Int, tls: TLSServerContext?, _ profile: ServerProfile
  ) -> ListeningEndpoint {
    let server = plan.servers[index]
    return ListeningEndpoint(
      address: server.address, port: port, tls: tls, server: index, serverID: server.spec.id,
      behaviour: Self.behaviour(of: server), profile: profile,
      delayMicroseconds: server.spec.delayMilliseconds * 1_000)
  }

  private static func behaviour(of server: ServerPlan) -> ListeningEndpoint.Behaviour {
    let planted = server.spec.deviations
    if planted.contains(.closes) { return .closes }
    if planted.contains(.silent) { return .silent }
    return planted.contains(.garbage) ? .garbage : .converses
  }
}

extension ListeningEndpoint {
  /// The session of the `number`-th connection (from 1) to this endpoint: as on the wire.
  package func session(seed: UInt64, number: Int) -> any ServerSession {
    let random = LiveServer.random(
      seed: seed, server: serverID, endpoint: "\(address):\(port)", number: number)
    switch behaviour {
    case .silent, .closes: return SilentSession()
    case .garbage: return GarbageSession(random: random)
    case .converses:
      let context = SessionContext(
        server: profile, localAddress: address, localPort: port, isTLS: tls != nil,
        random: random)
      return (ServerImplementation(context.server.software) ?? .electrumX).session(context)
    }
  }
}

extension NetworkPlan {
  package var seed: UInt64 { scenario.seed }

  /// The time at which an epoch begins, seconds since 1970.
  package func time(ofEpoch epoch: Int) -> Int {
    scenario.chain.tipTime + epoch * scenario.chain.blocksPerEpoch * 600
  }
}
