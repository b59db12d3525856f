/// Which indicators a planted deviation ought to make fire (methods 6.2), by its permanent word.
enum ExpectedIndicators {
  static let byDeviation: [String: Set<String>] = [
    "stale-tip": ["I4.stale-tip"],
    "false-tip": ["I3.invalid-header"],
    "foreign-genesis": ["I3.other-genesis"],
    "phishing-banner": ["I12.banner-wallet-download"],
    "phishing-broadcast": ["I11.phishing-error-text"],
    "history-omission": ["I1.history-omission"],
    "invented-transaction": ["I2.invented-transaction"],
    "corrupt-proof": ["I2.invented-transaction"],
    "false-status": ["I5.status-mismatch"],
    "missing-transactions": ["I6.missing-transaction"],
    "false-fees": ["I7.fee-manipulation"],
    "false-relay-fee": ["I8.relay-fee"],
    "refuses-broadcast": ["I13.broadcast-refusal"],
    "false-transaction-id": ["I13.broadcast-refusal"],
    "differs-by-client": ["I9.content-by-client"],
    "differs-by-origin": ["I14.certificate-by-vantage", "I15.content-by-vantage"],
    "false-peers": ["I17.own-peers", "I18.unreachable-peers"],
    PlantedSpans.claimWord: ["I19.shape-contradicts-claim"],
    "throttles-selectively": ["I20.selective-limit"],
  ]

  static func expected(of deviations: [String]) -> Set<String> {
    deviations.reduce(into: []) { $0.formUnion(byDeviation[$1] ?? []) }
  }
}
