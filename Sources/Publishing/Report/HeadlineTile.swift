internal import Records

/// One number of the headline.
struct HeadlineTile {
  let tileNumber: String
  let tileText: String
  /// Page and section that explain it.
  let tileTarget: String

  static func tiles(_ facts: ReportFacts) -> [HeadlineTile] {
    var tiles: [HeadlineTile] = []
    if let scan = facts.lastScan, let servers = scan.servers {
      tiles.append(
        HeadlineTile(
          tileNumber: NumberText.count(servers.answered),
          tileText: "of \(NumberText.count(servers.listed, "server")) listed answered in the last "
            + "scan", tileTarget: "network.html#measurement"))
    }
    if let scan = facts.lastScan, scan.endpoints != nil {
      let all = scan.endpointCount { _ in true }
      let tested = scan.endpointCount(where: \.isTested)
      tiles.append(
        HeadlineTile(
          tileNumber: NumberText.share(tested, of: all),
          tileText: "of \(NumberText.count(all, "endpoint")) tested; the others were never asked",
          tileTarget: "network.html#reachability"))
    }
    if let servers = facts.servers {
      let countries = Set(servers.compactMap(\.geography.country)).count
      tiles.append(
        HeadlineTile(
          tileNumber: NumberText.count(countries),
          tileText: "\(countries == 1 ? "country" : "countries") known, "
            + "\(NumberText.count(servers.count { $0.geography.country == nil })) of "
            + "\(NumberText.count(servers.count, "listed server")) of unknown country",
          tileTarget: "network.html#map"))
    }
    if let indicators = facts.indicators {
      let proved = indicators.filter { $0.status == .fired && $0.verdictClass == .proved }
      let reached = Set(indicators.map(\.serverID)).count
      tiles.append(
        HeadlineTile(
          tileNumber: NumberText.count(Set(proved.map(\.serverID)).count),
          tileText: "of \(NumberText.count(reached, "server")) reached in any scan with a proved "
            + "protocol deviation", tileTarget: "deviations.html"))
    }
    return tiles
  }
}
