public import Artifact

/// The header tip that a server gave at a time.
public struct ChainView: ArtifactRow, Equatable {
  /// The endpoint.
  public var endpointID: String
  /// The attempt at the endpoint.
  public var attempt: Int
  /// The server of the endpoint.
  public var serverID: String
  /// When the header arrived, UTC. nil: not known.
  public var observedAt: String?
  /// Height that the server gave. Unit: blocks.
  public var height: Int
  /// Double SHA-256 of the header. nil: it is not 80 bytes of hexadecimal.
  public var headerHash: String?
  /// Hash of the previous block, from the header. nil: it is not 80 bytes of hexadecimal.
  public var previousHash: String?
  /// Time in the header, UTC. nil: it is not 80 bytes of hexadecimal.
  public var headerTime: String?
  /// Compact target in the header. nil: it is not 80 bytes of hexadecimal.
  public var bits: Int?
  /// True where the hash is within the header's own target. nil: it is not 80 bytes of hexadecimal.
  public var workValid: Bool?

  public init(
    endpointID: String, attempt: Int, serverID: String, observedAt: String? = nil, height: Int,
    headerHash: String? = nil, previousHash: String? = nil, headerTime: String? = nil,
    bits: Int? = nil, workValid: Bool? = nil
  ) {
    self.endpointID = endpointID
    self.attempt = attempt
    self.serverID = serverID
    self.observedAt = observedAt
    self.height = height
    self.headerHash = headerHash
    self.previousHash = previousHash
    self.headerTime = headerTime
    self.bits = bits
    self.workValid = workValid
  }
}

extension ChainView {
  static let columns: [Column] = [
    Column("endpoint_id", .text, "The endpoint."),
    Column("attempt", .integer, "The attempt at the endpoint."),
    Column("server_id", .text, "The server of the endpoint."),
    Column("observed_at", .timestamp, "When the header arrived, UTC.", empty: "not known"),
    Column("height", .integer, "Height that the server gave.", unit: "blocks"),
    Column(
      "header_hash", .text, "Double SHA-256 of the header.",
      empty: "it is not 80 bytes of hexadecimal"),
    Column(
      "previous_hash", .text, "Hash of the previous block, from the header.",
      empty: "it is not 80 bytes of hexadecimal"),
    Column(
      "header_time", .timestamp, "Time in the header, UTC.",
      empty: "it is not 80 bytes of hexadecimal"),
    Column(
      "bits", .integer, "Compact target in the header.", empty: "it is not 80 bytes of hexadecimal"),
    Column(
      "work_valid", .boolean, "True where the hash is within the header's own target.",
      empty: "it is not 80 bytes of hexadecimal"),
  ]

  public static let schema = ArtifactSchema(
    id: "normalized.chain", version: 1, encoding: .csv, key: ["endpoint_id", "attempt"],
    summary: "Header tips by server and time.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(endpointID)
    key.append(attempt)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("endpoint_id", endpointID)
    encoder.integer("attempt", attempt)
    encoder.text("server_id", serverID)
    encoder.text("observed_at", observedAt)
    encoder.integer("height", height)
    encoder.text("header_hash", headerHash)
    encoder.text("previous_hash", previousHash)
    encoder.text("header_time", headerTime)
    encoder.integer("bits", bits)
    encoder.boolean("work_valid", workValid)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    endpointID = try decoder.text("endpoint_id")
    attempt = try decoder.integer("attempt")
    serverID = try decoder.text("server_id")
    observedAt = try decoder.optionalText("observed_at")
    height = try decoder.integer("height")
    headerHash = try decoder.optionalText("header_hash")
    previousHash = try decoder.optionalText("previous_hash")
    headerTime = try decoder.optionalText("header_time")
    bits = try decoder.optionalInteger("bits")
    workValid = try decoder.optionalBoolean("work_valid")
  }
}
