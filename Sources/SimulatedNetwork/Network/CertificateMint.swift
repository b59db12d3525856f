internal import Statistics
internal import TLSChannel

/// Makes the certificates of a plan. Keys are new at every start; which servers share one is the
/// scenario's truth.
struct CertificateMint {
  private let plan: NetworkPlan
  private var contexts: [String: TLSServerContext] = [:]

  private static let secondsPerDay: Int64 = 86_400
  private static let rsaBits = 2_048

  init(_ plan: NetworkPlan) {
    self.plan = plan
  }

  /// The name under which the truth lists a server's key.
  static func keyName(of server: ServerPlan) -> String {
    server.spec.certificate.sharedKey ?? server.spec.id
  }

  /// Servers with one key name get one certificate: that of the first that asks.
  mutating func context(for server: ServerPlan) throws(SimulationError) -> TLSServerContext {
    let name = Self.keyName(of: server)
    if let known = contexts[name] { return known }
    do {
      let spec = server.spec.certificate
      let key = try PrivateKey(spec.algorithm == .rsa ? .rsa(bits: Self.rsaBits) : .ecP256)
      let certificate = try template(of: server, name: name).selfSigned(by: key)
      let context = try TLSServerContext(chain: [certificate.der], key: key)
      contexts[name] = context
      return context
    } catch {
      throw SimulationError(
        .certificate, place: "server \(server.spec.id)", found: "\(error)",
        remedy: "check its certificate in the scenario")
    }
  }

  private func template(of server: ServerPlan, name: String) -> CertificateTemplate {
    let spec = server.spec.certificate
    let commonName = spec.commonName ?? server.spec.names.first ?? "localhost"
    var subject: [CertificateTemplate.NameAttribute] = []
    if let organization = spec.organization { subject.append(.init("O", organization)) }
    subject.append(.init("CN", commonName))
    let notBefore =
      Int64(plan.scenario.chain.tipTime) - Int64(spec.ageDays) * Self.secondsPerDay
    var random = plan.random("serial|\(name)")
    let serial = (0..<16).map { UInt8(truncatingIfNeeded: random.next()) & ($0 == 0 ? 0x7F : 0xFF) }
    return CertificateTemplate(
      subject: subject,
      alternativeNames: commonName.contains(".") ? [.dns(commonName)] : [],
      notBefore: notBefore, notAfter: notBefore + Int64(spec.validDays) * Self.secondsPerDay,
      serial: serial.map { $0 | 1 })
  }
}
