import Artifact
import Longitudinal
import StageKit

extension SeriesRules {
  static let fields = [
    ParameterField(
      "epoch_hours", .integer(1...168), default: .integer(6),
      "Length of an epoch of events, in hours."),
    ParameterField(
      "gap_hours", .integer(1...8760), default: .integer(48),
      "Observations further apart, in hours, are a gap: nobody knows when in between something happened, and spells end there."
    ),
    ParameterField(
      "concurrent_minutes", .integer(0...1440), default: .integer(60),
      "Scans that begin no further apart, in minutes, are taken for simultaneous: what one reached was not down in the other."
    ),
    ParameterField(
      "as_outage_share", .number(0...1), default: .number(0.25),
      "An autonomous system is out where more than this share of its servers that were up are down."
    ),
    ParameterField(
      "as_outage_servers", .integer(2...1000), default: .integer(5),
      "Fewer servers of an autonomous system that were up are too few to tell that it is out."),
    ParameterField(
      "as_outage_hours", .integer(1...8760), default: .integer(72),
      "A server that stays down longer, in hours, is down for itself, whatever its autonomous system does."
    ),
    ParameterField(
      "vantage_outage_share", .number(0...1), default: .number(0.5),
      "A vantage, or an address family there, is out where more than this share of servers that were up, and of their networks, fail."
    ),
    ParameterField(
      "vantage_outage_servers", .integer(2...100000), default: .integer(10),
      "Fewer servers that were up are too few to tell that a vantage is out."),
    ParameterField(
      "vantage_outage_places", .integer(1...100000), default: .integer(5),
      "Fewer autonomous systems, or prefixes of addresses where these are not known, are too few to tell that a vantage is out."
    ),
    ParameterField(
      "release_share", .number(0...1), default: .number(0.2),
      "A change of version says nothing of a server where more than this share of its implementation make it soon after a release."
    ),
    ParameterField(
      "release_servers", .integer(2...100000), default: .integer(5),
      "Fewer servers of an implementation are too few to tell a wave of updates."),
    ParameterField(
      "release_hours", .integer(1...8760), default: .integer(72),
      "How long after the first sight of its version, in hours, a change belongs to a wave of updates."
    ),
  ]

  init(_ values: ParameterValues) throws(StageError) {
    self.init()
    epochSeconds = try values.integer("epoch_hours") * 3600
    gapSeconds = try values.integer("gap_hours") * 3600
    concurrentSeconds = try values.integer("concurrent_minutes") * 60
    systemShare = try values.number("as_outage_share")
    systemServers = try values.integer("as_outage_servers")
    systemSeconds = try values.integer("as_outage_hours") * 3600
    vantageShare = try values.number("vantage_outage_share")
    vantageServers = try values.integer("vantage_outage_servers")
    vantagePlaces = try values.integer("vantage_outage_places")
    releaseShare = try values.number("release_share")
    releaseServers = try values.integer("release_servers")
    releaseSeconds = try values.integer("release_hours") * 3600
  }
}
