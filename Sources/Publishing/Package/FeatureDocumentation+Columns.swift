internal import Records

extension FeatureDocumentation {
  /// Of every column of every table that `featurize` makes, after the table of feature families in
  /// the statistical design.
  static let all: [FeatureDocumentation] = [
    ("features", features), ("profiles", profiles), ("signatures", signatures),
    ("timelines", timelines),
    ("coverage", coverage), ("probes", probes), ("behaviours", behaviours),
    ("service_times", serviceTimes), ("blocking_keys", blockingKeys),
    ("backend_vectors", backendVectors), ("backend_candidates", backendCandidates),
    ("domains", domains),
    ("reliability", reliability), ("churn", churn),
    ("upgrades", upgrades), ("outages", outages), ("events", events),
    ("listings", listings), ("listing_survival", listingSurvival),
  ].flatMap { table, columns in
    columns.map { FeatureDocumentation(table: table, column: $0.name, feature: $0.feature) }
  }

  typealias Described = (name: String, feature: Feature?)

  static func record(_ names: String...) -> [Described] { names.map { ($0, nil) } }

  static func feature(
    _ name: String, _ family: Family, _ type: ValueType, _ copyable: Copyable, _ uses: Use...
  ) -> Described {
    (name, Feature(family: family, type: type, copyable: copyable, uses: uses))
  }

  private static let catalogue: [Described] =
    FeatureDefinition.all.map { ($0.name, $0.documentation) } + record("absent", "unknown")

  private static let features: [Described] =
    record("epoch", "epoch_start", "server_id", "scans", "scans_answered", "reached", "coverage")
    + catalogue

  private static let profiles: [Described] =
    record(
      "server_id", "scans", "scans_answered", "first_scan", "last_scan", "reached", "coverage")
    + catalogue

  private static let signatures: [Described] =
    record("server_id", "probe")
    + [
      feature("status", .shape, .categorical, .yes, .behaviour, .suspicion),
      feature("error_masked", .shape, .categorical, .yes, .behaviour, .suspicion),
      feature("key_order", .shape, .categorical, .yes, .behaviour, .suspicion),
      feature("separators", .shape, .categorical, .yes, .behaviour, .suspicion),
      feature("line_end", .shape, .categorical, .yes, .behaviour, .suspicion),
      feature("padded", .shape, .categorical, .yes, .behaviour, .suspicion),
      feature("result_kind", .shape, .categorical, .yes, .behaviour, .suspicion),
      feature("result_frame", .shape, .categorical, .yes, .behaviour, .suspicion),
      feature("signature", .shape, .categorical, .yes, .behaviour, .suspicion),
    ]
    + record("observations", "variants")

  private static let coverage: [Described] =
    record("server_id", "probe", "asked", "answered", "errors", "unanswered", "untested", "reason")

  private static let probes: [Described] =
    record("bit", "probe", "family", "purpose", "cost", "servers")

  private static let behaviours: [Described] =
    record("server_id", "covered", "probes_covered")
    + [
      feature("signature", .shape, .categorical, .yes, .behaviour, .suspicion),
      feature("family_signatures", .shape, .set, .yes, .behaviour, .suspicion),
    ]

  private static let serviceTimes: [Described] =
    record("server_id", "probe", "path", "n")
    + [
      feature("median", .timing, .numeric, .partly, .behaviour, .linkage, .suspicion),
      feature("spread", .timing, .numeric, .partly, .behaviour, .linkage, .suspicion),
      feature("q10", .timing, .numeric, .partly, .behaviour, .linkage, .suspicion),
      feature("q90", .timing, .numeric, .partly, .behaviour, .linkage, .suspicion),
    ]
    + record("delayed", "unjudged", "without_ping")

  private static let blockingKeys: [Described] =
    record("kind", "value", "server_id", "servers", "frequency", "dropped")

  private static let domains: [Described] =
    record("domain", "servers", "names", "functional_names", "machine_made_names")
    + [
      feature("owner_zone", .infrastructure, .categorical, .no, .linkage),
      feature("provider_zone", .infrastructure, .categorical, .no, .linkage),
    ] + record("provider_reason")

  private static let backendCandidates: [Described] =
    record("server_id", "rank", "other_id")
    + [feature("distance", .backend, .numeric, .hardly, .linkage)] + record("samples")

  private static let backendVectors: [Described] =
    record("scan", "endpoint_id", "attempt", "server_id", "observed_at")
    + [
      feature("software", .software, .categorical, .yes, .behaviour, .linkage),
      feature("software_version", .software, .ordinal, .yes, .behaviour, .linkage),
      feature("vsize_at_least", .backend, .vector, .hardly, .linkage, .suspicion),
      feature("relay_fee", .backend, .numeric, .hardly, .linkage, .suspicion),
      feature("mempool_minimum_fee", .backend, .numeric, .hardly, .linkage, .suspicion),
      feature("incremental_relay_fee", .backend, .numeric, .hardly, .linkage, .suspicion),
      feature("full_rbf", .backend, .categorical, .hardly, .linkage, .suspicion),
      feature("estimate_2_status", .backend, .categorical, .hardly, .linkage, .suspicion),
      feature("estimate_2", .backend, .numeric, .hardly, .linkage, .suspicion),
      feature("estimate_5_status", .backend, .categorical, .hardly, .linkage, .suspicion),
      feature("estimate_5", .backend, .numeric, .hardly, .linkage, .suspicion),
      feature("estimate_6_status", .backend, .categorical, .hardly, .linkage, .suspicion),
      feature("estimate_6", .backend, .numeric, .hardly, .linkage, .suspicion),
      feature("estimate_10_status", .backend, .categorical, .hardly, .linkage, .suspicion),
      feature("estimate_10", .backend, .numeric, .hardly, .linkage, .suspicion),
      feature("estimate_25_status", .backend, .categorical, .hardly, .linkage, .suspicion),
      feature("estimate_25", .backend, .numeric, .hardly, .linkage, .suspicion),
      feature("estimate_144_status", .backend, .categorical, .hardly, .linkage, .suspicion),
      feature("estimate_144", .backend, .numeric, .hardly, .linkage, .suspicion),
    ]
}
