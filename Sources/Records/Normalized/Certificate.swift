public import Artifact

/// Class of a certificate's maker.
public enum CertificateProfile: String, ColumnWord {
  /// Issued by a public authority, or so it says.
  case publicAuthority = "public-ca"
  /// Issued by another.
  case privateAuthority = "private-ca"
  /// Self-signed, with what a tool fills in where nothing is said.
  case selfSignedDefault = "self-signed-default"
  /// Self-signed, with words of its own.
  case selfSignedCustom = "self-signed-custom"
}

/// How exactly a time is told.
public enum TimePrecision: String, ColumnWord {
  case second
  case minute
  case hour
  case day
}

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
  /// Dotted object identifiers of its extensions, in their order.
  public var extensions: [String]
  /// Group of an elliptic-curve key. nil: another kind of key, or the DER is not known or cannot be read.
  public var keyCurve: String?
  /// Public exponent of an RSA key. nil: another kind of key, one of more than 63 bits, or the DER is not known or cannot be read.
  public var keyExponent: Int?
  /// Significant bits of the serial number. Unit: bits. nil: a negative one, or the DER is not known or cannot be read.
  public var serialBits: Int?
  /// When it was made, estimated by the start of its validity, UTC; issuers may put that earlier. nil: the DER is not known or cannot be read.
  public var createdAt: String?
  /// Largest unit in which that time is whole: a day's start was likely chosen, not measured. nil: the DER is not known or cannot be read.
  public var createdPrecision: TimePrecision?
  /// True where the signature algorithm is of SHA-1. nil: the DER is not known or cannot be read.
  public var sha1Signature: Bool?
  /// True where the signature algorithm is of MD5. nil: the DER is not known or cannot be read.
  public var md5Signature: Bool?
  /// True for an RSA key of less than 2048 bits. nil: the DER is not known or cannot be read.
  public var shortRSAKey: Bool?
  /// Its fields with what varies masked: what certificates that one recipe makes have in common. nil: the DER is not known or cannot be read.
  public var template: String?
  /// SHA-256 of the template's text. nil: the DER is not known or cannot be read.
  public var templateSHA256: String?
  /// Class of its maker. nil: it was not sent as leaf, or the DER is not known or cannot be read.
  public var profile: CertificateProfile?
  /// Id of the rule that told the class. nil: it was not sent as leaf, or the DER is not known or cannot be read.
  public var profileRule: String?

  public init(
    sha256: String, spkiSHA256: String? = nil, subject: String? = nil, issuer: String? = nil,
    subjectAlternativeNames: [String] = [], notBefore: String? = nil, notAfter: String? = nil,
    validityDays: Int? = nil, keyType: String? = nil, keyBits: Int? = nil,
    signatureAlgorithm: String? = nil, serial: String? = nil, version: Int? = nil,
    selfSigned: Bool? = nil, isCA: Bool? = nil, isLeaf: Bool, endpoints: Int, servers: Int,
    extensions: [String] = [], keyCurve: String? = nil, keyExponent: Int? = nil,
    serialBits: Int? = nil, createdAt: String? = nil, createdPrecision: TimePrecision? = nil,
    sha1Signature: Bool? = nil, md5Signature: Bool? = nil, shortRSAKey: Bool? = nil,
    template: String? = nil, templateSHA256: String? = nil, profile: CertificateProfile? = nil,
    profileRule: String? = nil
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
    self.extensions = extensions
    self.keyCurve = keyCurve
    self.keyExponent = keyExponent
    self.serialBits = serialBits
    self.createdAt = createdAt
    self.createdPrecision = createdPrecision
    self.sha1Signature = sha1Signature
    self.md5Signature = md5Signature
    self.shortRSAKey = shortRSAKey
    self.template = template
    self.templateSHA256 = templateSHA256
    self.profile = profile
    self.profileRule = profileRule
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
    Column("extensions", .texts, "Dotted object identifiers of its extensions, in their order."),
    Column(
      "key_curve", .text, "Group of an elliptic-curve key.",
      empty: "another kind of key, or the DER is not known or cannot be read"),
    Column(
      "key_exponent", .integer, "Public exponent of an RSA key.",
      empty:
        "another kind of key, one of more than 63 bits, or the DER is not known or cannot be read"),
    Column(
      "serial_bits", .integer, "Significant bits of the serial number.", unit: "bits",
      empty: "a negative one, or the DER is not known or cannot be read"),
    Column(
      "created_at", .timestamp,
      "When it was made, estimated by the start of its validity, UTC; issuers may put that earlier.",
      empty: "the DER is not known or cannot be read"),
    Column(
      "created_precision", .word(TimePrecision.words),
      "Largest unit in which that time is whole: a day's start was likely chosen, not measured.",
      empty: "the DER is not known or cannot be read"),
    Column(
      "sha1_signature", .boolean, "True where the signature algorithm is of SHA-1.",
      empty: "the DER is not known or cannot be read"),
    Column(
      "md5_signature", .boolean, "True where the signature algorithm is of MD5.",
      empty: "the DER is not known or cannot be read"),
    Column(
      "short_rsa_key", .boolean, "True for an RSA key of less than 2048 bits.",
      empty: "the DER is not known or cannot be read"),
    Column(
      "template", .text,
      "Its fields with what varies masked: what certificates that one recipe makes have in common.",
      empty: "the DER is not known or cannot be read"),
    Column(
      "template_sha256", .text, "SHA-256 of the template's text.",
      empty: "the DER is not known or cannot be read"),
    Column(
      "profile", .word(CertificateProfile.words), "Class of its maker.",
      empty: "it was not sent as leaf, or the DER is not known or cannot be read"),
    Column(
      "profile_rule", .text, "Id of the rule that told the class.",
      empty: "it was not sent as leaf, or the DER is not known or cannot be read"),
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
    encoder.texts("extensions", extensions)
    encoder.text("key_curve", keyCurve)
    encoder.integer("key_exponent", keyExponent)
    encoder.integer("serial_bits", serialBits)
    encoder.text("created_at", createdAt)
    encoder.text("created_precision", createdPrecision?.rawValue)
    encoder.boolean("sha1_signature", sha1Signature)
    encoder.boolean("md5_signature", md5Signature)
    encoder.boolean("short_rsa_key", shortRSAKey)
    encoder.text("template", template)
    encoder.text("template_sha256", templateSHA256)
    encoder.text("profile", profile?.rawValue)
    encoder.text("profile_rule", profileRule)
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
    extensions = try decoder.texts("extensions")
    keyCurve = try decoder.optionalText("key_curve")
    keyExponent = try decoder.optionalInteger("key_exponent")
    serialBits = try decoder.optionalInteger("serial_bits")
    createdAt = try decoder.optionalText("created_at")
    createdPrecision = try decoder.optionalWord("created_precision", TimePrecision.self)
    sha1Signature = try decoder.optionalBoolean("sha1_signature")
    md5Signature = try decoder.optionalBoolean("md5_signature")
    shortRSAKey = try decoder.optionalBoolean("short_rsa_key")
    template = try decoder.optionalText("template")
    templateSHA256 = try decoder.optionalText("template_sha256")
    profile = try decoder.optionalWord("profile", CertificateProfile.self)
    profileRule = try decoder.optionalText("profile_rule")
  }
}
