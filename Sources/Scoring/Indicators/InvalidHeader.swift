import Records

extension IndicatorRule {
  static let invalidHeader = IndicatorRule(
    id: "I3.invalid-header", group: .content, verdictClass: .proved, greatestOdds: 1000,
    statement: "A header of the server does not meet its own target, or is no header.",
    source: .published("Nakamoto (2008), Bitcoin: a peer-to-peer electronic cash system, section 4")
  ) { server, _ in
    guard server.headersSeen > 0 else { return nil }
    return IndicatorFinding(
      fired: !server.invalidHeaders.isEmpty, of: server.headersSeen,
      evidence: server.invalidHeaders.first)
  }
}
