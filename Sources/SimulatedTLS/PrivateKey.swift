internal import COpenSSL
public import TLSChannel

/// Owns one `EVP_PKEY`. Not changed after it is made, so it may be shared.
public final class PrivateKey: @unchecked Sendable {
  public enum Kind: Sendable, Equatable {
    case ecP256
    /// OpenSSL's name of another curve: "secp256k1", "secp384r1".
    case ec(curve: String)
    case rsa(bits: Int)
    case ed25519
  }

  package let handle: OpaquePointer

  /// Takes over a key that OpenSSL built.
  init(owning handle: OpaquePointer) {
    self.handle = handle
  }

  /// A new key from the system's randomness.
  ///
  /// - Throws: `tls.bad-configuration` for a curve or size that OpenSSL does not make.
  public init(_ kind: Kind) throws(TLSError) {
    OpenSSLErrors.clear()
    let made: OpaquePointer? =
      switch kind {
      case .ecP256: COpenSSL_EVP_EC_gen("P-256")
      case .ec(let curve): COpenSSL_EVP_EC_gen(curve)
      case .rsa(let bits): COpenSSL_EVP_RSA_gen(UInt32(clamping: bits))
      case .ed25519: Self.makeEd25519()
      }
    guard let made else {
      throw TLSError(.badConfiguration, "key \(kind): \(OpenSSLErrors.drain())")
    }
    handle = made
  }

  /// A key as ``der`` gives it, or in any other unencrypted private key DER that OpenSSL knows.
  ///
  /// - Throws: `tls.bad-configuration`.
  public init(der: [UInt8]) throws(TLSError) {
    OpenSSLErrors.clear()
    let parsed: OpaquePointer? = der.withUnsafeBufferPointer { bytes in
      var cursor = bytes.baseAddress
      return bytes.isEmpty ? nil : d2i_AutoPrivateKey(nil, &cursor, bytes.count)
    }
    guard let parsed else {
      throw TLSError(.badConfiguration, "private key: \(OpenSSLErrors.drain())")
    }
    handle = parsed
  }

  deinit {
    EVP_PKEY_free(handle)
  }

  /// DER of the private key, unencrypted (RFC 5958 or the type's own older form).
  public var der: [UInt8] {
    DERBytes.encoding { i2d_PrivateKey(handle, $0) }
  }

  private static func makeEd25519() -> OpaquePointer? {
    guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nil) else { return nil }
    defer { EVP_PKEY_CTX_free(context) }
    var key: OpaquePointer?
    guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_keygen(context, &key) == 1 else {
      return nil
    }
    return key
  }
}
