internal import COpenSSL
import Digests
internal import NIOCore

extension CertificateSummary {
  /// - Throws: `tls.bad-certificate` where the bytes are not exactly one X.509 certificate.
  public init(der: [UInt8]) throws(TLSError) {
    let certificate = try X509Certificate(der: der)
    let handle = certificate.handle
    defer { OpenSSLErrors.clear() }
    sha256 = SHA256.hex(der)
    spkiSHA256 = SHA256.hex(
      DERBytes.encoding { i2d_X509_PUBKEY(X509_get_X509_PUBKEY(handle), $0) })
    subject = CertificateText.name(X509_get_subject_name(handle))
    issuer = CertificateText.name(X509_get_issuer_name(handle))
    alternativeNames = CertificateText.alternativeNames(handle)
    notBefore = CertificateText.seconds(X509_get0_notBefore(handle))
    notAfter = CertificateText.seconds(X509_get0_notAfter(handle))
    let key = X509_get0_pubkey(handle)
    keyType = CertificateText.keyType(key, handle)
    keyBits = key.map { Int(EVP_PKEY_get_bits($0)) }
    keyCurve = key.flatMap { CertificateText.curve($0) }
    keyExponent = key.flatMap { CertificateText.exponent($0) }
    signatureAlgorithm = CertificateText.object(
      CertificateText.signatureObject(handle), asOID: false)
    serial = CertificateText.serial(X509_get0_serialNumber(handle))
    version = X509_get_version(handle) &+ 1
    isSelfSigned =
      X509_NAME_cmp(X509_get_subject_name(handle), X509_get_issuer_name(handle)) == 0
      && key != nil && X509_verify(handle, key) == 1
    isAuthority =
      X509_get_extension_flags(handle) & UInt32(EXFLAG_CA) != 0
      && X509_get_ext_by_NID(handle, NID_basic_constraints, -1) >= 0
    subjectKeyID = CertificateText.keyID(X509_get0_subject_key_id(handle))
    authorityKeyID = CertificateText.keyID(X509_get0_authority_key_id(handle))
    extensionOIDs = (0..<max(0, X509_get_ext_count(handle))).map { index in
      let ext = X509_get_ext(handle, index)
      return CertificateText.object(X509_EXTENSION_get_object(ext), asOID: true)
    }
  }

  /// Whether the key of one certificate verifies the signature of another, whatever their names say.
  ///
  /// - Throws: `tls.bad-certificate` where either is not exactly one X.509 certificate.
  public static func isSigned(der: [UInt8], byKeyOf issuer: [UInt8]) throws(TLSError) -> Bool {
    let (certificate, issuer) = (try X509Certificate(der: der), try X509Certificate(der: issuer))
    defer { OpenSSLErrors.clear() }
    guard let key = X509_get0_pubkey(issuer.handle) else { return false }
    return X509_verify(certificate.handle, key) == 1
  }
}
