package import SimulatedTLS
internal import Statistics
internal import Synchronization
internal import TLSChannel

/// Makes the certificates of a network. The same seed and state make the same bytes, so that what
/// is served and what is written agree, at every start.
package final class CertificateMint: Sendable {
  /// What a server shows: DER certificates, leaf first, and the leaf's key.
  package struct Minted: Sendable {
    package let chain: [[UInt8]]
    package let key: PrivateKey
  }

  private struct KeyIdentity: Hashable {
    let name: String
    let generation: Int
    let algorithm: CertificateState.Algorithm
  }

  private let seed: UInt64
  private let keys = Mutex<[KeyIdentity: PrivateKey]>([:])
  private let authorities = Mutex<[String: IssuedCertificate]>([:])

  /// 2020-01-01 and 2040-01-01: the life of simulated authorities, seconds since 1970.
  private static let authorityLife: ClosedRange<Int64> = 1_577_836_800...2_208_988_800

  package init(seed: UInt64) {
    self.seed = seed
  }

  package func certificate(for state: CertificateState) throws(SimulationError) -> Minted {
    do throws(TLSError) {
      let key = try key(of: state)
      let template = template(of: state)
      switch state.chain {
      case .selfSigned:
        return Minted(chain: [try template.selfSigned(by: key).der], key: key)
      case .padded(let certificates):
        let filling = try (0..<max(0, certificates)).mapThrowing { index throws(TLSError) in
          try authority("Padding \(index)", "Padding \(index)", isIntermediate: false).der
        }
        return Minted(chain: [try template.selfSigned(by: key).der] + filling, key: key)
      case .authority(let organization, let commonName):
        let issuer = try authority(organization, commonName, isIntermediate: true)
        let leaf = try template.issued(by: issuer, for: key)
        return Minted(chain: [leaf.der, issuer.der], key: key)
      case .ownAuthority(let organization, let commonName):
        let issuer = try authority(organization, commonName, isIntermediate: false)
        return Minted(chain: [try template.issued(by: issuer, for: key).der, issuer.der], key: key)
      case .inspection(let organization, let commonName):
        let issuer = try authority(organization, commonName, isIntermediate: false)
        return Minted(chain: [try template.issued(by: issuer, for: key).der], key: key)
      }
    } catch {
      throw SimulationError(
        .certificate, place: "certificate of key \(state.keyName)", found: "\(error)",
        remedy: "check its settings in the scenario")
    }
  }

  // MARK: Keys

  private func key(of state: CertificateState) throws(TLSError) -> PrivateKey {
    let identity = KeyIdentity(
      name: state.keyName, generation: state.keyGeneration, algorithm: state.algorithm)
    if let known = keys.withLock({ $0[identity] }) { return known }
    let made = try PrivateKey(
      state.algorithm.keyKind,
      seed: bytes("key|\(state.algorithm.rawValue)|\(state.keyGeneration)|\(state.keyName)"))
    return keys.withLock { keys in
      if let known = keys[identity] { return known }
      keys[identity] = made
      return made
    }
  }

  private func bytes(_ purpose: String) -> [UInt8] { Array("\(seed)|\(purpose)".utf8) }

  // MARK: Issuers

  private func authority(
    _ organization: String, _ commonName: String, isIntermediate: Bool
  ) throws(TLSError) -> IssuedCertificate {
    let name = "\(organization)|\(commonName)|\(isIntermediate)"
    if let known = authorities.withLock({ $0[name] }) { return known }
    let made: IssuedCertificate
    if isIntermediate {
      let root = try PrivateKey(.ecP256, seed: bytes("root|\(organization)"))
        .authority([.init("O", organization), .init("CN", "\(organization) Root")], serial(name))
      made = try Self.authorityTemplate(
        [.init("O", organization), .init("CN", commonName)], serial("intermediate|\(name)")
      ).issued(by: root, for: PrivateKey(.ecP256, seed: bytes("authority|\(name)")))
    } else {
      made = try PrivateKey(.ecP256, seed: bytes("authority|\(name)"))
        .authority([.init("O", organization), .init("CN", commonName)], serial(name))
    }
    authorities.withLock { $0[name] = made }
    return made
  }

  fileprivate static func authorityTemplate(
    _ subject: [CertificateTemplate.NameAttribute], _ serial: [UInt8]
  ) -> CertificateTemplate {
    var template = CertificateTemplate(
      subject: subject, notBefore: authorityLife.lowerBound, notAfter: authorityLife.upperBound,
      serial: serial)
    template.profile = .openSSLRequest
    return template
  }

  // MARK: Templates

  private func template(of state: CertificateState) -> CertificateTemplate {
    var subject: [CertificateTemplate.NameAttribute] = []
    if let organization = state.organization { subject.append(.init("O", organization)) }
    subject.append(.init("CN", state.commonName))
    var template = CertificateTemplate(
      subject: subject, alternativeNames: state.alternativeNames.map(Self.alternativeName),
      notBefore: state.notBefore, notAfter: state.notAfter,
      serial: Self.serial(Xoshiro256StarStar(seed: state.serialSeed)))
    if case .authority = state.chain { template.profile = .webServer }
    return template
  }

  private static func alternativeName(_ text: String) -> CertificateTemplate.AlternativeName {
    text.contains(":") || IPv4.number(text) != nil ? .address(text) : .dns(text)
  }

  private func serial(_ purpose: String) -> [UInt8] {
    Self.serial(Xoshiro256StarStar(seed: NetworkPlan.seed(seed, "serial|\(purpose)")))
  }

  /// 16 bytes, positive and without leading zeros.
  private static func serial(_ source: Xoshiro256StarStar) -> [UInt8] {
    var random = source
    var bytes = (0..<16).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    bytes[0] = bytes[0] & 0x7F | 0x40
    return bytes
  }
}

extension PrivateKey {
  /// The certificate of an authority by its own key.
  fileprivate func authority(
    _ subject: [CertificateTemplate.NameAttribute], _ serial: [UInt8]
  ) throws(TLSError) -> IssuedCertificate {
    try CertificateMint.authorityTemplate(subject, serial).selfSigned(by: self)
  }
}

extension CertificateState.Algorithm {
  var keyKind: PrivateKey.Kind {
    switch self {
    case .ec: .ecP256
    case .rsa: .rsa(bits: 2_048)
    }
  }
}
