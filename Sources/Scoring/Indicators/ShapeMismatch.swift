import Records

extension IndicatorRule {
  static let shapeMismatch = IndicatorRule(
    id: "I19.shape-contradicts-claim", group: .shape, verdictClass: .statistical, greatestOdds: 5,
    statement: "The server claims one implementation and writes like another.",
    source: .article("Rule-Book", section: "Wire style")
  ) { server, _ in
    guard let software = server.profile.features.text(.software),
      let expected = keyOrders[software], !server.keyOrders.isEmpty
    else { return nil }
    let other = server.keyOrders.keys.sorted().first { $0 != expected }
    return IndicatorFinding(
      fired: other != nil, of: server.repliesSeen,
      evidence: other.map { "claims \(software), writes the keys \($0)" })
  }

  /// Order of the keys of a result, by implementation.
  private static let keyOrders = [
    "ElectrumX": "jsonrpc,result,id", "Fulcrum": "id,jsonrpc,result",
    "electrs": "id,jsonrpc,result", "electrs-esplora": "id,jsonrpc,result",
  ]
}
