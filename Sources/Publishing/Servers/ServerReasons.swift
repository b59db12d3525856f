internal import Records

/// Why a server is in the dataset, and what is said of it in a sentence each.
enum ServerReasons {
  static func section(_ page: ServerPage) -> Section {
    var section = Section(sectionID: "why", sectionTitle: "Why am I here?")
    section.sectionLead = [listing(page)]
    if let verdict = page.index.deviation[page.id] {
      section.sectionLead.append(
        "\(VerdictWording.title(verdict.verdict).withCapital) (reason code "
          + "\(verdict.verdict.rawValue)). \(VerdictWording.statement(verdict.verdict))")
    } else {
      section.sectionLead.append(
        "No verdict is given: the server was never reached, so nothing it says could be compared.")
    }
    if let membership = page.index.operators[page.id] {
      section.sectionLead.append(group(membership))
      if membership.operatorServers > 1 {
        section.links.append(
          SiteLink("its group and the evidence", to: GroupPage.path(membership.operatorID)))
      }
    }
    return section
  }

  private static func listing(_ page: ServerPage) -> String {
    var text = ""
    let endpoints = page.facts.endpoints[page.id] ?? []
    let advertisers = endpoints.map(\.advertisers).max() ?? 0
    switch page.facts.lastSeen[page.id]?.peerFacts.firstHeardFrom {
    case .bootstrap: text = "A public list from which the scans start named it first. "
    case .peers: text = "Another server's list of peers named it first. "
    case .import: text = "The record of a foreign scan names it. "
    case nil: break
    }
    if advertisers > 0 {
      text +=
        "\(NumberText.count(advertisers, "source")) "
        + (advertisers == 1 ? "lists" : "list") + " an endpoint of it. "
    }
    if let profile = page.index.profiles[page.id] {
      text += "It is in \(NumberText.count(profile.scans, "scan"))"
      text += profile.scans > 1 ? " from \(profile.firstScan) to \(profile.lastScan)" : ""
      text += " and identified itself in \(NumberText.count(profile.scansAnswered)). "
    }
    return text + "Everybody who connects to it can see what is told here."
  }

  private static func group(_ row: OperatorMembership) -> String {
    if row.operatorServers == 1 {
      return "No evidence of operators joins it with another server; that does not show that "
        + "nobody runs others beside it."
    }
    let others = NumberText.count(row.operatorServers - 1, "other server")
    return switch row.label {
    case .confirmed: "It is of one identity with \(others), proved by a key (confirmed)."
    case .probable: "It likely has one operator with \(others) (probable)."
    case .likely, .single:
      "It possibly has one operator with \(others): what joins them can be copied, rented or "
        + "shared (likely)."
    }
  }
}

extension String {
  /// With a capital, as a sentence begins.
  var withCapital: String { prefix(1).uppercased() + dropFirst() }
}
