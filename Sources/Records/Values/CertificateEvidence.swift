public import Artifact

/// A certificate as sent, stored once a scan.
public struct CertificateEvidence: ListedRow, Equatable {
  public static let schema = table(
    "raw.certificates", version: 1, .jsonl, key: ["sha256"],
    "Every certificate that any server sent, once.")

  public var derBase64: String?
  public var sha256 = ""

  public init(sha256: String) {
    self.sha256 = sha256
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text(
      "der_base64", &derBase64, "The certificate (DER) in base64.",
      nil: "only its digest is known (imported)")
    try c.text("sha256", &sha256, "SHA-256 of the DER, hexadecimal.")
  }

  public var sortKey: SortKey { .of(sha256) }
}
