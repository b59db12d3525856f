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
  public static func verdict(_ text: String) -> PhishingVerdict? {
    let folded = FoldedText(text)
    let read = ReadText(folded)
    let called = read.calledLinks.first { !$0.isHonest }
    if isOfRelease(folded) { return called.map { PhishingVerdict(.calledLink, link: $0.text) } }
    if Markup.first(in: folded.revealed) != nil, !isGatewayPage(folded, read) {
      return PhishingVerdict(.markup, link: called?.text)
    }
    if contains("data:image/", folded) { return PhishingVerdict(.image, link: called?.text) }
    if let called { return PhishingVerdict(.calledLink, link: called.text) }
    if !read.calls.isEmpty, read.namesWallet, read.alarms, read.links.isEmpty {
      return PhishingVerdict(.alarm)
    }
    return nil
  }

  /// What releases really said: ElectrumX warned old clients in markup, in the error of a broadcast
  /// that had succeeded, with a link to the wallet's own site (its sources of 2019 to 2025).
  private static let ofRelease = "your transaction was successfully broadcast"

  private static func isOfRelease(_ text: FoldedText) -> Bool { contains(ofRelease, text) }

  /// The page of a proxy whose server behind it failed: no link, no call, and the status in words.
  private static func isGatewayPage(_ text: FoldedText, _ read: ReadText) -> Bool {
    read.links.isEmpty && read.calls.isEmpty && contains("<html", text)
      && gatewayPhrases.contains { contains($0, text) }
  }

  private static let gatewayPhrases = [
    "400 bad request", "403 forbidden", "404 not found", "405 not allowed", "429 too many requests",
    "500 internal server error", "502 bad gateway", "503 service", "504 gateway",
  ]

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
