internal import COpenSSL

/// What was negotiated, in OpenSSL's names.
extension TLSConnection {
  package var cipherName: String {
    guard let cipher = SSL_get_current_cipher(handle) else { return "" }
    return String(cString: SSL_CIPHER_get_name(cipher))
  }

  var groupName: String? {
    let group = COpenSSL_SSL_get_negotiated_group(handle)
    if group != 0, let name = SSL_group_to_name(handle, group) { return String(cString: name) }
    var key: OpaquePointer?
    guard COpenSSL_SSL_get_peer_tmp_key(handle, &key) == 1, let key else {
      OpenSSLErrors.clear()
      return nil
    }
    defer { EVP_PKEY_free(key) }
    let name = EVP_PKEY_get0_type_name(key).map { String(cString: $0) } ?? "unknown"
    return "\(name)-\(EVP_PKEY_get_bits(key))"
  }

  var signatureAlgorithmName: String? {
    var keyType: Int32 = 0
    guard SSL_get_peer_signature_type_nid(handle, &keyType) == 1, keyType != 0 else { return nil }
    let key: String
    switch keyType {
    case NID_rsaEncryption: key = "RSA"
    case NID_rsassaPss: key = "RSA-PSS"
    case NID_X9_62_id_ecPublicKey: key = "ECDSA"
    default: key = OBJ_nid2sn(keyType).map { String(cString: $0) } ?? "nid-\(keyType)"
    }
    var digest: Int32 = 0
    guard COpenSSL_SSL_get_peer_signature_nid(handle, &digest) == 1, digest != 0,
      let name = OBJ_nid2sn(digest)
    else { return key }
    return "\(key)+\(String(cString: name))"
  }

  var applicationProtocol: String? {
    var start: UnsafePointer<UInt8>?
    var count: UInt32 = 0
    SSL_get0_alpn_selected(handle, &start, &count)
    guard let start, count > 0 else { return nil }
    return String(decoding: UnsafeBufferPointer(start: start, count: Int(count)), as: UTF8.self)
  }

  var hasOCSPStaple: Bool {
    var response: UnsafePointer<UInt8>?
    return COpenSSL_SSL_get_tlsext_status_ocsp_resp(handle, &response) > 0
  }
}
