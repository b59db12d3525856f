import Ordering
internal import Records

/// What TLS servers show of themselves.
enum CertificateSection {
  static func section(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "certificates", sectionTitle: "Certificates and TLS")
    guard let certificates = facts.certificates else {
      section.sectionAbsence = "The table of certificates is absent."
      return section
    }
    let leaves = certificates.filter(\.isLeaf)
    guard !leaves.isEmpty else {
      section.sectionAbsence = "No endpoint sent a certificate in the last scan."
      return section
    }
    let shared = leaves.filter { $0.servers > 1 }
    section.sectionLead = [
      "\(NumberText.count(leaves.count, "certificate")) of endpoints in the last scan, "
        + "\(NumberText.count(shared.count)) of them sent by more than one server. A self-signed "
        + "certificate is the norm among Electrum servers and says nothing against one."
    ]
    let unread = leaves.count { $0.subject == nil }
    if unread > 0 {
      section.sectionLead.append(
        "Of \(NumberText.count(unread, "certificate")) only the fingerprint is known.")
    }
    let figures = [
      figure(
        "certificate-issuer", "Who signed", leaves,
        "Issuer kind of leaf certificates; a verdict on the chain is not given here."
      ) { $0.selfSigned.map { $0 ? "self-signed" : "signed by another" } },
      figure("certificate-key", "Keys", leaves, "Type and size of the public key.") { certificate in
        certificate.keyType.map { type in
          certificate.keyBits.map { "\(type) \($0)" } ?? type
        }
      },
      figure(
        "certificate-validity", "Length of validity", leaves, "From not_before to not_after.",
        order: spans
      ) { $0.validityDays.map(validity) },
    ]
    section.figures = unread == leaves.count ? [] : figures
    if let versions = facts.tlsVersions, versions.total > 0 {
      section.figures.append(tls(versions))
    }
    if !shared.isEmpty { section.listings.append(sharing(shared)) }
    return section
  }

  private static let spans = [
    "ends before it starts", "up to 100 days", "up to 400 days", "up to 3 years",
    "up to 10 years", "more than 10 years",
  ]

  private static func validity(_ days: Int) -> String {
    switch days {
    case ..<0: spans[0]
    case ...100: spans[1]
    case ...400: spans[2]
    case ...1100: spans[3]
    case ...3700: spans[4]
    default: spans[5]
    }
  }

  private static func figure(
    _ id: String, _ title: String, _ leaves: [Certificate], _ caption: String,
    order: [String] = [], word: (Certificate) -> String?
  ) -> Figure {
    let words = leaves.map(word)
    let top = Tally(words.compactMap { $0.map { VisibleText.show($0, limit: 40) } }).top(10)
    let unknown = words.count { $0 == nil }
    let entries = top.entries.sorted { place($0.word, order) < place($1.word, order) }
    var rows = entries.map { ChartRow($0.word, $0.count) }
    if top.others > 0 { rows.append(ChartRow("others", top.others, .descriptive)) }
    if unknown > 0 { rows.append(ChartRow("not known", unknown, .untested)) }
    return Figure(
      BarChart(id: id, title: title, rows: rows), caption: caption,
      numbers: Grid(
        [title, "#Certificates"], rows.map { [$0.label, NumberText.count($0.total)] }),
      sources: [Source("data/certificates.csv.gz")])
  }

  /// Where no order is given, all words have one place and keep theirs.
  private static func place(_ word: String, _ order: [String]) -> Int {
    order.firstIndex(of: word) ?? order.count
  }

  private static func tls(_ versions: Tally) -> Figure {
    let rows = versions.descending.map { ChartRow(VisibleText.show($0.word, limit: 24), $0.count) }
    return Figure(
      BarChart(id: "tls-versions", title: "TLS version", rows: rows),
      caption: "Negotiated with endpoints that completed a handshake; the newest both sides speak.",
      numbers: Grid(
        ["TLS version", "#Endpoints"], rows.map { [$0.label, NumberText.count($0.total)] }),
      sources: [Source("data/endpoints.csv.gz")])
  }

  private static func sharing(_ shared: [Certificate]) -> Listing {
    let sorted = shared.sorted { ($1.servers, $0.sha256) < ($0.servers, $1.sha256) }.prefix(20)
    return Listing(
      listingTitle: "Certificates sent by several servers",
      listingCaption: "One certificate on several servers means one private key in several places.",
      listingRows: Grid(
        ["SHA-256", "Subject", "#Servers", "#Endpoints"],
        sorted.map {
          [
            String($0.sha256.prefix(16)) + "…",
            VisibleText.show($0.subject ?? "not known", limit: 60), NumberText.count($0.servers),
            NumberText.count($0.endpoints),
          ]
        }), listingSources: [Source("data/certificates.csv.gz")])
  }
}
