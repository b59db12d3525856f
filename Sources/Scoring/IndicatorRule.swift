import Foundation
import Records

/// The rule book of indicators (methods 6.2): data with permanent ids, including those that this
/// release cannot evaluate, so that coverage says how much was not looked at.
struct IndicatorRule: Sendable {
  let id: String
  let family: String
  let verdictClass: VerdictClass
  /// Greatest support for deviation that one indicator may give, in nats.
  let capNats: Double
  let rationale: String

  static func rule(_ id: String) -> IndicatorRule? { all.first { $0.id == id } }

  static let staleTip = "I4.stale-tip"
  static let invalidHeader = "I3.invalid-header"
  static let otherGenesis = "I3.other-genesis"
  static let phishingError = "I11.phishing-error-text"
  static let phishingBanner = "I12.banner-wallet-download"
  static let shapeMismatch = "I19.shape-contradicts-claim"

  /// Sorted by id.
  static let all: [IndicatorRule] = [
    rule(
      "I1.history-omission", "content", .proved, 1000,
      "Omits a transaction that is proved to exist."),
    rule("I10.timing-by-client", "differential", .statistical, 10, "Answers some clients later."),
    rule(
      phishingError, "phishing", .proved, 1000,
      "An error text with a link, markup or a call to update."),
    rule(
      phishingBanner, "phishing", .statistical, 30,
      "The banner links a wallet download elsewhere than at the project's own."),
    rule("I13.broadcast-refusal", "content", .proved, 1000, "Refuses a valid transaction."),
    rule(
      "I14.certificate-by-vantage", "path", .statistical, 100,
      "Other certificates from other places."),
    rule("I15.content-by-vantage", "path", .statistical, 100, "Other content from other places."),
    rule(
      "I16.inspection-issuer", "path", .statistical, 20,
      "A certificate of a traffic inspection product."),
    rule(
      "I17.own-peers", "topology", .statistical, 20, "Lists its own kind more than chance allows."),
    rule(
      "I18.unreachable-peers", "topology", .statistical, 5, "Lists only peers that nobody reaches."),
    rule(
      shapeMismatch, "shape", .statistical, 5, "Claims one implementation and writes like another."),
    rule(
      "I2.invented-transaction", "content", .proved, 1000,
      "Lists a transaction without a valid proof."),
    rule("I20.selective-limit", "differential", .statistical, 10, "Limits some clients more."),
    rule(
      "I24.connect-back", "meta", .statistical, 5,
      "Somebody scanned the address that had connected to it."),
    rule(
      invalidHeader, "content", .proved, 1000,
      "A header that does not meet its own target or is none."),
    rule(otherGenesis, "content", .proved, 1000, "Another genesis hash than its network's."),
    rule(staleTip, "content", .statistical, 1000, "A tip that lags behind the network's."),
    rule(
      "I5.status-mismatch", "content", .proved, 1000,
      "A status hash that contradicts its own history."),
    rule(
      "I6.missing-transaction", "content", .statistical, 1000,
      "Lists transactions that it cannot give."),
    rule("I7.fee-manipulation", "economy", .statistical, 50, "Fee estimates far from all others."),
    rule("I8.relay-fee", "economy", .statistical, 5, "A relay fee at odds with its own histogram."),
    rule(
      "I9.content-by-client", "differential", .statistical, 100, "Other content for other clients."),
  ]

  private static func rule(
    _ id: String, _ family: String, _ verdictClass: VerdictClass, _ cap: Double,
    _ rationale: String
  ) -> IndicatorRule {
    IndicatorRule(
      id: id, family: family, verdictClass: verdictClass, capNats: log(cap),
      rationale: rationale)
  }
}
