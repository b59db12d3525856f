import Ordering
internal import Records

/// Networks as areas, those with servers of large likely operators told apart.
enum TreemapSection {
  static func section(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "treemap", sectionTitle: "Networks by size")
    guard let servers = facts.servers, !servers.isEmpty else {
      section.sectionAbsence = "The table of servers is absent or empty."
      return section
    }
    let large = Set((facts.operators ?? []).filter { $0.operatorServers > 2 }.map(\.serverID))
    var names: [Int: String] = [:]
    var all: [Int: Int] = [:]
    var ofLarge: [Int: Int] = [:]
    for server in servers {
      guard let number = server.geography.asn else { continue }
      names[number] = "AS\(number) " + VisibleText.show(server.geography.asName ?? "", limit: 40)
      all[number, default: 0] += 1
      if large.contains(server.serverID) { ofLarge[number, default: 0] += 1 }
    }
    guard !all.isEmpty else {
      section.sectionAbsence = "The network of no address is known."
      return section
    }
    let unknown = servers.count { $0.geography.asn == nil }
    let sorted = all.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let parts =
      sorted.map { number, count in
        TreemapChart.Part(
          label: names[number] ?? "AS\(number)", count: count,
          tone: (ofLarge[number] ?? 0) * 2 > count ? .statistical : .answered)
      }
      + (unknown > 0
        ? [TreemapChart.Part(label: "network not known", count: unknown, tone: .untested)] : [])
    section.figures = [
      Figure(
        TreemapChart(
          id: "network-treemap", title: "Servers by autonomous system",
          parts: parts.sorted { ($1.count, $0.label) < ($0.count, $1.label) }),
        caption:
          "Area: servers listed in the last scan. Hatched: the network of the address is not "
          + "known, onion services among them.",
        legend: [
          LegendEntry(
            "most of its servers are of likely groups of three or more", Tone.statistical.style),
          LegendEntry("others", Tone.answered.style), LegendEntry("not known", Tone.untested.style),
        ],
        numbers: Grid(
          ["Network", "#Servers", "#Of groups of three or more"],
          sorted.map { number, count in
            [
              names[number] ?? "AS\(number)", NumberText.count(count),
              NumberText.count(ofLarge[number] ?? 0),
            ]
          }), sources: [Source("data/servers.csv.gz"), Source("data/operators.csv.gz")],
        isWide: true)
    ]
    return section
  }
}
