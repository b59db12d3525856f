public import Artifact

/// How a server answers one probe.
public struct ProbeSignature: ArtifactRow, Equatable {
  /// The server.
  public var serverID: String
  /// The probe.
  public var probe: String
  /// `result`, `error` or the outcome that took the place of a reply.
  public var status: String
  /// Code and masked text of the error. nil: no error.
  public var errorMasked: String?
  /// Keys of the reply in the order sent. nil: no reply.
  public var keyOrder: String?
  /// `compact` or `spaced`. nil: not visible.
  public var separators: String?
  /// `lf` or `crlf`. nil: not recorded.
  public var lineEnd: String?
  /// True where the reply is padded with spaces. nil: no reply, or its form is not known (imported).
  public var padded: Bool?
  /// JSON type of the result. nil: no result.
  public var resultKind: String?
  /// Types of the result but for what lists and keys that are data hold, which time and operator decide. nil: no result.
  public var resultFrame: String?
  /// SHA-256 of status, error_masked, key_order, separators, line_end, result_kind and result_frame, 16 hexadecimal digits.
  public var signature: String
  /// Exchanges that show this signature; the most frequent one is listed.
  public var observations: Int
  /// Different signatures of this server for this probe.
  public var variants: Int

  public init(
    serverID: String, probe: String, status: String, errorMasked: String? = nil,
    keyOrder: String? = nil, separators: String? = nil, lineEnd: String? = nil, padded: Bool? = nil,
    resultKind: String? = nil, resultFrame: String? = nil, signature: String, observations: Int,
    variants: Int
  ) {
    self.serverID = serverID
    self.probe = probe
    self.status = status
    self.errorMasked = errorMasked
    self.keyOrder = keyOrder
    self.separators = separators
    self.lineEnd = lineEnd
    self.padded = padded
    self.resultKind = resultKind
    self.resultFrame = resultFrame
    self.signature = signature
    self.observations = observations
    self.variants = variants
  }
}

extension ProbeSignature {
  static let columns: [Column] = [
    Column("server_id", .text, "The server."),
    Column("probe", .text, "The probe."),
    Column("status", .text, "`result`, `error` or the outcome that took the place of a reply."),
    Column("error_masked", .text, "Code and masked text of the error.", empty: "no error"),
    Column("key_order", .text, "Keys of the reply in the order sent.", empty: "no reply"),
    Column("separators", .text, "`compact` or `spaced`.", empty: "not visible"),
    Column("line_end", .text, "`lf` or `crlf`.", empty: "not recorded"),
    Column(
      "padded", .boolean, "True where the reply is padded with spaces.",
      empty: "no reply, or its form is not known (imported)"),
    Column("result_kind", .text, "JSON type of the result.", empty: "no result"),
    Column(
      "result_frame", .text,
      "Types of the result but for what lists and keys that are data hold, which time and operator decide.",
      empty: "no result"),
    Column(
      "signature", .text,
      "SHA-256 of status, error_masked, key_order, separators, line_end, result_kind and result_frame, 16 hexadecimal digits."
    ),
    Column(
      "observations", .integer,
      "Exchanges that show this signature; the most frequent one is listed."),
    Column("variants", .integer, "Different signatures of this server for this probe."),
  ]

  public static let schema = ArtifactSchema(
    id: "features.signatures", version: 1, encoding: .csv, key: ["server_id", "probe"],
    summary: "Response signatures by server and probe.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(serverID)
    key.append(probe)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("server_id", serverID)
    encoder.text("probe", probe)
    encoder.text("status", status)
    encoder.text("error_masked", errorMasked)
    encoder.text("key_order", keyOrder)
    encoder.text("separators", separators)
    encoder.text("line_end", lineEnd)
    encoder.boolean("padded", padded)
    encoder.text("result_kind", resultKind)
    encoder.text("result_frame", resultFrame)
    encoder.text("signature", signature)
    encoder.integer("observations", observations)
    encoder.integer("variants", variants)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    serverID = try decoder.text("server_id")
    probe = try decoder.text("probe")
    status = try decoder.text("status")
    errorMasked = try decoder.optionalText("error_masked")
    keyOrder = try decoder.optionalText("key_order")
    separators = try decoder.optionalText("separators")
    lineEnd = try decoder.optionalText("line_end")
    padded = try decoder.optionalBoolean("padded")
    resultKind = try decoder.optionalText("result_kind")
    resultFrame = try decoder.optionalText("result_frame")
    signature = try decoder.text("signature")
    observations = try decoder.integer("observations")
    variants = try decoder.integer("variants")
  }
}
