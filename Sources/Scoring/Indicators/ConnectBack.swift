import Records

extension IndicatorRule {
  static let connectBack = IndicatorRule(
    id: "I24.connect-back", group: .meta, grades: .init(.none),
    statement: "Somebody scanned the address that had connected to the server.",
    explanation: .init(
      statistic: "Not measured: it would take a reserved network of addresses of our own.",
      null: "Nobody asks who connected.",
      rationale:
        "It would show that somebody who saw the connection scans, the server, its hoster or the way.",
      refutedBy: "Scans of addresses that never connected."),
    source: .published(
      "Sanatinia and Noubir (2016), HOnions: towards detection and identification of misbehaving Tor HSDirs"
    ), requirement: .conduct)
}
