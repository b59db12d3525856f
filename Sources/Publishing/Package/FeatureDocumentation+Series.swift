internal import Records

/// Columns of the tables that tell a series.
extension FeatureDocumentation {
  static let timelines: [Described] =
    record("server_id", "scan")
    + longitudinal(.categorical, "outcome", "reached", "software_version")
    + [feature("tip_height", .backend, .numeric, .hardly, .linkage, .suspicion)]
    + longitudinal(.set, "certificate_sha256s", "addresses")
    + record("vantage", "started_at") + longitudinal(.categorical, "state")
    + record("unknown_reason") + longitudinal(.set, "changes") + record("excused")

  static let reliability: [Described] =
    record(
      "server_id", "vantage", "scans", "scans_up", "scans_down", "scans_unknown", "scans_excused")
    + longitudinal(.numeric, "first_seen", "last_seen", "first_up", "last_up")
    + record("last_counted")
    + ["2h", "8h", "1d", "7d", "30d"].flatMap { window in
      longitudinal(.numeric, "reliability_\(window)")
        + record("weight_\(window)", "count_\(window)")
    }
    + longitudinal(.numeric, "downs", "hours_up", "hours_down")
    + record("up_spells", "up_spells_ended")
    + longitudinal(.numeric, "mean_hours_up", "longest_hours_up", "longest_hours_down")

  static let churn: [Described] = record(
    "scan", "vantage", "started_at", "complete", "gap_hours", "known", "tried", "up", "down",
    "unknown", "excused", "new", "returned", "gone", "went_down", "came_up", "new_per_day",
    "returned_per_day", "gone_per_day", "went_down_per_day", "came_up_per_day")

  static let upgrades: [Described] = record(
    "software", "version", "first_scan", "last_scan", "first_seen", "last_seen", "from_start",
    "servers_ever", "servers_now", "moved_in", "from_other_software", "downgrades", "days_q1",
    "days_median", "days_q3")

  static let outages: [Described] = record(
    "scan", "rule", "stratum", "vantage", "started_at", "servers_before", "servers_affected",
    "owners_before", "owners_affected", "share", "threshold")

  static let events: [Described] =
    record("server_id", "epoch", "kind", "epoch_start", "gap_hours", "excluded")

  static let listings: [Described] =
    record("source_kind", "source", "host", "names") + longitudinal(.categorical, "onion")
    + longitudinal(.set, "ports", "protocol_versions")
    + record(
      "first_scan", "last_scan", "first_listed_at", "last_listed_at", "first_gone_at", "gone_at",
      "from_first_state", "states_listed", "list_states")
    + longitudinal(.numeric, "spells", "days_listed") + longitudinal(.categorical, "still_listed")

  static let listingSurvival: [Described] = record(
    "source_kind", "source", "departure", "step", "days", "at_risk", "left", "censored",
    "survival", "standard_error", "low", "high")

  private static func longitudinal(_ type: ValueType, _ names: String...) -> [Described] {
    names.map {
      (
        $0,
        Feature(family: .longitudinal, type: type, copyable: .hardly, uses: [.linkage, .suspicion])
      )
    }
  }
}
