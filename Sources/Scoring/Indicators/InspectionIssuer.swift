import Records

extension IndicatorRule {
  /// This release does not evaluate it.
  static let inspectionIssuer = IndicatorRule(
    id: "I16.inspection-issuer", group: .path, verdictClass: .statistical, greatestOdds: 20,
    statement: "The certificate is of a product that inspects traffic.",
    source: .published(
      "Durumeric et al. (2017), The security impact of HTTPS interception"),
    evaluation: nil)
}
