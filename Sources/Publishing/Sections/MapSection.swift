import Ordering
internal import Records

/// Where servers are, as far as the databases know.
enum MapSection {
  static func section(_ facts: ReportFacts, geographySources: [String]) -> Section {
    var section = Section(sectionID: "map", sectionTitle: "Where servers are")
    guard let servers = facts.servers, !servers.isEmpty else {
      section.sectionAbsence = "The table of servers is absent or empty."
      return section
    }
    let located = servers.filter { $0.geography.latitude != nil && $0.geography.longitude != nil }
    guard !located.isEmpty else {
      section.sectionAbsence =
        "No server has a known location: no GeoIP database was given, or none of its entries "
        + "matches. All \(NumberText.count(servers.count, "server")) are of unknown location."
      section.notes = facts.databases.map(note)
      return section
    }
    section.sectionLead = [lead(servers, located)]
    section.notes = facts.databases.filter { $0.known == 0 || !$0.unread.isEmpty }.map(note)
    section.sectionLead += facts.databases.filter { $0.known > 0 }.map { sentence($0) }
    section.figures = [map(located, all: servers), countries(servers)]
    if !geographySources.isEmpty {
      section.sectionLead.append(
        "Locations are those of \(geographySources.joined(separator: ", ")); they describe "
          + "registrations of addresses and can be wrong.")
    }
    return section
  }

  /// What a database knew of the addresses of the last scan.
  private static func sentence(_ use: DatabaseUse) -> String {
    let fields = use.fields.isEmpty ? "none" : use.fields.joined(separator: ", ")
    return "The GeoIP database \(VisibleText.show(use.type, limit: 60)) knew "
      + "\(NumberText.count(use.known)) of \(NumberText.count(use.asked, "address", "addresses")); "
      + "fields read: \(fields)."
  }

  private static func note(_ use: DatabaseUse) -> Note {
    let unread = use.unread.map { VisibleText.show($0, limit: 80) }.joined(separator: ", ")
    return Note(
      noteTitle: use.known == 0 ? "A database that knows nothing here" : "Values that are none",
      noteText: sentence(use)
        + (unread.isEmpty ? "" : " It says what cannot be read, each with its count: \(unread)."),
      noteStyle: "caution")
  }

  private static func lead(_ servers: [Server], _ located: [Server]) -> String {
    let centroids = located.count { $0.geography.locationPrecision == .countryCentroid }
    let unknown = servers.filter { $0.geography.latitude == nil || $0.geography.longitude == nil }
    let onion = unknown.count { $0.networks == [AddressFamily.onion.rawValue] }
    var text = "\(NumberText.count(located.count)) of \(NumberText.count(servers.count, "server")) "
    text += "in the last scan have a known location"
    if centroids > 0 {
      text += ", \(centroids == located.count ? "all" : NumberText.count(centroids)) of them only "
      text += "by country: those are drawn at the middle of the country, with a dashed ring"
    }
    text += ". Not on the map: \(NumberText.count(unknown.count, "server"))"
    return text + (onion > 0 ? ", \(NumberText.count(onion)) of them onion services." : ".")
  }

  private static func map(_ located: [Server], all: [Server]) -> Figure {
    let places = places(located)
    let map = WorldMap(id: "world-map", title: "Servers by place", places: places)
    let unknown = all.count - located.count
    return Figure(
      map,
      caption: "The area of a circle stands for the servers listed there, its dark core for those "
        + "that answered. \(NumberText.count(unknown, "server")) of unknown location "
        + (unknown == 1 ? "is" : "are") + " not drawn. Land: Natural Earth (public domain); "
        + "projection: Equal Earth.",
      legend: [
        LegendEntry("listed", "place"), LegendEntry("answered", "place-answered"),
        LegendEntry("only the country is known", "place centroid"),
      ],
      numbers: Grid(
        ["Place", "Precision", "#Listed", "#Answered"],
        places.map {
          [
            $0.label, $0.isCentroid ? "country" : "coordinates", NumberText.count($0.total),
            NumberText.count($0.answered),
          ]
        } + [["Unknown", "–", NumberText.count(unknown), "–"]]),
      sources: [Source("data/servers.csv.gz")], isWide: true)
  }

  /// Servers by whole degree, so that one city is one circle.
  private static func places(_ servers: [Server]) -> [WorldMap.MapPoint] {
    struct Key: Hashable {
      let latitude: Double
      let longitude: Double
      let isCentroid: Bool
    }
    var groups: [Key: [Server]] = [:]
    for server in servers {
      guard let latitude = server.geography.latitude, let longitude = server.geography.longitude
      else { continue }
      let key = Key(
        latitude: latitude.rounded(), longitude: longitude.rounded(),
        isCentroid: server.geography.locationPrecision == .countryCentroid)
      groups[key, default: []].append(server)
    }
    return groups.map { key, members in
      let country = Tally(members.compactMap(\.geography.country)).descending.first?.word
      let name = country.map { CountryNames.name(of: $0) } ?? "No country"
      let degrees =
        "\(NumberText.decimal(key.latitude.magnitude))°\(key.latitude < 0 ? "S" : "N") "
        + "\(NumberText.decimal(key.longitude.magnitude))°\(key.longitude < 0 ? "W" : "E")"
      return WorldMap.MapPoint(
        label: key.isCentroid ? name : "\(name), \(degrees)", longitude: key.longitude,
        latitude: key.latitude, total: members.count,
        answered: members.count { $0.outcome == .answered }, isCentroid: key.isCentroid)
    }.sorted { ($1.total, $0.label) < ($0.total, $1.label) }
  }

  private static func countries(_ servers: [Server]) -> Figure {
    let tally = Tally(servers.compactMap(\.geography.country))
    let answered = Tally(
      servers.filter { $0.outcome == .answered }.compactMap(\.geography.country))
    let top = tally.top(14)
    var rows = top.entries.map { entry in
      ChartRow(
        CountryNames.name(of: entry.word),
        [
          Segment(label: "answered", count: answered[entry.word], tone: .answered),
          Segment(
            label: "did not answer", count: entry.count - answered[entry.word], tone: .untested),
        ])
    }
    if top.others > 0 {
      rows.append(
        ChartRow(NumberText.count(top.otherWords, "other country", "other countries"), top.others))
    }
    let unknown = servers.count { $0.geography.country == nil }
    if unknown > 0 { rows.append(ChartRow("Country unknown", unknown, .untested)) }
    let chart = BarChart(id: "countries", title: "Servers by country", rows: rows)
    return Figure(
      chart, caption: "Country of the server's address, last scan.",
      legend: [
        LegendEntry("answered", Tone.answered.style),
        LegendEntry("did not answer, or unknown", Tone.untested.style),
      ],
      numbers: Grid(
        ["Country", "#Listed", "#Answered"],
        tally.descending.map {
          [
            CountryNames.name(of: $0.word), NumberText.count($0.count),
            NumberText.count(answered[$0.word]),
          ]
        } + [["Unknown", NumberText.count(unknown), "–"]]),
      sources: [Source("data/servers.csv.gz")], isWide: true)
  }
}
