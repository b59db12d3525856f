internal import ElectrumProtocol

/// Which certificate a server shows.
struct CertificateSpec: Sendable, Equatable {
  typealias Algorithm = CertificateState.Algorithm

  enum Issuer: String, Sendable, CaseIterable {
    /// Signed by its own key, as most.
    case own = "self"
    /// A public authority: leaf and intermediate.
    case authority
    /// A device between client and server that opens connections.
    case inspection
  }

  /// Servers with the same name here share one key; nil: the server's own.
  var sharedKey: String?
  /// Servers that share a key have certificates of their own over it, as where a key that
  /// software ships with is copied.
  var ownCertificate = false
  var algorithm = Algorithm.ec
  /// Subject and issuer; nil: the server's first name, or `localhost`. `#` is its number.
  var commonName: String?
  var organization: String?
  var issuer = Issuer.own
  /// Name and organisation of the issuer; nil: those of a fictitious one.
  var issuerName: String?
  var issuerOrganization: String?
  /// Certificates of one batch were made in the same minute; nil: at a time of its own.
  var batch: String?
  /// Whole days before the tip's time that the certificate became valid.
  var ageDays = 400
  var validDays = 3_650
  /// Days after which it is replaced; nil: never.
  var renewDays: Int?
  /// Whether a new certificate is over the same key.
  var keepsKey = false
  /// Certificates sent besides the leaf, where more than usual.
  var extraCertificates = 0
  /// Length that the subject is filled up to. Unit: bytes.
  var subjectBytes: Int?

  static let keys: Set<String> = [
    "key", "own_certificate", "algorithm", "common_name", "organization", "issuer", "issuer_name",
    "issuer_organization", "batch", "age_days", "valid_days", "renew_days", "keeps_key",
    "extra_certificates", "subject_bytes",
  ]

  /// The `certificate` of an operator or server, over what it would otherwise be.
  static func read(
    _ reader: ScenarioReader, defaults: CertificateSpec
  ) throws(ScenarioError) -> CertificateSpec {
    guard let value = reader.value["certificate"] else { return defaults }
    let own = try ScenarioReader(value, place: reader.place("certificate"), keys: keys)
    var result = defaults
    if let key = try own.optionalText("key") { result.sharedKey = key == "own" ? nil : key }
    result.ownCertificate = try own.optionalBoolean("own_certificate") ?? result.ownCertificate
    if own.has("algorithm") { result.algorithm = try own.word("algorithm", Algorithm.self) }
    result.commonName = try own.optionalText("common_name") ?? result.commonName
    result.organization = try own.optionalText("organization") ?? result.organization
    try result.readIssuer(own)
    try result.readTimes(own)
    result.extraCertificates =
      try own.optionalInteger("extra_certificates", 0...200) ?? result.extraCertificates
    result.subjectBytes =
      try own.optionalInteger("subject_bytes", 1...60_000) ?? result.subjectBytes
    return result
  }

  private mutating func readIssuer(_ own: ScenarioReader) throws(ScenarioError) {
    if own.has("issuer") { issuer = try own.word("issuer", Issuer.self) }
    issuerName = try own.optionalText("issuer_name") ?? issuerName
    issuerOrganization = try own.optionalText("issuer_organization") ?? issuerOrganization
    guard issuer == .authority, own.has("issuer") else { return }
    validDays = 90
    renewDays = 60
    ageDays = 30
  }

  private mutating func readTimes(_ own: ScenarioReader) throws(ScenarioError) {
    batch = try own.optionalText("batch") ?? batch
    ageDays = try own.optionalInteger("age_days", 0...10_000) ?? ageDays
    validDays = try own.optionalInteger("valid_days", 1...40_000) ?? validDays
    renewDays = try own.optionalInteger("renew_days", 1...40_000) ?? renewDays
    keepsKey = try own.optionalBoolean("keeps_key") ?? keepsKey
  }
}
