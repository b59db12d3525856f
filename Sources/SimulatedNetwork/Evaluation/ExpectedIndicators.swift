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
    "status-mismatch": ["I5.status-mismatch"],
    "missing-transaction": ["I6.missing-transaction"],
    "false-fees": ["I7.fee-manipulation"],
    "false-relay-fee": ["I8.relay-fee"],
    "content-by-client": ["I9.content-by-client"],
    "timing-by-client": ["I10.timing-by-client"],
    "broadcast-refusal": ["I13.broadcast-refusal"],
    "certificate-by-vantage": ["I14.certificate-by-vantage"],
    "content-by-vantage": ["I15.content-by-vantage"],
    "inspection": ["I16.inspection-issuer"],
    "own-peers": ["I17.own-peers"],
    "unreachable-peers": ["I18.unreachable-peers"],
    "false-software": ["I19.shape-contradicts-claim"],
    "selective-limit": ["I20.selective-limit"],
  ]

  static func expected(of deviations: [String]) -> Set<String> {
    deviations.reduce(into: []) { $0.formUnion(byDeviation[$1] ?? []) }
  }
}
