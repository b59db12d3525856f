import ServerTexts

/// What a server's text asks its reader to do.
public struct PhishingVerdict: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    /// Tags that format or link.
    case markup
    /// A picture in the text itself.
    case image
    /// A link to no known place, and the one nearest to a call.
    case calledLink = "called-link"
    /// A call, a wallet and an alarm, without a link.
    case alarm
  }

  public let kind: Kind
  /// The link that is called to, as meant; nil for the other kinds.
  public let link: String?

  init(_ kind: Kind, link: String? = nil) {
    self.kind = kind
    self.link = link
  }
}

/// Judges the text of an error.
///
/// No program has a reason to format its errors, or to send their reader to a program. A bare link, the
/// bare word “update”, or a link beside a word like “version” without a call are what honest errors
/// have, which link documentation.
public enum ErrorText {
  /// Nil where the text asks for nothing.
  /// - Parameter known: texts that releases and proxies are known to send.
  public static func verdict(
    _ text: String, known: KnownErrors = .contained
  ) -> PhishingVerdict? {
    let folded = FoldedText(text)
    let read = ReadText(folded)
    let called = read.calledLinks.first { !$0.isHonest }
    if known.releases.contains(where: { contains($0, folded) }) {
      return called.map { PhishingVerdict(.calledLink, link: $0.text) }
    }
    if Markup.first(in: folded.revealed) != nil, !isGatewayPage(folded, read, known) {
      return PhishingVerdict(.markup, link: called?.text)
    }
    if contains("data:image/", folded) { return PhishingVerdict(.image, link: called?.text) }
    if let called { return PhishingVerdict(.calledLink, link: called.text) }
    if !read.calls.isEmpty, read.namesWallet, read.alarms, read.links.isEmpty {
      return PhishingVerdict(.alarm)
    }
    return nil
  }

  /// The page of a proxy whose server behind it failed: no link, no call, and the status in words.
  private static func isGatewayPage(
    _ text: FoldedText, _ read: ReadText, _ known: KnownErrors
  ) -> Bool {
    read.links.isEmpty && read.calls.isEmpty && contains("<html", text)
      && known.gateways.contains { contains($0, text) }
  }

  private static func contains(_ phrase: String, _ text: FoldedText) -> Bool {
    let phrase = Array(phrase.unicodeScalars)
    guard let first = phrase.first else { return false }
    return text.revealed.indices.contains {
      text.revealed[$0] == first && text.revealed[$0...].starts(with: phrase)
    }
  }
}

/// Judges a banner.
public enum BannerText {
  /// How far a banner that calls to a link goes.
  public enum Strength: Sendable, Hashable, Comparable {
    /// The link may be the server's own page, or anybody's.
    case supporting
    /// It leads to a program, or to a place named like a wallet's that is not the server's own.
    case strong
  }

  public struct Finding: Sendable, Equatable {
    public let strength: Strength
    public let link: String
  }

  /// The strongest call to a link off the known places in a text that names a wallet; nil: none.
  /// - Parameter ownNames: names and domains of the server itself. Servers are often called
  ///   `electrum.…`.
  public static func finding(_ text: String, ownNames: [String]) -> Finding? {
    let read = ReadText(FoldedText(text))
    guard read.namesWallet else { return nil }
    let own = ownNames.map { $0.lowercased() }.filter { !$0.isEmpty }
    return read.calledLinks.filter { !$0.isHonest }
      .map { Finding(strength: strength($0, own), link: $0.text) }
      .min { ($1.strength, $0.link) < ($0.strength, $1.link) }
  }

  private static let callFinder = WordFinder(\.calls)

  private static func strength(_ link: TextLink, _ own: [String]) -> Strength {
    if link.isProgram { return .strong }
    if link.leads(to: own) { return .supporting }
    let host = String(String.UnicodeScalarView(Skeleton.revealed(Array(link.host.unicodeScalars))))
    let isNamed = KnownPlaces.brands.contains { host.contains($0) }
    let words = host.unicodeScalars.map { $0 == "." || $0 == "-" ? " " : $0 }
    return isNamed || callFinder.matches(words) ? .strong : .supporting
  }
}
