import Records

extension IndicatorRule {
  static let invalidHeader = IndicatorRule(
    id: "I3.invalid-header", group: .content, verdictClass: .proved, greatestOdds: 1000,
    statement: "A header of the server does not meet its own target, or is no header.",
    source: .published(
      "Nakamoto (2008), Bitcoin: a peer-to-peer electronic cash system, section 4"),
    dependsOnChain: true
  ) { server, context in
    let headers = server.headers.filter { !context.consensus.isOtherChain($0.scan) }
    if headers.isEmpty { return nil }
    let defect = headers.lazy.compactMap(\.defect).first
    return IndicatorFinding(fired: defect != nil, of: headers.count, evidence: defect)
  }
}
