internal import COpenSSL

/// Owns one `BIGNUM`, cleared when it goes.
final class BigNumber {
  let handle: OpaquePointer

  /// Takes over a number that OpenSSL made.
  init?(owning handle: OpaquePointer?) {
    guard let handle else { return nil }
    self.handle = handle
  }

  convenience init?() {
    self.init(owning: BN_new())
  }

  /// Big-endian, not negative.
  convenience init?(_ bytes: some Collection<UInt8>) {
    let bytes = Array(bytes)
    self.init(owning: BN_bin2bn(bytes, Int32(clamping: bytes.count), nil))
  }

  convenience init?(_ value: UInt64) {
    self.init(withUnsafeBytes(of: value.bigEndian) { Array($0) })
  }

  deinit {
    BN_clear_free(handle)
  }

  /// Big-endian in so many bytes; nil where it needs more.
  func bytes(count: Int) -> [UInt8]? {
    var out = [UInt8](repeating: 0, count: count)
    return BN_bn2binpad(handle, &out, Int32(clamping: count)) >= 0 ? out : nil
  }

  var bits: Int { Int(BN_num_bits(handle)) }
}

/// Owns one `BN_CTX`.
final class BigNumberScratch {
  let handle: OpaquePointer

  init?() {
    guard let handle = BN_CTX_new() else { return nil }
    self.handle = handle
  }

  deinit {
    BN_CTX_free(handle)
  }
}
