internal import COpenSSL
public import TLSChannel

extension PrivateKey {
  /// The key that a seed determines, the same at every call and on every machine. For simulated
  /// servers only: who knows the seed knows the key.
  ///
  /// - Parameter seed: any bytes; different purposes need different seeds.
  /// - Throws: `tls.bad-configuration` for a curve or size that OpenSSL does not know.
  public convenience init(_ kind: Kind, seed: [UInt8]) throws(TLSError) {
    OpenSSLErrors.clear()
    var source = SeededBytes(seed: seed)
    let made: OpaquePointer? =
      switch kind {
      case .ecP256: Self.ellipticCurveKey("prime256v1", &source)
      case .ec(let curve): Self.ellipticCurveKey(curve, &source)
      case .rsa(let bits): Self.rsaKey(bits: bits, &source)
      case .ed25519: EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, source.next(32), 32)
      }
    guard let made else {
      throw TLSError(.badConfiguration, "seeded key \(kind): \(OpenSSLErrors.drain())")
    }
    self.init(owning: made)
  }

  private static func ellipticCurveKey(
    _ curve: String, _ source: inout SeededBytes
  ) -> OpaquePointer? {
    guard let group = EC_GROUP_new_by_curve_name(OBJ_txt2nid(curve)) else { return nil }
    defer { EC_GROUP_free(group) }
    guard let order = EC_GROUP_get0_order(group), let point = EC_POINT_new(group) else {
      return nil
    }
    defer { EC_POINT_free(point) }
    guard let scratch = BigNumberScratch(), let secret = scalar(below: order, &source),
      EC_POINT_mul(group, point, secret.handle, nil, nil, scratch.handle) == 1
    else { return nil }
    var encoded = [UInt8](repeating: 0, count: 200)
    let count = EC_POINT_point2oct(
      group, point, POINT_CONVERSION_UNCOMPRESSED, &encoded, encoded.count, scratch.handle)
    guard count > 0 else { return nil }
    return withExtendedLifetime(secret) { COpenSSL_EC_key(curve, encoded, count, secret.handle) }
  }

  /// 1…order−1, without bias: what is too large is drawn again.
  private static func scalar(
    below order: OpaquePointer, _ source: inout SeededBytes
  ) -> BigNumber? {
    let bits = Int(BN_num_bits(order))
    while true {
      var bytes = source.next((bits + 7) / 8)
      bytes[0] &= 0xFF >> UInt8((8 - bits % 8) % 8)
      guard let number = BigNumber(bytes) else { return nil }
      if BN_is_zero(number.handle) == 0, BN_cmp(number.handle, order) < 0 { return number }
    }
  }

  private static func rsaKey(bits: Int, _ source: inout SeededBytes) -> OpaquePointer? {
    guard (512...16_384).contains(bits), bits % 2 == 0, let scratch = BigNumberScratch(),
      let e = BigNumber(65_537),
      let p = SeededPrime.next(bits: bits / 2, from: &source, scratch: scratch),
      let q = SeededPrime.next(bits: bits / 2, from: &source, scratch: scratch),
      let n = BigNumber(), let d = BigNumber(), let dp = BigNumber(), let dq = BigNumber(),
      let inverse = BigNumber(), let phi = BigNumber(),
      let p1 = BigNumber(owning: BN_dup(p.handle)), let q1 = BigNumber(owning: BN_dup(q.handle))
    else { return nil }
    let context = scratch.handle
    guard BN_mul(n.handle, p.handle, q.handle, context) == 1,
      BN_sub_word(p1.handle, 1) == 1, BN_sub_word(q1.handle, 1) == 1,
      BN_mul(phi.handle, p1.handle, q1.handle, context) == 1,
      BN_mod_inverse(d.handle, e.handle, phi.handle, context) != nil,
      BN_div(nil, dp.handle, d.handle, p1.handle, context) == 1,
      BN_div(nil, dq.handle, d.handle, q1.handle, context) == 1,
      BN_mod_inverse(inverse.handle, q.handle, p.handle, context) != nil
    else { return nil }
    return withExtendedLifetime((n, e, d, p, q, dp, dq, inverse)) {
      COpenSSL_RSA_key(
        n.handle, e.handle, d.handle, p.handle, q.handle, dp.handle, dq.handle, inverse.handle)
    }
  }
}
