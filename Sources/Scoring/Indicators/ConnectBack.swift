import Records

extension IndicatorRule {
  /// This release does not evaluate it.
  static let connectBack = IndicatorRule(
    id: "I24.connect-back", group: .meta, verdictClass: .statistical, greatestOdds: 5,
    statement: "Somebody scanned the address that had connected to the server.",
    source: .published(
      "Sanatinia and Noubir (2016), HOnions: towards detection and identification of misbehaving Tor HSDirs"
    ),
    evaluation: nil)
}
