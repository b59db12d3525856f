internal import COpenSSL
import TLSChannel

/// Turns a template into a signed X.509 certificate.
struct CertificateBuilder {
  private let template: CertificateTemplate

  init(_ template: CertificateTemplate) {
    self.template = template
  }

  func build(
    key: PrivateKey, issuer: IssuedCertificate?
  ) throws(TLSError) -> IssuedCertificate {
    OpenSSLErrors.clear()
    guard let handle = X509_new() else { throw TLSError(.libraryFailed, OpenSSLErrors.drain()) }
    let certificate = X509Certificate(owning: handle)
    try require(X509_set_version(handle, template.version - 1) == 1, "version")
    try setSerial(handle)
    try setValidity(handle)
    try setNames(handle, issuer: issuer)
    try require(X509_set_pubkey(handle, key.handle) == 1, "public key")
    if template.version >= 3 { try addExtensions(handle, issuer: issuer) }
    let signer = issuer?.key ?? key
    try sign(handle, by: signer)
    let der = DERBytes.encoding { i2d_X509(certificate.handle, $0) }
    return IssuedCertificate(der: der, key: key)
  }

  private func sign(_ handle: OpaquePointer, by signer: PrivateKey) throws(TLSError) {
    switch EVP_PKEY_get_base_id(signer.handle) {
    case EVP_PKEY_ED25519: try require(X509_sign(handle, signer.handle, nil) > 0, "signature")
    case EVP_PKEY_EC: try signDeterministically(handle, by: signer)
    default: try require(X509_sign(handle, signer.handle, digest) > 0, "signature")
    }
  }

  private func signDeterministically(
    _ handle: OpaquePointer, by signer: PrivateKey
  ) throws(TLSError) {
    let (name, algorithm) =
      switch template.hash {
      case .sha256: ("SHA256", NID_ecdsa_with_SHA256)
      case .sha1: ("SHA1", NID_ecdsa_with_SHA1)
      case .md5: ("MD5", NID_undef)
      }
    try require(
      algorithm != NID_undef
        && COpenSSL_X509_set_signature_algorithm(handle, algorithm) == 1, "ECDSA with \(name)")
    let message = DERBytes.encoding { i2d_re_X509_tbs(handle, $0) }
    guard
      let signature = DeterministicECDSA.signature(
        of: message, key: signer.handle, hashName: name)
    else { throw TLSError(.libraryFailed, "ECDSA: \(OpenSSLErrors.drain())") }
    try require(
      COpenSSL_X509_set_signature(handle, signature, Int32(clamping: signature.count)) == 1,
      "signature")
  }

  private var digest: OpaquePointer? {
    switch template.hash {
    case .sha256: EVP_sha256()
    case .sha1: EVP_sha1()
    case .md5: EVP_md5()
    }
  }

  private func require(_ condition: Bool, _ what: String) throws(TLSError) {
    if !condition { throw TLSError(.badConfiguration, "\(what): \(OpenSSLErrors.drain())") }
  }

  private func setSerial(_ handle: OpaquePointer) throws(TLSError) {
    let number = BN_bin2bn(template.serial, Int32(clamping: template.serial.count), nil)
    defer { BN_free(number) }
    try require(
      number != nil && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(handle)) != nil, "serial")
  }

  private func setValidity(_ handle: OpaquePointer) throws(TLSError) {
    try require(
      ASN1_TIME_adj(X509_getm_notBefore(handle), 0, 0, Int(template.notBefore)) != nil
        && ASN1_TIME_adj(X509_getm_notAfter(handle), 0, 0, Int(template.notAfter)) != nil,
      "validity \(template.notBefore)…\(template.notAfter)")
  }

  private func setNames(_ handle: OpaquePointer, issuer: IssuedCertificate?) throws(TLSError) {
    let subject = X509_get_subject_name(handle)
    for attribute in template.subject {
      let bytes = Array(attribute.value.utf8)
      // OpenSSL keeps to the bounds of X.520 unless it is told the string's type.
      let type = bytes.count > 64 ? V_ASN1_UTF8STRING : MBSTRING_UTF8
      try require(
        X509_NAME_add_entry_by_txt(
          subject, attribute.type, type, bytes, Int32(clamping: bytes.count), -1, 0) == 1,
        "subject \(attribute.type)=\(attribute.value)")
    }
    if let issuer {
      let authority = try X509Certificate(der: issuer.der)
      try require(
        X509_set_issuer_name(handle, X509_get_subject_name(authority.handle)) == 1, "issuer")
    } else {
      try require(X509_set_issuer_name(handle, subject) == 1, "issuer")
    }
  }

  private func addExtensions(
    _ handle: OpaquePointer, issuer: IssuedCertificate?
  ) throws(TLSError) {
    switch template.profile {
    case .plain: break
    case .openSSLRequest:
      try addExtension(handle, NID_subject_key_identifier, "hash", issuer: issuer)
      try addExtension(handle, NID_authority_key_identifier, "keyid", issuer: issuer)
      try addExtension(handle, NID_basic_constraints, "critical,CA:TRUE")
    case .webServer:
      try addExtension(handle, NID_key_usage, "critical,digitalSignature")
      try addExtension(handle, NID_ext_key_usage, "serverAuth,clientAuth")
      try addExtension(handle, NID_basic_constraints, "critical,CA:FALSE")
      try addExtension(handle, NID_subject_key_identifier, "hash", issuer: issuer)
      if let issuer, try Self.hasKeyIdentifier(issuer) {
        try addExtension(handle, NID_authority_key_identifier, "keyid", issuer: issuer)
      }
    }
    if template.isAuthority {
      try addExtension(handle, NID_basic_constraints, "critical,CA:TRUE")
      try addExtension(handle, NID_key_usage, "critical,keyCertSign,cRLSign")
    }
    if !template.alternativeNames.isEmpty { try addAlternativeNames(handle) }
  }

  private static func hasKeyIdentifier(_ issuer: IssuedCertificate) throws(TLSError) -> Bool {
    let certificate = try X509Certificate(der: issuer.der)
    return X509_get_ext_by_NID(certificate.handle, NID_subject_key_identifier, -1) >= 0
  }

  private func addExtension(
    _ handle: OpaquePointer, _ identifier: Int32, _ value: String,
    issuer: IssuedCertificate? = nil
  ) throws(TLSError) {
    let authority = try issuer.map { issuer throws(TLSError) in
      try X509Certificate(der: issuer.der)
    }
    var context = X509V3_CTX()
    X509V3_set_ctx(&context, authority?.handle ?? handle, handle, nil, nil, 0)
    let made = X509V3_EXT_conf_nid(nil, &context, identifier, value)
    defer { X509_EXTENSION_free(made) }
    try require(made != nil && X509_add_ext(handle, made, -1) == 1, "extension \(value)")
  }

  /// Built name by name: a comma in a name must not become another name.
  private func addAlternativeNames(_ handle: OpaquePointer) throws(TLSError) {
    guard let names = GENERAL_NAMES_new() else {
      throw TLSError(.libraryFailed, OpenSSLErrors.drain())
    }
    defer { GENERAL_NAMES_free(names) }
    for name in template.alternativeNames {
      let made: UnsafeMutablePointer<GENERAL_NAME>? =
        switch name {
        case .dns(let host): Self.generalName(GEN_DNS, Array(host.utf8))
        case .address(let literal):
          Self.addressBytes(literal).flatMap { Self.generalName(GEN_IPADD, $0) }
        }
      try require(made != nil, "alternative name \(name)")
      if COpenSSL_sk_GENERAL_NAME_push(names, made) < 1 {
        GENERAL_NAME_free(made)
        throw TLSError(.libraryFailed, OpenSSLErrors.drain())
      }
    }
    try require(
      X509_add1_ext_i2d(handle, NID_subject_alt_name, UnsafeMutableRawPointer(names), 0, 0) == 1,
      "alternative names")
  }

  private static func generalName(
    _ type: Int32, _ bytes: [UInt8]
  ) -> UnsafeMutablePointer<GENERAL_NAME>? {
    let string = ASN1_STRING_type_new(type == GEN_IPADD ? V_ASN1_OCTET_STRING : V_ASN1_IA5STRING)
    guard let string, ASN1_STRING_set(string, bytes, Int32(clamping: bytes.count)) == 1,
      let name = GENERAL_NAME_new()
    else {
      ASN1_STRING_free(string)
      return nil
    }
    GENERAL_NAME_set0_value(name, type, string)
    return name
  }

  private static func addressBytes(_ literal: String) -> [UInt8]? {
    guard let string = a2i_IPADDRESS(literal) else { return nil }
    defer { ASN1_OCTET_STRING_free(string) }
    let bytes = UnsafeBufferPointer(
      start: ASN1_STRING_get0_data(string), count: Int(ASN1_STRING_length(string)))
    return Array(bytes)
  }
}
