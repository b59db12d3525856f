internal import COpenSSL
internal import TLSChannel

/// ECDSA whose nonce follows from the key and the message (RFC 6979), so that a certificate's
/// bytes are the same whenever it is signed. Not constant-time: for keys that guard nothing.
package struct DeterministicECDSA {
  private let group: OpaquePointer
  private let order: OpaquePointer
  private let secret: BigNumber
  /// OpenSSL's name of the hash: "SHA256".
  private let hashName: String
  private let scratch: BigNumberScratch

  /// DER of the signature (RFC 3279, Ecdsa-Sig-Value); nil where the key is no EC key with a named
  /// curve.
  package static func signature(of message: [UInt8], key: OpaquePointer, hashName: String)
    -> [UInt8]?
  {
    var name = [CChar](repeating: 0, count: 80)
    var secret: OpaquePointer?
    guard EVP_PKEY_get_group_name(key, &name, name.count, nil) == 1,
      let group = EC_GROUP_new_by_curve_name(OBJ_txt2nid(name))
    else { return nil }
    defer { EC_GROUP_free(group) }
    guard let order = EC_GROUP_get0_order(group),
      EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &secret) == 1,
      let secret = BigNumber(owning: secret), let scratch = BigNumberScratch()
    else { return nil }
    return DeterministicECDSA(
      group: group, order: order, secret: secret, hashName: hashName, scratch: scratch
    ).sign(message)
  }

  private var hash: OpaquePointer? { EVP_get_digestbyname(hashName) }
  private var orderBits: Int { Int(BN_num_bits(order)) }
  private var orderBytes: Int { (orderBits + 7) / 8 }

  private func sign(_ message: [UInt8]) -> [UInt8]? {
    guard let digest = digest(of: message), let number = leftmostBits(digest),
      let reduced = BigNumber(),
      BN_nnmod(reduced.handle, number.handle, order, scratch.handle) == 1,
      let keyBytes = secret.bytes(count: orderBytes),
      let reducedBytes = reduced.bytes(count: orderBytes)
    else { return nil }
    // RFC 6979 3.2, steps b to h.
    var value = [UInt8](repeating: 1, count: digest.count)
    var key = [UInt8](repeating: 0, count: digest.count)
    for round: UInt8 in [0, 1] {
      guard let next = hmac(key, value + [round] + keyBytes + reducedBytes),
        let after = hmac(next, value)
      else { return nil }
      (key, value) = (next, after)
    }
    while true {
      var stream: [UInt8] = []
      while stream.count < orderBytes {
        guard let next = hmac(key, value) else { return nil }
        value = next
        stream += next
      }
      guard let nonce = leftmostBits(Array(stream.prefix(orderBytes))) else { return nil }
      if BN_is_zero(nonce.handle) == 0, BN_cmp(nonce.handle, order) < 0,
        let signature = signature(nonce: nonce, hash: reduced)
      {
        return signature
      }
      guard let next = hmac(key, value + [0]), let after = hmac(next, value) else { return nil }
      (key, value) = (next, after)
    }
  }

  /// r = (k·G).x mod n, s = k⁻¹(e + r·d) mod n; nil where either is 0.
  private func signature(nonce: BigNumber, hash: BigNumber) -> [UInt8]? {
    guard let point = EC_POINT_new(group) else { return nil }
    defer { EC_POINT_free(point) }
    let context = scratch.handle
    guard let x = BigNumber(), let product = BigNumber(), let sum = BigNumber(),
      EC_POINT_mul(group, point, nonce.handle, nil, nil, context) == 1,
      EC_POINT_get_affine_coordinates(group, point, x.handle, nil, context) == 1,
      let inverse = BigNumber(owning: BN_mod_inverse(nil, nonce.handle, order, context)),
      let r = BN_new(), let s = BN_new()
    else { return nil }
    guard BN_nnmod(r, x.handle, order, context) == 1,
      BN_mod_mul(product.handle, r, secret.handle, order, context) == 1,
      BN_mod_add(sum.handle, product.handle, hash.handle, order, context) == 1,
      BN_mod_mul(s, sum.handle, inverse.handle, order, context) == 1,
      BN_is_zero(r) == 0, BN_is_zero(s) == 0, let pair = ECDSA_SIG_new()
    else {
      BN_free(r)
      BN_free(s)
      return nil
    }
    defer { ECDSA_SIG_free(pair) }
    guard ECDSA_SIG_set0(pair, r, s) == 1 else {
      BN_free(r)
      BN_free(s)
      return nil
    }
    return DERBytes.encoding { i2d_ECDSA_SIG(pair, $0) }
  }

  /// RFC 6979 2.3.2.
  private func leftmostBits(_ bytes: [UInt8]) -> BigNumber? {
    guard let number = BigNumber(bytes) else { return nil }
    let surplus = bytes.count * 8 - orderBits
    if surplus > 0, BN_rshift(number.handle, number.handle, Int32(surplus)) != 1 { return nil }
    return number
  }

  private func digest(of message: [UInt8]) -> [UInt8]? {
    var out = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    guard EVP_Digest(message, message.count, &out, &count, hash, nil) == 1 else { return nil }
    return Array(out.prefix(Int(count)))
  }

  private func hmac(_ key: [UInt8], _ message: [UInt8]) -> [UInt8]? {
    var out = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    guard HMAC(hash, key, Int32(key.count), message, message.count, &out, &count) != nil else {
      return nil
    }
    return Array(out.prefix(Int(count)))
  }
}
