internal import SimulatedServers

extension NetworkPlan {
  /// Every server of the plan at an epoch, in the plan's order. Equal whatever was asked before.
  package func states(at epoch: Int) -> [ServerState] {
    let builder = ProfileBuilder(plan: self, epoch: epoch)
    let certificates = CertificatePlan(plan: self, epoch: epoch)
    var views = ChainViews(plan: self, epoch: epoch)
    return servers.map { server in
      let profile = builder.profile(of: server, &views)
      let active = builder.active(server)
      return ServerState(
        plan: server, isUp: server.isUp(at: epoch),
        restarts: server.timeline.restarts(upTo: epoch), profile: profile,
        certificate: certificates.certificate(of: server), conditions: server.spec.settings.link,
        endpoints: endpoints(of: server, at: epoch),
        names: server.names(at: epoch, seed: scenario.seed).live,
        originVariants: variants(of: server, active, profile, builder, certificates),
        handshake: active.lazy.compactMap { $0 as? AbusesHandshake }.first
          .map { HandshakeAbuse($0.abuse) },
        faults: server.spec.settings.faults, deviations: active)
    }
  }

  private func endpoints(of server: ServerPlan, at epoch: Int) -> [ServerEndpoint] {
    var hosts: [(ServerEndpoint.Network, String)] = [(.ipv4, server.address(at: epoch))]
    if let ipv6 = server.ipv6 { hosts.append((.ipv6, ipv6)) }
    if let onion = server.onion { hosts.append((.onion, onion)) }
    let ports: [(Int?, ServerEndpoint.Transport)] = [
      (server.spec.tcpPort, .tcp), (server.spec.sslPort, .ssl),
    ]
    return hosts.flatMap { network, address in
      ports.compactMap { port, transport in
        port.map {
          ServerEndpoint(network: network, address: address, port: $0, transport: transport)
        }
      }
    }
  }

  private func variants(
    of server: ServerPlan, _ active: [any PlantedDeviation], _ profile: ServerProfile,
    _ builder: ProfileBuilder, _ certificates: CertificatePlan
  ) -> [OriginVariant] {
    let planter = DeviationPlanter(builder: builder, server: server)
    var result: [OriginVariant] = []
    for case let face as DiffersByOrigin in active {
      var other = profile
      for deviation in face.deviations { deviation.plant(in: &other, planter) }
      let certificate =
        face.otherCertificate
        ? certificates.otherCertificate(of: server, number: result.count) : nil
      result.append(OriginVariant(origin: face.origin, profile: other, certificate: certificate))
    }
    return result
  }
}
