internal import SimulatedServers

extension NetworkPlan {
  /// Every server of the plan at an epoch, in the plan's order. Equal whatever was asked before.
  package func states(at epoch: Int) -> [ServerState] {
    let profiles = ProfileBuilder(plan: self, epoch: epoch).profiles()
    // Servers that share a key show the certificate of the first of them.
    var shared: [String: CertificateState] = [:]
    return zip(servers, profiles).map { server, profile in
      var certificate = certificate(of: server, at: epoch)
      if let own = certificate {
        certificate = shared[own.keyName] ?? own
        shared[own.keyName] = certificate
      }
      return ServerState(
        plan: server, isUp: true, restarts: 0, profile: profile,
        certificate: certificate,
        conditions: LinkConditions(delayMilliseconds: server.spec.delayMilliseconds),
        endpoints: endpoints(of: server), names: server.spec.names, originVariants: [],
        handshake: nil, deviations: server.spec.deviations)
    }
  }

  private func endpoints(of server: ServerPlan) -> [ServerEndpoint] {
    [(server.spec.tcpPort, ServerEndpoint.Transport.tcp), (server.spec.sslPort, .ssl)].compactMap {
      port, transport in
      port.map {
        ServerEndpoint(network: .ipv4, address: server.address, port: $0, transport: transport)
      }
    }
  }

  private func certificate(of server: ServerPlan, at epoch: Int) -> CertificateState? {
    guard server.spec.sslPort != nil else { return nil }
    let spec = server.spec.certificate
    let commonName = spec.commonName ?? server.spec.names.first ?? "localhost"
    let name = spec.sharedKey ?? server.id
    let notBefore = Int64(scenario.chain.tipTime) - Int64(spec.ageDays) * 86_400
    return CertificateState(
      keyName: name, keyGeneration: 0, generation: 0, algorithm: spec.algorithm,
      chain: .selfSigned, commonName: commonName, organization: spec.organization,
      alternativeNames: commonName.contains(".") ? [commonName] : [], notBefore: notBefore,
      notAfter: notBefore + Int64(spec.validDays) * 86_400,
      serialSeed: Self.seed(scenario.seed, "serial|\(name)"))
  }
}
