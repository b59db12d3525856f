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
public struct Certificate: ListedRow, Equatable {
  public static let schema = table(
    "normalized.certificates", version: 1, .csv, key: ["sha256"],
    "Every certificate seen in the scan.")

  public var sha256 = ""
  public var spkiSHA256: String?
  public var subject: String?
  public var issuer: String?
  public var subjectAlternativeNames: [String] = []
  public var notBefore: String?
  public var notAfter: String?
  public var validityDays: Int?
  public var keyType: String?
  public var keyBits: Int?
  public var signatureAlgorithm: String?
  public var serial: String?
  public var version: Int?
  public var selfSigned: Bool?
  public var isCA: Bool?
  public var isLeaf = false
  public var endpoints = 0
  public var servers = 0
  public var extensions: [String] = []
  public var keyCurve: String?
  public var keyExponent: Int?
  public var serialBits: Int?
  public var createdAt: String?
  public var createdPrecision: TimePrecision?
  public var sha1Signature: Bool?
  public var md5Signature: Bool?
  public var shortRSAKey: Bool?
  public var template: String?
  public var templateSHA256: String?
  public var profile: CertificateProfile?
  public var profileRule: String?
  public var authorityKeyID: String?
  public var issuingKeySHA256: String?
  public var shape: String?
  public var nameForm: String?
  public var makersWords: String?

  public init(sha256: String) {
    self.sha256 = sha256
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("sha256", &sha256, "SHA-256 of the DER.")
    try c.text(
      "spki_sha256", &spkiSHA256, "SHA-256 of the subject public key info.",
      nil: "the DER is not known or cannot be read")
    try c.text(
      "subject", &subject, "Subject distinguished name (RFC 4514).",
      nil: "the DER is not known or cannot be read")
    try c.text(
      "issuer", &issuer, "Issuer distinguished name (RFC 4514).",
      nil: "the DER is not known or cannot be read")
    try c.texts(
      "subject_alternative_names", &subjectAlternativeNames,
      "DNS names and addresses of the extension.")
    try c.timestamp(
      "not_before", &notBefore, "Start of validity, UTC.",
      nil: "the DER is not known or cannot be read")
    try c.timestamp(
      "not_after", &notAfter, "End of validity, UTC.", nil: "the DER is not known or cannot be read"
    )
    try c.integer(
      "validity_days", &validityDays, "Length of validity, rounded down.", unit: "days",
      nil: "the DER is not known or cannot be read")
    try c.text(
      "key_type", &keyType, "Public key algorithm.", nil: "the DER is not known or cannot be read")
    try c.integer(
      "key_bits", &keyBits, "Public key size.", unit: "bits",
      nil: "the DER is not known or cannot be read")
    try c.text(
      "signature_algorithm", &signatureAlgorithm, "Signature algorithm.",
      nil: "the DER is not known or cannot be read")
    try c.text(
      "serial", &serial, "Serial number, hexadecimal.",
      nil: "the DER is not known or cannot be read")
    try c.integer(
      "version", &version, "X.509 version.", nil: "the DER is not known or cannot be read")
    try c.boolean(
      "self_signed", &selfSigned,
      "True where issuer and subject are equal and the signature verifies with its own key.",
      nil: "the DER is not known or cannot be read")
    try c.boolean(
      "is_ca", &isCA, "Basic constraints: CA.", nil: "the DER is not known or cannot be read")
    try c.boolean("is_leaf", &isLeaf, "True where any endpoint sent it first.")
    try c.integer("endpoints", &endpoints, "Endpoints that sent it as leaf.")
    try c.integer("servers", &servers, "Servers that sent it as leaf.")
    try c.texts(
      "extensions", &extensions, "Dotted object identifiers of its extensions, in their order.")
    try c.text(
      "key_curve", &keyCurve, "Group of an elliptic-curve key.",
      nil: "another kind of key, or the DER is not known or cannot be read")
    try c.integer(
      "key_exponent", &keyExponent, "Public exponent of an RSA key.",
      nil:
        "another kind of key, one of more than 63 bits, or the DER is not known or cannot be read")
    try c.integer(
      "serial_bits", &serialBits, "Significant bits of the serial number.", unit: "bits",
      nil: "a negative one, or the DER is not known or cannot be read")
    try c.timestamp(
      "created_at", &createdAt,
      "When it was made, estimated by the start of its validity, UTC; issuers may put that earlier.",
      nil: "the DER is not known or cannot be read")
    try c.word(
      "created_precision", &createdPrecision,
      "Largest unit in which that time is whole: a day's start was likely chosen, not measured.",
      nil: "the DER is not known or cannot be read")
    try c.boolean(
      "sha1_signature", &sha1Signature, "True where the signature algorithm is of SHA-1.",
      nil: "the DER is not known or cannot be read")
    try c.boolean(
      "md5_signature", &md5Signature, "True where the signature algorithm is of MD5.",
      nil: "the DER is not known or cannot be read")
    try c.boolean(
      "short_rsa_key", &shortRSAKey, "True for an RSA key of less than 2048 bits.",
      nil: "the DER is not known or cannot be read")
    try c.text(
      "template", &template,
      "Its fields with what varies masked: what certificates that one recipe makes have in common.",
      nil: "the DER is not known or cannot be read")
    try c.text(
      "template_sha256", &templateSHA256, "SHA-256 of the template's text.",
      nil: "the DER is not known or cannot be read")
    try c.word(
      "profile", &profile, "Class of its maker.",
      nil: "it was not sent as leaf, or the DER is not known or cannot be read")
    try c.text(
      "profile_rule", &profileRule, "Id of the rule that told the class.",
      nil: "it was not sent as leaf, or the DER is not known or cannot be read")
    try c.text(
      "authority_key_id", &authorityKeyID,
      "Identifier of the issuer's key as the certificate states it (RFC 5280, section 4.2.1.1), hexadecimal: anybody can state one.",
      nil: "it states none, or one of more than 64 bytes, or the DER is not known or cannot be read"
    )
    try c.text(
      "issuing_key_sha256", &issuingKeySHA256,
      "SHA-256 of the public key info of the certificate that verifies it, from any chain sent in the scan.",
      nil:
        "it is self-signed, nobody sent that certificate, or the DER is not known or cannot be read"
    )
    try c.text(
      "shape", &shape,
      "Its form without any value: attribute types of issuer (`self` where self-signed) and subject, types of alternative names, days of validity, type, size and curve of the key, signature algorithm, serial number in words of 32 bits, extensions.",
      nil: "the DER is not known or cannot be read")
    try c.text(
      "name_form", &nameForm,
      "How its common name reads: `none`, `localhost`, `host` (a name or address of a machine), or its words by class, letters `a`, digits `0`, both `x`, with what stands between.",
      nil: "it was not sent as leaf, or the DER is not known or cannot be read")
    try c.text(
      "makers_words", &makersWords,
      "What the maker of a self-signed certificate wrote in its subject besides the common name, what tools fill in by themselves left out, with the form of a common name that is a habit.",
      nil:
        "he wrote nothing, it is not self-signed, was not sent as leaf, or the DER is not known or cannot be read"
    )
  }

  public var sortKey: SortKey { .of(sha256) }

  /// The key that issued it: `spki` and its digest where another certificate verifies this one, else
  /// `stated` and the identifier that this one states, which anybody can; nil: not told.
  public var issuingKey: String? {
    issuingKeySHA256.map { "spki \($0)" } ?? authorityKeyID.map { "stated \($0)" }
  }
}
