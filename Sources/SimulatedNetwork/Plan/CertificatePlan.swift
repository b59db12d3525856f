/// Which certificate a server shows at an epoch.
struct CertificatePlan {
  let plan: NetworkPlan
  let epoch: Int

  private static let secondsPerDay: Int64 = 86_400

  /// The name of the key of a server at epoch 0.
  static func keyName(of server: ServerPlan) -> String {
    server.spec.certificate.sharedKey ?? server.id
  }

  func certificate(of server: ServerPlan) -> CertificateState? {
    guard server.spec.sslPort != nil else { return nil }
    let spec = server.spec.certificate
    guard let key = spec.sharedKey, !spec.ownCertificate, let owner = plan.keyOwners[key] else {
      return state(of: server, keyName: Self.keyName(of: server))
    }
    return state(of: plan.servers[owner], keyName: key)
  }

  /// Another certificate over another key, as clients that come another way may be shown.
  func otherCertificate(of server: ServerPlan, number: Int) -> CertificateState? {
    guard server.spec.sslPort != nil else { return nil }
    return state(of: server, keyName: "\(Self.keyName(of: server))|other|\(number)")
  }

  private func state(of server: ServerPlan, keyName: String) -> CertificateState {
    let spec = server.spec.certificate
    let first = creation(spec, keyName: spec.ownCertificate ? server.id : keyName)
    let renewal = spec.renewDays.map { Int64($0) * Self.secondsPerDay }
    let generation = renewal.map { max(0, (plan.time(at: epoch) - first) / $0) } ?? 0
    let before = renewal.map { max(0, (plan.time(at: 0) - first) / $0) } ?? 0
    let notBefore = first + generation * (renewal ?? 0)
    let number = Int(generation - before)
    let commonName = spec.commonName ?? server.spec.names.first ?? server.onion ?? "localhost"
    return CertificateState(
      keyName: keyName, keyGeneration: spec.keepsKey ? 0 : number, generation: number,
      algorithm: spec.algorithm, chain: chain(spec), commonName: filled(commonName, spec),
      organization: spec.organization,
      alternativeNames: alternativeNames(of: server, commonName: commonName), notBefore: notBefore,
      notAfter: notBefore + Int64(spec.validDays) * Self.secondsPerDay,
      serialSeed: NetworkPlan.seed(
        plan.scenario.seed,
        "serial|\(keyName)|\(spec.ownCertificate ? server.id : "")|\(number)"))
  }

  /// At a second of the day of its own; of one batch, in one minute.
  private func creation(_ spec: CertificateSpec, keyName: String) -> Int64 {
    func draw(_ purpose: String, below bound: UInt64) -> Int64 {
      Int64(NetworkPlan.seed(plan.scenario.seed, purpose) % bound)
    }
    let day = plan.time(at: 0) - Int64(spec.ageDays) * Self.secondsPerDay
    guard let batch = spec.batch else { return day - draw("created|\(keyName)", below: 86_400) }
    return day - 60 - draw("batch|\(batch)", below: 1_439) * 60
      + draw("created|\(keyName)", below: 60)
  }

  private func chain(_ spec: CertificateSpec) -> CertificateState.Chain {
    switch spec.issuer {
    case .own where spec.extraCertificates > 0: .padded(certificates: spec.extraCertificates)
    case .own: .selfSigned
    case .authority:
      .authority(
        organization: spec.issuerOrganization ?? "Common Encryption Trust",
        commonName: spec.issuerName ?? "E1")
    case .private:
      .ownAuthority(
        organization: spec.issuerOrganization ?? "Private Authority",
        commonName: spec.issuerName ?? "Private Authority")
    case .inspection:
      .inspection(
        organization: spec.issuerOrganization ?? "Example Inspection Gateway",
        commonName: spec.issuerName ?? "Example Inspection CA")
    }
  }

  /// Names of an authority's certificate are all the server's; a self-signed one has its subject's.
  private func alternativeNames(of server: ServerPlan, commonName: String) -> [String] {
    let names = server.spec.certificate.issuer == .own ? [] : server.spec.names
    let all = names.contains(commonName) ? names : [commonName] + names
    return all.filter { $0.contains(".") }
  }

  private func filled(_ name: String, _ spec: CertificateSpec) -> String {
    guard let length = spec.subjectBytes, length > name.utf8.count else { return name }
    return name + String(repeating: "x", count: length - name.utf8.count)
  }
}
