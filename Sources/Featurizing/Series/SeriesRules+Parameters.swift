import Artifact
import Longitudinal

extension SeriesRules {
  /// The thresholds as parameters of `featurize`.
  mutating func fields<F: Fields>(_ f: inout F) {
    f.field(
      "epoch_hours", &epochSeconds, .integer(1...168, times: 3600),
      "Length of an epoch of events, in hours.")
    f.field(
      "gap_hours", &gapSeconds, .integer(1...8760, times: 3600),
      "Observations further apart, in hours, are a gap: nobody knows when in between something happened, and spells end there."
    )
    f.field(
      "concurrent_minutes", &concurrentSeconds, .integer(0...1440, times: 60),
      "Scans that begin no further apart, in minutes, are taken for simultaneous: what one reached was not down in the other."
    )
    f.field(
      "as_outage_share", &systemShare, .number(0...1),
      "An autonomous system is out where of more than this share of the owners of its servers that were up most are down."
    )
    f.field(
      "as_outage_servers", &systemServers, .integer(2...1000),
      "Servers that were up of fewer owners of an autonomous system are too few to tell that it is out."
    )
    f.field(
      "as_outage_hours", &systemSeconds, .integer(1...8760, times: 3600),
      "A server that stays down longer, in hours, is down for itself, whatever its autonomous system does."
    )
    f.field(
      "vantage_outage_share", &vantageShare, .number(0...1),
      "A vantage, or an address family there, is out where more than this share of servers that were up, and of their networks, fail."
    )
    f.field(
      "vantage_outage_servers", &vantageServers, .integer(2...100000),
      "Fewer servers that were up are too few to tell that a vantage is out.")
    f.field(
      "vantage_outage_places", &vantagePlaces, .integer(1...100000),
      "Fewer autonomous systems, or prefixes of addresses where these are not known, are too few to tell that a vantage is out."
    )
    f.field(
      "release_share", &releaseShare, .number(0...1),
      "A change of version says nothing of a server where more than this share of its implementation make it soon after a release."
    )
    f.field(
      "release_servers", &releaseServers, .integer(2...100000),
      "Fewer servers of an implementation are too few to tell a wave of updates.")
    f.field(
      "release_hours", &releaseSeconds, .integer(1...8760, times: 3600),
      "How long after the first sight of its version, in hours, a change belongs to a wave of updates."
    )
  }
}
