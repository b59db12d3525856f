internal import Artifact
internal import Records

/// All that is known of a server, and all that is not with its reason.
enum ServerKnowledge {
  static func section(_ page: ServerPage) -> Section {
    var section = Section(sectionID: "known", sectionTitle: "What is known, and what is not")
    if let server = page.facts.lastSeen[page.id] { section.listings.append(said(server)) }
    guard let profile = page.index.profiles[page.id] else {
      if section.listings.isEmpty { section.sectionAbsence = "No table tells of it." }
      return section
    }
    var known: [[String]] = []
    var unknown: [[String]] = []
    for feature in Feature.allCases {
      let definition = feature.definition
      switch profile.features[feature] {
      case .unknown(let reason):
        unknown.append([definition.name, definition.summary, reason.id, reason.summary])
      case .absent:
        known.append([
          definition.name, "none: \(definition.absent ?? "absent")", definition.summary,
        ])
      case .text(let text): known.append([definition.name, show(text), definition.summary])
      case .integer(let value): known.append([definition.name, String(value), definition.summary])
      case .number(let value):
        known.append([definition.name, NumberText.value(value), definition.summary])
      case .boolean(let value):
        known.append([definition.name, value ? "true" : "false", definition.summary])
      case .texts(let texts):
        known.append([definition.name, show(texts.joined(separator: "; ")), definition.summary])
      }
    }
    section.sectionLead = [
      "\(NumberText.count(known.count, "feature")) known, \(NumberText.count(unknown.count)) unknown. "
        + "Unknown is no value: it adds nothing to any link, class or score."
    ]
    section.listings += [
      Listing(
        listingTitle: "Known", listingCaption: "The last known value of the series.",
        listingRows: Grid(["Feature", "Value", "What it is"], known),
        listingSources: [Source("data/profiles.csv.gz")]),
      Listing(
        listingTitle: "Unknown", listingCaption: "Each with the reason.",
        listingRows: Grid(["Feature", "What it is", "Reason code", "Why"], unknown),
        listingSources: [Source("data/profiles.csv.gz")]),
    ]
    return section
  }

  private static func show(_ text: String) -> String { VisibleText.show(text, limit: 300) }

  private static func said(_ server: Server) -> Listing {
    let software = server.serverVersionText.map(show) ?? "unknown"
    return Listing(
      listingTitle: "What it says of itself",
      listingCaption: "As sent, with control characters made visible. Credentials are left out.",
      listingRows: Grid(
        ["Said", "Text"],
        [
          ["software", software],
          ["protocol", show(server.protocolNegotiated ?? "unknown")],
          ["banner", server.banner.map(show) ?? server.bannerStatus.rawValue],
          ["donation address", server.donationAddress.map(show) ?? server.donationStatus.rawValue],
          ["names", show(server.names.joined(separator: "; "))],
          ["names that lead to it", show(server.verifiedNames.joined(separator: "; "))],
          ["addresses", show(server.addresses.joined(separator: "; "))],
          ["country of the address", server.geography.country.map(show) ?? "unknown"],
          ["network (AS)", network(server)],
        ]), listingSources: [Source("data/servers.csv.gz")])
  }

  private static func network(_ server: Server) -> String {
    guard let number = server.geography.asn else { return "unknown" }
    return "AS\(number)" + (server.geography.asName.map { " " + show($0) } ?? "")
  }
}
