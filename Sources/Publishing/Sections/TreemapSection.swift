import Ordering
internal import Records

/// Networks and their prefixes as areas, those with servers of large likely operators told apart.
enum TreemapSection {
  /// Most networks, and most prefixes of one, that have an area of their own.
  private static let limit = (networks: 60, prefixes: 24)

  private struct Place {
    var servers = 0
    var ofLarge = 0

    mutating func add(isOfLarge: Bool) {
      servers += 1
      ofLarge += isOfLarge ? 1 : 0
    }

    var tone: Tone { ofLarge * 2 > servers ? .statistical : .answered }
  }

  private struct Network {
    var name: String
    var all = Place()
    /// By prefix; empty text: not known.
    var prefixes: [String: Place] = [:]
  }

  static func section(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "treemap", sectionTitle: "Networks by size")
    guard let servers = facts.servers, !servers.isEmpty else {
      section.sectionAbsence = "The table of servers is absent or empty."
      return section
    }
    let networks = networks(servers, facts)
    guard !networks.isEmpty else {
      section.sectionAbsence = "The network of no address is known."
      return section
    }
    let unknown = servers.count - networks.reduce(0) { $0 + $1.all.servers }
    section.sectionLead = [
      "An autonomous system is mostly a hoster: many strangers rent there. A prefix (/16 of IPv4, /48 of "
        + "IPv6) is what wallets take for one network when they spread their connections."
    ]
    section.figures = [figure(networks, unknown)]
    return section
  }

  /// Greatest first.
  private static func networks(_ servers: [Server], _ facts: ReportFacts) -> [Network] {
    let large = Set((facts.operators ?? []).filter { $0.operatorServers > 2 }.map(\.serverID))
    var prefixes: [String: String] = [:]
    for profile in facts.profiles ?? [] {
      prefixes[profile.serverID] = profile.features.texts(.widePrefixes).first
    }
    var networks: [Int: Network] = [:]
    for server in servers {
      guard let number = server.geography.asn else { continue }
      let name = VisibleText.show(server.geography.asName ?? "", limit: 40)
      var network =
        networks[number] ?? Network(name: name.isEmpty ? "AS\(number)" : "\(name) (AS\(number))")
      let isOfLarge = large.contains(server.serverID)
      network.all.add(isOfLarge: isOfLarge)
      network.prefixes[prefixes[server.serverID] ?? "", default: Place()].add(isOfLarge: isOfLarge)
      networks[number] = network
    }
    return networks.sorted { ($1.value.all.servers, $0.key) < ($0.value.all.servers, $1.key) }
      .map(\.value)
  }

  private static func figure(_ networks: [Network], _ unknown: Int) -> Figure {
    let shown = networks.prefix(limit.networks)
    var parts = shown.map { network in
      TreemapChart.Part(
        label: network.name, count: network.all.servers, tone: network.all.tone,
        parts: self.parts(network))
    }
    let rest = networks.dropFirst(limit.networks)
    if !rest.isEmpty {
      parts.append(
        .init(
          label: NumberText.count(rest.count, "smaller network"),
          count: rest.reduce(0) { $0 + $1.all.servers }, tone: .answered))
    }
    if unknown > 0 { parts.append(.init(label: "not known", count: unknown, tone: .untested)) }
    return Figure(
      TreemapChart(
        id: "network-treemap", title: "Servers by autonomous system and prefix",
        parts: parts.sorted { ($1.count, $0.label) < ($0.count, $1.label) }),
      caption:
        "Area: servers listed in the last scan. Strong frames are autonomous systems, the areas in "
        + "them prefixes. Hatched: the network of the address is not known, onion services among them.",
      legend: [
        LegendEntry(
          "most of its servers are of likely groups of three or more", "tile-statistical"),
        LegendEntry("others", "tile-answered"), LegendEntry("not known", "tile-untested"),
      ],
      numbers: Grid(
        ["Network", "#Servers", "#Of groups of three or more", "#Prefixes", "Largest prefixes"],
        networks.map { network in
          let prefixes = sorted(network.prefixes).filter { !$0.key.isEmpty }
          return [
            network.name, NumberText.count(network.all.servers),
            NumberText.count(network.all.ofLarge), NumberText.count(prefixes.count),
            prefixes.prefix(3).map { "\($0.key) ×\($0.value.servers)" }.joined(separator: ", "),
          ]
        } + [["Not known", NumberText.count(unknown), "–", "–", "–"]]),
      sources: [
        Source("data/servers.csv.gz"), Source("data/profiles.csv.gz"),
        Source("data/operators.csv.gz"),
      ], isWide: true)
  }

  private static func parts(_ network: Network) -> [TreemapChart.Part] {
    let all = sorted(network.prefixes)
    var parts = all.prefix(limit.prefixes).map { prefix, place in
      TreemapChart.Part(
        label: prefix.isEmpty ? "prefix not known" : prefix, count: place.servers, tone: place.tone)
    }
    let rest = all.dropFirst(limit.prefixes)
    if !rest.isEmpty {
      parts.append(
        .init(
          label: NumberText.count(rest.count, "smaller prefix", "smaller prefixes"),
          count: rest.reduce(0) { $0 + $1.value.servers }, tone: .answered))
    }
    return parts.sorted { ($1.count, $0.label) < ($0.count, $1.label) }
  }

  private static func sorted(_ prefixes: [String: Place]) -> [(key: String, value: Place)] {
    prefixes.sorted { ($1.value.servers, $0.key) < ($0.value.servers, $1.key) }
  }
}
