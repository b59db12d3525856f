internal import COpenSSL
import Digests
internal import NIOCore

/// OpenSSL's structures as printable ASCII.
enum CertificateText {
  /// A name whose strings OpenSSL cannot convert becomes "#" and its DER in hex.
  static func name(_ name: OpaquePointer?) -> String {
    guard let name, let bio = BIO_new(BIO_s_mem()) else { return "" }
    defer { BIO_free(bio) }
    guard COpenSSL_X509_NAME_print_RFC2253(bio, name) >= 0 else {
      OpenSSLErrors.clear()
      return "#" + Hex.text(DERBytes.encoding { i2d_X509_NAME(name, $0) })
    }
    return escaped(contents(of: bio))
  }

  static func alternativeNames(_ certificate: OpaquePointer) -> [String] {
    guard let raw = X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil) else { return [] }
    let names = OpaquePointer(raw)
    defer { GENERAL_NAMES_free(names) }
    return (0..<max(0, COpenSSL_sk_GENERAL_NAME_num(names))).compactMap { index in
      COpenSSL_sk_GENERAL_NAME_value(names, index).map(alternativeName)
    }
  }

  private static func alternativeName(_ name: UnsafeMutablePointer<GENERAL_NAME>) -> String {
    let type = COpenSSL_GENERAL_NAME_type(name)
    if type == GEN_DIRNAME { return "DirName:" + self.name(COpenSSL_GENERAL_NAME_directory(name)) }
    guard let string = COpenSSL_GENERAL_NAME_string(name) else { return "other:\(type)" }
    let bytes = Array(
      UnsafeBufferPointer(
        start: ASN1_STRING_get0_data(string), count: max(0, Int(ASN1_STRING_length(string)))))
    switch type {
    case GEN_DNS: return "DNS:" + escaped(bytes)
    case GEN_EMAIL: return "email:" + escaped(bytes)
    case GEN_URI: return "URI:" + escaped(bytes)
    default: return "IP:" + address(bytes)
    }
  }

  private static func address(_ bytes: [UInt8]) -> String {
    let packed = ByteBuffer(bytes: bytes)
    guard let address = try? SocketAddress(packedIPAddress: packed, port: 0),
      let text = address.ipAddress
    else { return "#" + Hex.text(bytes) }
    return text
  }

  static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64? {
    var seconds: Int64 = 0
    guard let time, COpenSSL_ASN1_TIME_seconds(time, &seconds) == 1 else { return nil }
    return seconds
  }

  static func keyType(_ key: OpaquePointer?, _ certificate: OpaquePointer) -> String {
    if let key, let name = EVP_PKEY_get0_type_name(key) { return String(cString: name) }
    var algorithm: OpaquePointer?
    X509_PUBKEY_get0_param(&algorithm, nil, nil, nil, X509_get_X509_PUBKEY(certificate))
    return object(algorithm, asOID: false)
  }

  static func curve(_ key: OpaquePointer) -> String? {
    guard EVP_PKEY_get_base_id(key) == EVP_PKEY_EC else { return nil }
    var name = [UInt8](repeating: 0, count: 80)
    var count = 0
    let found = name.withUnsafeMutableBytes { raw in
      EVP_PKEY_get_group_name(key, raw.bindMemory(to: CChar.self).baseAddress, raw.count, &count)
    }
    return found == 1 ? escaped(Array(name.prefix(min(count, name.count)))) : nil
  }

  static func exponent(_ key: OpaquePointer) -> Int? {
    guard EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA else { return nil }
    var number: OpaquePointer?
    guard EVP_PKEY_get_bn_param(key, "e", &number) == 1 else { return nil }
    defer { BN_free(number) }
    // Where it does not fit, OpenSSL gives the greatest word.
    return BN_num_bits(number) > 63 ? nil : Int(exactly: BN_get_word(number))
  }

  static func signatureObject(_ certificate: OpaquePointer) -> OpaquePointer? {
    var object: OpaquePointer?
    X509_ALGOR_get0(&object, nil, nil, X509_get0_tbs_sigalg(certificate))
    return object
  }

  /// OpenSSL's long name or, where it has none or `asOID`, the dotted numbers.
  static func object(_ object: OpaquePointer?, asOID: Bool) -> String {
    guard let object else { return "" }
    var text = [UInt8](repeating: 0, count: 256)
    let count = text.withUnsafeMutableBytes { raw in
      OBJ_obj2txt(
        raw.bindMemory(to: CChar.self).baseAddress, Int32(raw.count), object, asOID ? 1 : 0)
    }
    return escaped(Array(text.prefix(max(0, min(Int(count), text.count - 1)))))
  }

  static func serial(_ serial: UnsafePointer<ASN1_INTEGER>?) -> String {
    guard let serial, let number = ASN1_INTEGER_to_BN(serial, nil) else { return "" }
    defer { BN_free(number) }
    guard let text = BN_bn2hex(number) else { return "" }
    defer { COpenSSL_OPENSSL_free(text) }
    return String(cString: text)
  }

  private static let mostKeyIDBytes = 64

  static func keyID(_ id: UnsafePointer<ASN1_OCTET_STRING>?) -> String? {
    guard let id, let start = ASN1_STRING_get0_data(id) else { return nil }
    let count = Int(ASN1_STRING_length(id))
    guard (1...mostKeyIDBytes).contains(count) else { return nil }
    return Hex.text(UnsafeBufferPointer(start: start, count: count))
  }

  private static func contents(of bio: OpaquePointer) -> [UInt8] {
    let count = COpenSSL_BIO_pending(bio)
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
      written = max(0, Int(BIO_read(bio, buffer.baseAddress, Int32(clamping: count))))
    }
  }

  /// Anything but printable ASCII as `\XX`, upper-case hex.
  private static func escaped(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for byte in bytes {
      if (0x20...0x7e).contains(byte) {
        text.append(byte)
      } else {
        text.append(contentsOf: "\\\(Hex.text([byte]).uppercased())".utf8)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
