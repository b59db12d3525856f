import Addressing
package import SimulatedServers
package import SimulatedTLS
package import Statistics

/// A port at which a server can be reached at an epoch, and what it does there.
package struct ListeningEndpoint: Sendable {
  package let place: ServerEndpoint
  package let state: ServerState
  /// Nil: plain text.
  package let tls: TLSServerContext?

  package var address: String { place.address }
  package var port: Int { place.port }
}

/// Who listens where, epoch by epoch: what the sockets of `simnet run` offer, without sockets.
package struct ListeningEndpoints {
  private let plan: NetworkPlan
  /// Made when first asked, since it may fail.
  private var identities: ServerIdentities?

  package init(_ plan: NetworkPlan) {
    self.plan = plan
  }

  /// In the order of the plan; of each server in that of its endpoints.
  package mutating func at(epoch: Int) throws(SimulationError) -> [ListeningEndpoint] {
    var result: [ListeningEndpoint] = []
    let identities: ServerIdentities
    if let known = self.identities {
      identities = known
    } else {
      identities = try ServerIdentities(seed: plan.seed)
      self.identities = identities
    }
    for state in plan.states(at: epoch) where state.isUp {
      for place in state.endpoints where place.network != .onion {
        var tls: TLSServerContext?
        if place.transport == .ssl, let certificate = state.certificate {
          tls = try identities.context(for: certificate)
        }
        result.append(ListeningEndpoint(place: place, state: state, tls: tls))
      }
    }
    return result
  }
}

extension ListeningEndpoint {
  /// The session of the `number`-th connection (from 1) to this endpoint: as on the wire.
  ///
  /// - Parameter visit: which of the connections of this scan it is, from 1.
  package func session(seed: UInt64, number: Int, visit: Int = 1) -> any ServerSession {
    var context = SessionContext(
      server: state.profile, localAddress: address, localPort: port, isTLS: tls != nil,
      random: random(seed: seed, number: number))
    context.visit = visit
    return state.session(context)
  }

  /// The draws of that connection.
  package func random(seed: UInt64, number: Int) -> Xoshiro256StarStar {
    LiveServer.random(
      seed: seed, server: state.plan.id, endpoint: HostAndPort(address, port).text, number: number)
  }
}

extension ListeningEndpoint {
  /// How the `number`-th connection (from 1) to this endpoint comes to nothing, if it does: as on
  /// the wire.
  package func loss(seed: UInt64, number: Int) -> LostConnection? {
    var random = LiveServer.linkRandom(
      seed: seed, server: state.plan.id, endpoint: HostAndPort(address, port).text, number: number)
    return LostConnection.draw(state.conditions, from: &random)
  }
}

extension ServerState {
  /// Whether it answers every client, at every time, as its software and profile alone would.
  package var answersEvenly: Bool {
    guard faults.isEmpty, originVariants.isEmpty, handshake == nil, alterations.isEmpty,
      profile.replicasBehind.isEmpty, profile.comingBlock == nil
    else {
      return false
    }
    return !deviations.contains {
      $0 is SilentServer || $0 is GarbageAnswers || $0 is ClosesAtOnce || $0 is AbusesProtocol
    }
  }
}

extension NetworkPlan {
  package var seed: UInt64 { scenario.seed }

  /// The time at which an epoch begins, seconds since 1970.
  package func time(ofEpoch epoch: Int) -> Int {
    Int(time(at: epoch))
  }
}
