public import Artifact

/// A certificate, read.
public struct Certificate: ArtifactRow, Equatable {
  /// SHA-256 of the DER.
  public var sha256: String
  /// SHA-256 of the subject public key info. nil: the DER is not known or cannot be read.
  public var spkiSHA256: String?
  /// Subject distinguished name (RFC 4514). nil: the DER is not known or cannot be read.
  public var subject: String?
  /// Issuer distinguished name (RFC 4514). nil: the DER is not known or cannot be read.
  public var issuer: String?
  /// DNS names and addresses of the extension.
  public var subjectAlternativeNames: [String]
  /// Start of validity, UTC. nil: the DER is not known or cannot be read.
  public var notBefore: String?
  /// End of validity, UTC. nil: the DER is not known or cannot be read.
  public var notAfter: String?
  /// Length of validity, rounded down. Unit: days. nil: the DER is not known or cannot be read.
  public var validityDays: Int?
  /// Public key algorithm. nil: the DER is not known or cannot be read.
  public var keyType: String?
  /// Public key size. Unit: bits. nil: the DER is not known or cannot be read.
  public var keyBits: Int?
  /// Signature algorithm. nil: the DER is not known or cannot be read.
  public var signatureAlgorithm: String?
  /// Serial number, hexadecimal. nil: the DER is not known or cannot be read.
  public var serial: String?
  /// X.509 version. nil: the DER is not known or cannot be read.
  public var version: Int?
  /// True where issuer and subject are equal and the signature verifies with its own key. nil: the DER is not known or cannot be read.
  public var selfSigned: Bool?
  /// Basic constraints: CA. nil: the DER is not known or cannot be read.
  public var isCA: Bool?
  /// True where any endpoint sent it first.
  public var isLeaf: Bool
  /// Endpoints that sent it as leaf.
  public var endpoints: Int
  /// Servers that sent it as leaf.
  public var servers: Int

  public init(
    sha256: String, spkiSHA256: String? = nil, subject: String? = nil, issuer: String? = nil,
    subjectAlternativeNames: [String] = [], notBefore: String? = nil, notAfter: String? = nil,
    validityDays: Int? = nil, keyType: String? = nil, keyBits: Int? = nil,
    signatureAlgorithm: String? = nil, serial: String? = nil, version: Int? = nil,
    selfSigned: Bool? = nil, isCA: Bool? = nil, isLeaf: Bool, endpoints: Int, servers: Int
  ) {
    self.sha256 = sha256
    self.spkiSHA256 = spkiSHA256
    self.subject = subject
    self.issuer = issuer
    self.subjectAlternativeNames = subjectAlternativeNames
    self.notBefore = notBefore
    self.notAfter = notAfter
    self.validityDays = validityDays
    self.keyType = keyType
    self.keyBits = keyBits
    self.signatureAlgorithm = signatureAlgorithm
    self.serial = serial
    self.version = version
    self.selfSigned = selfSigned
    self.isCA = isCA
    self.isLeaf = isLeaf
    self.endpoints = endpoints
    self.servers = servers
  }
}

extension Certificate {
  static let columns: [Column] = [
    Column("sha256", .text, "SHA-256 of the DER."),
    Column(
      "spki_sha256", .text, "SHA-256 of the subject public key info.",
      empty: "the DER is not known or cannot be read"),
    Column(
      "subject", .text, "Subject distinguished name (RFC 4514).",
      empty: "the DER is not known or cannot be read"),
    Column(
      "issuer", .text, "Issuer distinguished name (RFC 4514).",
      empty: "the DER is not known or cannot be read"),
    Column("subject_alternative_names", .texts, "DNS names and addresses of the extension."),
    Column(
      "not_before", .timestamp, "Start of validity, UTC.",
      empty: "the DER is not known or cannot be read"),
    Column(
      "not_after", .timestamp, "End of validity, UTC.",
      empty: "the DER is not known or cannot be read"),
    Column(
      "validity_days", .integer, "Length of validity, rounded down.", unit: "days",
      empty: "the DER is not known or cannot be read"),
    Column(
      "key_type", .text, "Public key algorithm.", empty: "the DER is not known or cannot be read"),
    Column(
      "key_bits", .integer, "Public key size.", unit: "bits",
      empty: "the DER is not known or cannot be read"),
    Column(
      "signature_algorithm", .text, "Signature algorithm.",
      empty: "the DER is not known or cannot be read"),
    Column(
      "serial", .text, "Serial number, hexadecimal.",
      empty: "the DER is not known or cannot be read"),
    Column("version", .integer, "X.509 version.", empty: "the DER is not known or cannot be read"),
    Column(
      "self_signed", .boolean,
      "True where issuer and subject are equal and the signature verifies with its own key.",
      empty: "the DER is not known or cannot be read"),
    Column(
      "is_ca", .boolean, "Basic constraints: CA.", empty: "the DER is not known or cannot be read"),
    Column("is_leaf", .boolean, "True where any endpoint sent it first."),
    Column("endpoints", .integer, "Endpoints that sent it as leaf."),
    Column("servers", .integer, "Servers that sent it as leaf."),
  ]

  public static let schema = ArtifactSchema(
    id: "normalized.certificates", version: 1, encoding: .csv, key: ["sha256"],
    summary: "Every certificate seen in the scan.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(sha256)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("sha256", sha256)
    encoder.text("spki_sha256", spkiSHA256)
    encoder.text("subject", subject)
    encoder.text("issuer", issuer)
    encoder.texts("subject_alternative_names", subjectAlternativeNames)
    encoder.text("not_before", notBefore)
    encoder.text("not_after", notAfter)
    encoder.integer("validity_days", validityDays)
    encoder.text("key_type", keyType)
    encoder.integer("key_bits", keyBits)
    encoder.text("signature_algorithm", signatureAlgorithm)
    encoder.text("serial", serial)
    encoder.integer("version", version)
    encoder.boolean("self_signed", selfSigned)
    encoder.boolean("is_ca", isCA)
    encoder.boolean("is_leaf", isLeaf)
    encoder.integer("endpoints", endpoints)
    encoder.integer("servers", servers)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    sha256 = try decoder.text("sha256")
    spkiSHA256 = try decoder.optionalText("spki_sha256")
    subject = try decoder.optionalText("subject")
    issuer = try decoder.optionalText("issuer")
    subjectAlternativeNames = try decoder.texts("subject_alternative_names")
    notBefore = try decoder.optionalText("not_before")
    notAfter = try decoder.optionalText("not_after")
    validityDays = try decoder.optionalInteger("validity_days")
    keyType = try decoder.optionalText("key_type")
    keyBits = try decoder.optionalInteger("key_bits")
    signatureAlgorithm = try decoder.optionalText("signature_algorithm")
    serial = try decoder.optionalText("serial")
    version = try decoder.optionalInteger("version")
    selfSigned = try decoder.optionalBoolean("self_signed")
    isCA = try decoder.optionalBoolean("is_ca")
    isLeaf = try decoder.boolean("is_leaf")
    endpoints = try decoder.integer("endpoints")
    servers = try decoder.integer("servers")
  }
}
