public import Artifact

/// A certificate as sent, stored once a scan.
public struct CertificateEvidence: ArtifactRow, Equatable {
  /// The certificate (DER) in base64. nil: only its digest is known (imported).
  public var derBase64: String?
  /// SHA-256 of the DER, hexadecimal.
  public var sha256: String

  public init(
    derBase64: String? = nil, sha256: String
  ) {
    self.derBase64 = derBase64
    self.sha256 = sha256
  }
}

extension CertificateEvidence {
  static let columns: [Column] = [
    Column(
      "der_base64", .text, "The certificate (DER) in base64.",
      empty: "only its digest is known (imported)"),
    Column("sha256", .text, "SHA-256 of the DER, hexadecimal."),
  ]

  public static let schema = ArtifactSchema(
    id: "raw.certificates", version: 1, encoding: .jsonl, key: ["sha256"],
    summary: "Every certificate that any server sent, once.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(sha256)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("der_base64", derBase64)
    encoder.text("sha256", sha256)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    derBase64 = try decoder.optionalText("der_base64")
    sha256 = try decoder.text("sha256")
  }
}
