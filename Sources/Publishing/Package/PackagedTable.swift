internal import Artifact

/// A table of the data package: what it is and the digests of its file.
struct PackagedTable {
  /// Name of the resource: letters, digits and `_`.
  let name: String
  /// Path below the package's folder.
  let path: String
  let schema: ArtifactSchema
  let content: Manifest.Content
  /// The stage whose table it is.
  let stage: String
}

/// Columns of one table that are the key of another.
struct ForeignKey {
  let table: String
  let fields: [String]
  let referencedTable: String
  let referencedFields: [String]

  private init(_ table: String, _ fields: [String], _ other: String, _ otherFields: [String]) {
    self.table = table
    self.fields = fields
    referencedTable = other
    referencedFields = otherFields
  }

  /// True by the way the tables are made.
  static let all: [ForeignKey] = [
    ForeignKey("servers", ["scan"], "scans", ["scan"]),
    ForeignKey("endpoints", ["scan"], "scans", ["scan"]),
    ForeignKey("churn", ["scan"], "scans", ["scan"]),
    ForeignKey("outages", ["scan"], "scans", ["scan"]),
    ForeignKey("endpoints", ["scan", "server_id"], "servers", ["scan", "server_id"]),
    ForeignKey("exchanges", ["scan", "endpoint_id"], "endpoints", ["scan", "endpoint_id"]),
    ForeignKey("chain", ["scan", "endpoint_id"], "endpoints", ["scan", "endpoint_id"]),
    ForeignKey("headers", ["scan", "endpoint_id"], "endpoints", ["scan", "endpoint_id"]),
    ForeignKey("commitments", ["scan", "endpoint_id"], "endpoints", ["scan", "endpoint_id"]),
    ForeignKey("history_answers", ["scan", "endpoint_id"], "endpoints", ["scan", "endpoint_id"]),
    ForeignKey("histories", ["scan", "endpoint_id"], "endpoints", ["scan", "endpoint_id"]),
    ForeignKey("proofs", ["scan", "endpoint_id"], "endpoints", ["scan", "endpoint_id"]),
    ForeignKey("transactions", ["scan", "endpoint_id"], "endpoints", ["scan", "endpoint_id"]),
    ForeignKey("statuses", ["scan", "endpoint_id"], "endpoints", ["scan", "endpoint_id"]),
    ForeignKey("asked_alone", ["scan", "endpoint_id"], "endpoints", ["scan", "endpoint_id"]),
    ForeignKey("fee_states", ["scan", "endpoint_id"], "endpoints", ["scan", "endpoint_id"]),
    ForeignKey("client_answers", ["scan", "endpoint_id"], "endpoints", ["scan", "endpoint_id"]),
    ForeignKey("texts", ["scan", "server_id"], "servers", ["scan", "server_id"]),
    ForeignKey("contacts", ["scan", "server_id"], "servers", ["scan", "server_id"]),
    ForeignKey("claims", ["scan", "server_id"], "servers", ["scan", "server_id"]),
    ForeignKey("advertises", ["scan", "server_id"], "servers", ["scan", "server_id"]),
    ForeignKey("advertises", ["scan", "advertised_id"], "servers", ["scan", "server_id"]),
    ForeignKey("timelines", ["scan", "server_id"], "servers", ["scan", "server_id"]),
    ForeignKey("reliability", ["server_id"], "profiles", ["server_id"]),
    ForeignKey("events", ["server_id"], "profiles", ["server_id"]),
    ForeignKey("features", ["server_id"], "profiles", ["server_id"]),
    ForeignKey("signatures", ["server_id"], "profiles", ["server_id"]),
    ForeignKey("coverage", ["server_id"], "profiles", ["server_id"]),
    ForeignKey("behaviours", ["server_id"], "profiles", ["server_id"]),
    ForeignKey("service_times", ["server_id"], "profiles", ["server_id"]),
    ForeignKey("blocking_keys", ["server_id"], "profiles", ["server_id"]),
    ForeignKey("backend_vectors", ["server_id"], "profiles", ["server_id"]),
    ForeignKey("backend_candidates", ["server_id"], "profiles", ["server_id"]),
    ForeignKey("backend_candidates", ["other_id"], "profiles", ["server_id"]),
    ForeignKey("behaviour_classes", ["server_id"], "profiles", ["server_id"]),
    ForeignKey("operators", ["server_id"], "profiles", ["server_id"]),
    ForeignKey("links", ["server_a"], "profiles", ["server_id"]),
    ForeignKey("links", ["server_b"], "profiles", ["server_id"]),
    ForeignKey("operator_bands", ["server_id"], "profiles", ["server_id"]),
    ForeignKey("nodes", ["server_id"], "profiles", ["server_id"]),
    ForeignKey("deviation", ["server_id"], "profiles", ["server_id"]),
    ForeignKey("indicators", ["server_id"], "profiles", ["server_id"]),
    ForeignKey(
      "indicator_evidence", ["server_id", "indicator"], "indicators", ["server_id", "indicator"]),
    ForeignKey("sensitivity", ["server_id"], "deviation", ["server_id"]),
  ]
}
