/// The certificate that a server shows at an epoch; equal values are one certificate.
package struct CertificateState: Sendable, Hashable {
  package enum Algorithm: String, Sendable, CaseIterable {
    case ec, rsa
  }

  /// Who signs.
  package enum Chain: Sendable, Hashable {
    case selfSigned
    /// Leaf, intermediate (sent) and root (not sent), as public authorities issue.
    case authority(organization: String, commonName: String)
    /// Leaf, and the authority of an operator's own, which is sent.
    case ownAuthority(organization: String, commonName: String)
    /// Issued by a device between client and server, whose own certificate is not sent.
    case inspection(organization: String, commonName: String)
    /// Self-signed, and so many further certificates that prove nothing.
    case padded(certificates: Int)
  }

  /// Servers with the same name here share one key.
  package let keyName: String
  /// Keys that the server has had before this one under the same name.
  package let keyGeneration: Int
  /// Certificates issued for the server before this one.
  package let generation: Int
  package let algorithm: Algorithm
  package let chain: Chain
  /// May be longer than any authority would sign.
  package let commonName: String
  package let organization: String?
  /// DNS names or address literals.
  package let alternativeNames: [String]
  /// Seconds since 1970.
  package let notBefore: Int64
  /// Seconds since 1970.
  package let notAfter: Int64
  /// Seed of the serial number.
  package let serialSeed: UInt64
}
