/// The bytes that an `i2d_` function of OpenSSL writes.
package enum DERBytes {
  package static func encoding(
    _ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
  ) -> [UInt8] {
    let count = encode(nil)
    guard count > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, written in
      var cursor = buffer.baseAddress
      written = max(0, Int(encode(&cursor)))
    }
  }
}
