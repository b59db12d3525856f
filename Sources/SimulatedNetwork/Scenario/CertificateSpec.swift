internal import Artifact

/// Which certificate a server shows.
struct CertificateSpec: Sendable, Equatable, FieldObject {
  typealias Algorithm = CertificateState.Algorithm

  enum Issuer: String, Sendable, CaseIterable {
    /// Signed by its own key, as most.
    case own = "self"
    /// A public authority: leaf and intermediate.
    case authority
    /// An authority of an operator's own: leaf and authority.
    case `private`
    /// A device between client and server that opens connections.
    case inspection
  }

  static let definition: String? = "certificate"

  /// Servers with the same name here share one key; nil: the server's own.
  var sharedKey: String?
  var ownCertificate = false
  var algorithm = Algorithm.ec
  var commonName: String?
  var organization: String?
  var issuer = Issuer.own
  var issuerName: String?
  var issuerOrganization: String?
  var batch: String?
  var ageDays = 400
  var validDays = 3_650
  var renewDays: Int?
  var keepsKey = false
  var extraCertificates = 0
  /// Unit: bytes.
  var subjectBytes: Int?

  mutating func fields<F: Fields>(_ f: inout F) {
    var key: String?
    f.field(
      "key", &key, .text,
      "Servers with the same name here share one key and certificate; own: a key of its own.")
    if let key { sharedKey = key == "own" ? nil : key }
    f.field(
      "own_certificate", &ownCertificate, .flag,
      "Servers that share a key have certificates of their own over it, as where a public key is copied."
    )
    f.field("algorithm", &algorithm, .word, "P-256 or RSA-2048.")
    f.field(
      "common_name", &commonName, .text,
      "Subject and issuer; absent: the first host name, or localhost. # is the number of a counted server."
    )
    f.field("organization", &organization, .text, "O of subject and issuer.")
    issuerFields(&f)
    timeFields(&f)
    f.field(
      "extra_certificates", &extraCertificates, .integer(0...200),
      "Certificates sent besides the leaf, which prove nothing.")
    f.field(
      "subject_bytes", &subjectBytes, .integer(1...60_000),
      "Length that the subject is filled up to.")
  }

  private mutating func issuerFields<F: Fields>(_ f: inout F) {
    var stated: Issuer?
    f.field(
      "issuer", &stated, .word,
      "self: its own key, which is usual; authority: a public one, with an intermediate (90 days, renewed every 60, unless said otherwise); private: one of an operator's own, whose certificate is sent; inspection: a device that opens connections (I16)."
    )
    if let stated {
      issuer = stated
      if stated == .authority {
        validDays = 90
        renewDays = 60
        ageDays = 30
      }
    }
    f.field("issuer_name", &issuerName, .text, "CN of the issuer; absent: a fictitious one's.")
    f.field(
      "issuer_organization", &issuerOrganization, .text,
      "O of the issuer; absent: a fictitious one's.")
  }

  private mutating func timeFields<F: Fields>(_ f: inout F) {
    f.field(
      "batch", &batch, .text,
      "Certificates of one batch were made in the same minute; absent: at a time of its own.")
    f.field(
      "age_days", &ageDays, .integer(0...10_000),
      "Days before the tip's time that it became valid; more than valid_days: expired.")
    f.field("valid_days", &validDays, .integer(1...40_000), "Days that it is valid.")
    f.field(
      "renew_days", &renewDays, .integer(1...40_000),
      "Days after which it is replaced; absent: never.")
    f.field(
      "keeps_key", &keepsKey, .flag, "Whether a new certificate is over the same key.")
  }
}
