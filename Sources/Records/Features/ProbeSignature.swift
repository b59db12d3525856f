public import Artifact

/// How a server answers one probe.
public struct ProbeSignature: ListedRow, Equatable {
  public static let schema = table(
    "features.signatures", version: 1, .csv, key: ["server_id", "probe"],
    "Response signatures by server and probe.")

  public var serverID = ""
  public var probe = ""
  public var status = ""
  public var errorMasked: String?
  public var keyOrder: String?
  public var separators: String?
  public var lineEnd: String?
  public var padded: Bool?
  public var resultKind: String?
  public var resultFrame: String?
  public var signature = ""
  public var observations = 0
  public var variants = 0

  public init(serverID: String, probe: String, status: String, signature: String) {
    self.serverID = serverID
    self.probe = probe
    self.status = status
    self.signature = signature
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("server_id", &serverID, "The server.")
    try c.text("probe", &probe, "The probe.")
    try c.text(
      "status", &status, "`result`, `error` or the outcome that took the place of a reply.")
    try c.text("error_masked", &errorMasked, "Code and masked text of the error.", nil: "no error")
    try c.text("key_order", &keyOrder, "Keys of the reply in the order sent.", nil: "no reply")
    try c.text("separators", &separators, "`compact` or `spaced`.", nil: "not visible")
    try c.text("line_end", &lineEnd, "`lf` or `crlf`.", nil: "not recorded")
    try c.boolean(
      "padded", &padded, "True where the reply is padded with spaces.",
      nil: "no reply, or its form is not known (imported)")
    try c.text("result_kind", &resultKind, "JSON type of the result.", nil: "no result")
    try c.text(
      "result_frame", &resultFrame,
      "Types of the result but for what lists and keys that are data hold, which time and operator decide.",
      nil: "no result")
    try c.text(
      "signature", &signature,
      "SHA-256 of status, error_masked, key_order, separators, line_end, result_kind and result_frame, 16 hexadecimal digits."
    )
    try c.integer(
      "observations", &observations,
      "Exchanges that show this signature; the most frequent one is listed.")
    try c.integer("variants", &variants, "Different signatures of this server for this probe.")
  }

  public var sortKey: SortKey { .of(serverID, probe) }
}
