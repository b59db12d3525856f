import Records

/// What class of maker a leaf certificate has.
extension Certificate {
  /// - Parameter isVerified: whether the system roots verified a chain that it led.
  mutating func describeProfile(isVerified: Bool) {
    guard let subject, let issuer, let selfSigned else { return }
    let rule = CertificateRule.first(
      subject: DistinguishedName(subject), issuer: DistinguishedName(issuer),
      isSelfSigned: selfSigned, isVerified: isVerified)
    profile = rule.profile
    profileRule = rule.rawValue
  }
}

/// The rules that tell the class, in the order in which they are tried.
enum CertificateRule: String, CaseIterable {
  /// The system roots verified a chain that it led.
  case verified = "certificate.chain-verified"
  /// Its issuer calls itself a public authority, and nobody verified that.
  case listedIssuer = "certificate.listed-issuer"
  /// Self-signed, with what OpenSSL fills in where nothing is said, or for `localhost`.
  case defaultSubject = "certificate.default-subject"
  /// Self-signed otherwise.
  case selfSigned = "certificate.self-signed"
  /// Signed by another that is none of these.
  case otherIssuer = "certificate.other-issuer"

  var profile: CertificateProfile {
    switch self {
    case .verified, .listedIssuer: .publicAuthority
    case .defaultSubject: .selfSignedDefault
    case .selfSigned: .selfSignedCustom
    case .otherIssuer: .privateAuthority
    }
  }

  static func first(
    subject: DistinguishedName, issuer: DistinguishedName, isSelfSigned: Bool, isVerified: Bool
  ) -> CertificateRule {
    if isSelfSigned { return isDefault(subject) ? .defaultSubject : .selfSigned }
    if isVerified { return .verified }
    if let organisation = issuer["O"], publicAuthorities.contains(organisation) {
      return .listedIssuer
    }
    return .otherIssuer
  }

  private static func isDefault(_ subject: DistinguishedName) -> Bool {
    if subject.attributes.isEmpty { return true }
    if let organisation = subject["O"], defaultOrganisations.contains(organisation) { return true }
    return ["localhost", "localhost.localdomain"].contains(subject["CN"])
  }

  /// Of the `openssl.cnf` of OpenSSL and of Red Hat.
  private static let defaultOrganisations: Set = [
    "Default Company Ltd", "Internet Widgits Pty Ltd",
  ]

  /// Organisations as the issuing certificates of common public authorities name them.
  private static let publicAuthorities: Set = [
    "Actalis S.p.A.", "Amazon", "Asseco Data Systems S.A.", "Buypass AS-983163327",
    "COMODO CA Limited", "DigiCert Inc", "DigiCert, Inc.", "Entrust, Inc.", "GlobalSign nv-sa",
    "GoDaddy.com, Inc.", "Google Trust Services", "Google Trust Services LLC", "IdenTrust",
    "Internet Security Research Group", "Let's Encrypt", "SSL Corp", "SSL Corporation",
    "Sectigo Limited", "SwissSign AG", "TrustAsia Technologies, Inc.", "ZeroSSL", "cPanel, Inc.",
  ]
}
