/// The rule book: which release shows what on the wire, as data.
///
/// Ids are permanent: a rule whose meaning changes gets another one.
public enum RuleBook {
  public static let rules: [SoftwareRule] =
    wireStyle + negotiation + methods + oddRequests + errors + refusals + limits

  /// Sets of releases that speak alike.
  enum Speakers {
    /// Both are made on aiorpcX.
    static let electrumX: [ReleaseSpan] = [.all(.electrumX), .all(.electrumXSV)]
    /// Since its rewriting for 0.9.
    static let romanz: [ReleaseSpan] = [.since(.electrs, "0.9.0")]
    /// The forks and what they were forked from: alike where nothing else is said.
    static let olderElectrs: [ReleaseSpan] = [.before(.electrs, "0.9.0"), .all(.electrsEsplora)]
    static let bwt: [ReleaseSpan] = [.all(.bwt)]
    static let electrsFamily: [ReleaseSpan] = [.all(.electrs), .all(.electrsEsplora), .all(.bwt)]
    static let personal: [ReleaseSpan] = [.all(.electrumPersonalServer)]
    static let floresta: [ReleaseSpan] = [.all(.floresta)]
    static let jelectrum: [ReleaseSpan] = [.all(.jelectrum)]
    /// Of whose form little is known.
    static let unread: [ReleaseSpan] = floresta + jelectrum
    /// Of whose form little is known, and that of what a wallet does not ask.
    static let unreadOfOdd: [ReleaseSpan] = unread + personal
  }
}

extension SoftwareRule.Test {
  static func isOneOf(
    _ field: ReplyObservation.Field, _ texts: String...
  ) -> SoftwareRule.Test {
    SoftwareRule.Test(field: field, match: .equals(texts))
  }

  static func begins(_ field: ReplyObservation.Field, _ texts: String...) -> SoftwareRule.Test {
    SoftwareRule.Test(field: field, match: .begins(texts))
  }

  static func ends(_ field: ReplyObservation.Field, _ text: String) -> SoftwareRule.Test {
    SoftwareRule.Test(field: field, match: .ends(text))
  }

  static func contains(_ field: ReplyObservation.Field, _ text: String) -> SoftwareRule.Test {
    SoftwareRule.Test(field: field, match: .contains(text))
  }

  static func isAbsent(_ field: ReplyObservation.Field) -> SoftwareRule.Test {
    SoftwareRule.Test(field: field, match: .absent)
  }

  static func code(_ code: Int) -> SoftwareRule.Test { isOneOf(.errorCode, String(code)) }
}
