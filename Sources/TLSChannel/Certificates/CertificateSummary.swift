/// The fields of a certificate as it states them; whether they are true is another question.
///
/// Made from bytes that a server sent: nothing here traps on any of them, and every text is printable
/// ASCII.
public struct CertificateSummary: Sendable, Equatable {
  /// Of the DER, lower-case hex.
  public let sha256: String
  /// Of the SubjectPublicKeyInfo's DER, lower-case hex: the same for every certificate of one key.
  public let spkiSHA256: String
  /// RFC 2253/4514 form, last attribute first; other bytes than printable ASCII as `\XX`.
  public let subject: String
  /// As ``subject``.
  public let issuer: String
  /// "DNS:a.example", "IP:192.0.2.1", "email:…", "URI:…", "DirName:…", "other:<GeneralName tag>", in order.
  public let alternativeNames: [String]
  /// Seconds since 1970, UTC; nil where the field is no valid time.
  public let notBefore: Int64?
  /// Seconds since 1970, UTC; nil where the field is no valid time.
  public let notAfter: Int64?
  /// OpenSSL's name: "RSA", "EC", "ED25519", "DSA"; an OID where OpenSSL cannot read the key.
  public let keyType: String
  public let keyBits: Int?
  /// Name of the EC group: "prime256v1", "secp256k1".
  public let keyCurve: String?
  /// Public exponent of an RSA key; nil for other keys and for one of more than 63 bits.
  public let keyExponent: Int?
  /// OpenSSL's long name ("sha256WithRSAEncryption"), or the OID.
  public let signatureAlgorithm: String
  /// Upper-case hex, with "-" where negative, as OpenSSL prints it.
  public let serial: String
  /// 1 or 3 as a rule; what the certificate claims plus one.
  public let version: Int
  /// Issuer and subject are equal and its own key verifies the signature.
  public let isSelfSigned: Bool
  /// basicConstraints says CA:TRUE.
  public let isAuthority: Bool
  /// Key identifier of the extension subjectKeyIdentifier (RFC 5280, section 4.2.1.2), lower-case hex;
  /// nil: there is none, or one of more than 64 bytes.
  public let subjectKeyID: String?
  /// Key identifier of the extension authorityKeyIdentifier (RFC 5280, section 4.2.1.1), as
  /// ``subjectKeyID``: what the maker says of the issuer's key.
  public let authorityKeyID: String?
  /// Dotted OIDs in the order of the certificate.
  public let extensionOIDs: [String]
}
