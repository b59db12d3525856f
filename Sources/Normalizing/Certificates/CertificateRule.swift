import Records

/// A rule that tells what class of maker a leaf certificate has: of all, the first that holds.
struct CertificateRule: Rule {
  static let family = RuleFamily.certificate

  /// What the rules look at.
  struct Leaf {
    let subject: DistinguishedName
    let issuer: DistinguishedName
    let isSelfSigned: Bool
    /// Whether the system roots verified a chain that it led.
    let isVerified: Bool
  }

  let id: RuleID
  /// The class that the rule tells.
  let group: CertificateProfile
  let statement: String
  let source: RuleSource
  let holds: @Sendable (Leaf) -> Bool

  /// The rules in the order in which they are tried.
  static let all = [defaultSubject, selfSigned, verified, listedIssuer, otherIssuer]

  /// The last rule holds for every certificate.
  static func first(_ leaf: Leaf) -> CertificateRule {
    all.first { $0.holds(leaf) } ?? otherIssuer
  }
}

extension CertificateRule {
  private static let path = RuleSource.published("RFC 5280, section 6")

  private static let defaultSubject = CertificateRule(
    id: "certificate.default-subject", group: .selfSignedDefault,
    statement:
      "The certificate is self-signed, with what OpenSSL, a reverse proxy or an example fills in where nothing is said, or for `localhost`.",
    source: .published(
      "openssl.cnf of OpenSSL and of Red Hat; default certificates of Traefik, ingress-nginx, Apache, stunnel and Go's generate_cert"
    )
  ) { $0.isSelfSigned && isDefault($0.subject) }

  private static let selfSigned = CertificateRule(
    id: "certificate.self-signed", group: .selfSignedCustom,
    statement: "The certificate is self-signed otherwise.",
    source: .published("RFC 5280, section 3.2")
  ) { $0.isSelfSigned }

  private static let verified = CertificateRule(
    id: "certificate.chain-verified", group: .publicAuthority,
    statement: "The system roots of the vantage point verified a chain that the certificate led.",
    source: path
  ) { $0.isVerified }

  private static let listedIssuer = CertificateRule(
    id: "certificate.listed-issuer", group: .publicAuthority,
    statement:
      "The issuer calls itself a public authority, and nobody verified that: the chain was incomplete or out of date, or this is a pretence.",
    source: .published("issuing certificates of common public authorities")
  ) { leaf in leaf.issuer["O"].map { publicAuthorities.contains($0) } ?? false }

  private static let otherIssuer = CertificateRule(
    id: "certificate.other-issuer", group: .privateAuthority,
    statement: "The certificate is signed by another that is none of these.", source: path
  ) { _ in true }

  private static func isDefault(_ subject: DistinguishedName) -> Bool {
    if subject.attributes.isEmpty { return true }
    if let organisation = subject["O"], defaultOrganisations.contains(organisation) { return true }
    return subject["CN"].map { defaultNames.contains($0) } ?? false
  }

  /// Of the `openssl.cnf` of OpenSSL and of Red Hat, of Go's `generate_cert` (which ingress-nginx uses),
  /// of Apache's and of stunnel's examples.
  private static let defaultOrganisations: Set = [
    "Acme Co", "Default Company Ltd", "Internet Widgits Pty Ltd", "Snake Oil\\, Ltd",
    "Snake Oil, Ltd", "Stunnel Developers Ltd",
  ]
  /// Of whoever named nothing, of Traefik, and of ingress-nginx.
  private static let defaultNames: Set = [
    "Kubernetes Ingress Controller Fake Certificate", "TRAEFIK DEFAULT CERT", "localhost",
    "localhost.localdomain",
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
