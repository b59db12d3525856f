internal import SimulatedChain
package import SimulatedServers
internal import Statistics

/// One server at one epoch: everything that the network's listeners and the writer of scans need.
/// A pure function of the scenario and the epoch.
package struct ServerState: Sendable {
  package let plan: ServerPlan
  /// Whether it listens at all.
  package let isUp: Bool
  /// Starts since epoch 0; a change means that connections, caches and tickets are gone.
  package let restarts: Int
  /// What its sessions obey.
  package let profile: ServerProfile
  /// Nil for a server without TLS.
  package let certificate: CertificateState?
  package let conditions: LinkConditions
  /// What it listens on, in the order IPv4, IPv6, onion and tcp, ssl.
  package let endpoints: [ServerEndpoint]
  /// Host names that lead to it, as a hosts file would have them; onion names are in `endpoints`.
  package let names: [String]
  /// Other faces for clients that come another way; the first that fits holds.
  package let originVariants: [OriginVariant]
  /// What happens on its TLS ports in place of a handshake; nil for an ordinary one.
  package let handshake: HandshakeAbuse?
  let faults: [FaultSpec]
  /// Planted deviations that hold at this epoch, in the scenario's order.
  let deviations: [any PlantedDeviation]

  /// The permanent words of the deviations that hold at this epoch.
  package var deviationWords: [String] { deviations.map(\.word) }

  /// Whether connections end as soon as they are there.
  package var closesAtOnce: Bool { deviations.contains { $0 is ClosesAtOnce } }

  /// The conversation with one client. The context's server is replaced where another face is
  /// shown to clients that come this way.
  package func session(
    _ context: SessionContext, viaTor: Bool = false, clientAddress: String = ""
  ) -> any ServerSession {
    if deviations.contains(where: { $0 is SilentServer }) { return SilentSession() }
    if deviations.contains(where: { $0 is GarbageAnswers }) {
      return GarbageSession(random: context.random)
    }
    var context = context
    if let variant = variant(viaTor: viaTor, clientAddress: clientAddress) {
      context.server = variant.profile
    }
    let behind = context.server.replicasBehind
    if !behind.isEmpty {
      let number = context.random.nextIndex(below: behind.count + 1)
      if number > 0 {
        let view = context.server.chain
        context.server.chain = ChainView(
          node: view.node.replica(number, tip: max(0, view.tip - behind[number - 1])),
          genesisHash: view.genesisHash, lies: view.lies)
      }
    }
    if context.visit > 1, let block = context.server.comingBlock {
      context.server.chain = block.chain
      context.server.comingBlock = nil
    }
    let lost = lostMethods(viaTor: viaTor, &context.random)
    let implementation = ServerImplementation(context.server.software) ?? .electrumX
    var session = implementation.session(context)
    if let block = context.server.comingBlock {
      session = LearningSession(of: block, at: context.server, over: session)
    }
    for case let deviation as AbusesProtocol in deviations {
      session = AbuseSession(deviation.abuse, over: session)
    }
    for alteration in alterations { session = AlteredSession(alteration, over: session) }
    return lost.isEmpty ? session : FaultySession(losing: lost, over: session)
  }

  /// What its sessions change in the replies of its software.
  package var alterations: [AlteredSession.Alteration] {
    deviations.compactMap { ($0 as? any AltersReplies)?.alteration }
  }

  /// Beginnings of methods that go unanswered on one connection.
  private func lostMethods(viaTor: Bool, _ random: inout Xoshiro256StarStar) -> [String] {
    faults.flatMap { fault -> [String] in
      guard viaTor || !fault.onlyTor, random.nextUnit() < fault.share else { return [] }
      return fault.methods.isEmpty ? [""] : fault.methods
    }
  }

  /// The certificate that such a client is shown.
  package func certificate(viaTor: Bool, clientAddress: String) -> CertificateState? {
    variant(viaTor: viaTor, clientAddress: clientAddress)?.certificate ?? certificate
  }

  private func variant(viaTor: Bool, clientAddress: String) -> OriginVariant? {
    originVariants.first { variant in
      switch variant.origin {
      case .tor: viaTor
      case .clients(let prefix): !viaTor && clientAddress.hasPrefix(prefix)
      }
    }
  }
}

/// An address that a server listens on.
package struct ServerEndpoint: Sendable, Hashable {
  package enum Network: String, Sendable, CaseIterable {
    case ipv4, ipv6, onion
  }

  package enum Transport: String, Sendable, CaseIterable {
    case tcp, ssl
  }

  package let network: Network
  /// Address literal, or the name of the onion service.
  package let address: String
  package let port: Int
  package let transport: Transport

  package init(network: Network, address: String, port: Int, transport: Transport) {
    self.network = network
    self.address = address
    self.port = port
    self.transport = transport
  }
}

/// What a server shows to clients that come another way than directly from anywhere.
package struct OriginVariant: Sendable {
  package enum Origin: Sendable, Hashable {
    /// Through Tor: by the simulated proxy, to whichever name.
    case tor
    /// From client addresses that begin so, as `127.200.`.
    case clients(addressPrefix: String)
  }

  package let origin: Origin
  package let profile: ServerProfile
  /// Nil: the same as everybody's.
  package let certificate: CertificateState?
}

/// What lies between a client and a server.
package struct LinkConditions: Sendable, Hashable {
  /// Added to each reply.
  package var delayMilliseconds: Int
  /// Largest further delay of a reply, drawn evenly from 0.
  package var jitterMilliseconds: Int
  /// Part of the connections that come to nothing, 0…1.
  package var lossShare: Double

  package init(delayMilliseconds: Int = 0, jitterMilliseconds: Int = 0, lossShare: Double = 0) {
    self.delayMilliseconds = delayMilliseconds
    self.jitterMilliseconds = jitterMilliseconds
    self.lossShare = lossShare
  }
}
