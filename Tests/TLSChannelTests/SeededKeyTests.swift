import SimulatedTLS
import TLSChannel
import TestSupport
import Testing

struct SeededKeyTests {
  private static let kinds: [PrivateKey.Kind] = [
    .ecP256, .ec(curve: "secp256k1"), .rsa(bits: 1024), .rsa(bits: 2048), .ed25519,
  ]

  @Test(arguments: kinds) func `a seed gives one key and one certificate`(kind: PrivateKey.Kind)
    throws
  {
    let first = try PrivateKey(kind, seed: [1, 2, 3])
    let again = try PrivateKey(kind, seed: [1, 2, 3])
    let other = try PrivateKey(kind, seed: [1, 2, 4])
    #expect(first.der == again.der)
    #expect(first.der != other.der)
    let template = Certificates.template()
    #expect(try template.selfSigned(by: first).der == template.selfSigned(by: again).der)
  }

  @Test(.enabled(if: OpenSSLCommand.exists, "the program openssl is not there"), arguments: kinds)
  func `OpenSSL finds nothing wrong with a seeded key and its signature`(
    kind: PrivateKey.Kind
  ) throws {
    let key = try PrivateKey(kind, seed: Array("judge".utf8))
    let check = try OpenSSLCommand.run(
      ["pkey", "-inform", "DER", "-check", "-noout"], input: key.der)
    #expect(check.contains("Key is valid"))
    let certificate = try Certificates.selfSigned(key: key)
    #expect(try CertificateSummary(der: certificate.der).isSelfSigned)
  }

  /// RFC 6979 A.2.5: P-256, SHA-256, message "sample".
  @Test func `the nonce is that of RFC 6979`() throws {
    let secret = "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"
    // RFC 5915 ECPrivateKey without the public part, P-256.
    let der = try [UInt8](hex: "30310201010420\(secret)A00A06082A8648CE3D030107")
    let key = try PrivateKey(der: der)
    let signature = DeterministicECDSA.signature(
      of: Array("sample".utf8), key: key.handle, hashName: "SHA256")
    let r = "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
    let s = "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"
    #expect(signature == (try [UInt8](hex: "3046022100\(r)022100\(s)")))
  }

  @Test func `one issuer's leaves verify and renewals may keep the key`() throws {
    let authority = try Certificates.selfSigned(
      Certificates.template("Root", isAuthority: true),
      key: PrivateKey(.rsa(bits: 2048), seed: [7]))
    var template = Certificates.template("leaf.example")
    template.profile = .webServer
    let key = try PrivateKey(.ecP256, seed: [8])
    let first = try template.issued(by: authority, for: key)
    template.notBefore += 60 * 86_400
    let renewed = try template.issued(by: authority, for: key)
    let summaries = try [first, renewed].map { try CertificateSummary(der: $0.der) }
    #expect(summaries[0].spkiSHA256 == summaries[1].spkiSHA256)
    #expect(summaries[0].sha256 != summaries[1].sha256)
    #expect(summaries.allSatisfy { !$0.isSelfSigned && !$0.isAuthority })
  }
}

extension Certificates {
  static func selfSigned(
    _ template: CertificateTemplate = template(), key: PrivateKey
  ) throws -> IssuedCertificate {
    try template.selfSigned(by: key)
  }
}

extension [UInt8] {
  fileprivate init(hex: String) throws {
    self = []
    var digits = hex[...]
    while digits.count >= 2 {
      append(try #require(UInt8(digits.prefix(2), radix: 16)))
      digits = digits.dropFirst(2)
    }
  }
}
