public import TLSChannel

/// What a certificate shall say; the key and the issuer make it one.
///
/// Everything but the key is given, so the same template with the same key makes the same bytes
/// (ECDSA signatures have the nonce of RFC 6979).
public struct CertificateTemplate: Sendable, Equatable {
  /// One attribute of a distinguished name, in the order of the certificate.
  public struct NameAttribute: Sendable, Equatable {
    /// OpenSSL's short name: "C", "ST", "L", "O", "OU", "CN", "emailAddress".
    public let type: String
    public let value: String

    public init(_ type: String, _ value: String) {
      self.type = type
      self.value = value
    }
  }

  public enum AlternativeName: Sendable, Equatable {
    case dns(String)
    /// An IPv4 or IPv6 literal.
    case address(String)
  }

  public enum Hash: Sendable, Equatable {
    case sha256
    case sha1
    case md5
  }

  public var subject: [NameAttribute]
  public var alternativeNames: [AlternativeName]
  /// Seconds since 1970, UTC.
  public var notBefore: Int64
  /// Seconds since 1970, UTC.
  public var notAfter: Int64
  /// Big-endian, positive.
  public var serial: [UInt8]
  /// Adds basicConstraints CA:TRUE and keyUsage for signing.
  public var isAuthority: Bool
  /// Ignored by Ed25519 keys, which have their own.
  public var hash: Hash
  /// 3, or 1 for a certificate without any extension.
  public var version: Int
  /// Further extensions; the default adds none.
  public var profile: Profile = .plain

  /// What a kind of issuer puts into its certificates besides the names.
  public enum Profile: Sendable, Equatable {
    case plain
    /// As `openssl req -x509` does: key identifiers and basicConstraints CA:TRUE.
    case openSSLRequest
    /// As a public authority's leaf: key usage, extended key usage, CA:FALSE, key identifiers.
    case webServer
  }

  public init(
    subject: [NameAttribute], alternativeNames: [AlternativeName] = [], notBefore: Int64,
    notAfter: Int64, serial: [UInt8], isAuthority: Bool = false, hash: Hash = .sha256,
    version: Int = 3
  ) {
    self.subject = subject
    self.alternativeNames = alternativeNames
    self.notBefore = notBefore
    self.notAfter = notAfter
    self.serial = serial
    self.isAuthority = isAuthority
    self.hash = hash
    self.version = version
  }

  /// The certificate of a key by the key itself, as most Electrum servers have it.
  ///
  /// - Throws: `tls.bad-configuration`, `tls.library-failed`.
  public func selfSigned(by key: PrivateKey) throws(TLSError) -> IssuedCertificate {
    try CertificateBuilder(self).build(key: key, issuer: nil)
  }

  /// A certificate of `key` signed by an issuer, whose subject becomes the issuer's name.
  ///
  /// - Throws: `tls.bad-configuration`, `tls.library-failed`.
  public func issued(
    by issuer: IssuedCertificate, for key: PrivateKey
  ) throws(TLSError) -> IssuedCertificate {
    try CertificateBuilder(self).build(key: key, issuer: issuer)
  }
}

/// A certificate of our own making, with its key.
public struct IssuedCertificate: Sendable {
  public let der: [UInt8]
  public let key: PrivateKey

  public init(der: [UInt8], key: PrivateKey) {
    self.der = der
    self.key = key
  }
}
