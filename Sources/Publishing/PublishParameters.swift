public import Artifact
public import StageKit

/// What a publication says of itself.
public struct PublishParameters: StageParameters, Equatable {
  public private(set) var title = ""
  /// Persons or bodies.
  public private(set) var authors = ["Electrum Observatory contributors"]
  public private(set) var publisher = "Electrum Observatory"
  public private(set) var contact = ""
  public private(set) var repository = ""
  public private(set) var keywords = [
    "Bitcoin", "Electrum", "Internet measurement", "centralisation", "privacy",
  ]
  /// Empty: only the digests of the databases are told.
  public private(set) var locationSources: [String] = []

  public init() {}

  public mutating func fields<F: Fields>(_ f: inout F) {
    f.field("title", &title, .text, "Title; empty: made from the dataset's name.")
    f.field("authors", &authors, .texts, "Names to cite.")
    f.check(
      "authors", !authors.isEmpty && authors.allSatisfy { !$0.isEmpty },
      expected: "at least one name", found: "none, or an empty one")
    f.field(
      "location_sources", &locationSources, .texts,
      "Name, maker and licence of each GeoIP database used, for attribution.")
    f.field("publisher", &publisher, .text, "Who publishes the data.")
    f.field(
      "contact", &contact, .text,
      "Address for corrections and opt-out, shown as text; empty: none.")
    f.field(
      "repository", &repository, .text, "https address of the programs; empty: none.")
    f.check(
      "repository", repository.isEmpty || repository.hasPrefix("https://"),
      expected: "an https address or nothing", found: EscapedText.escape(repository))
    for (name, text) in [("contact", contact), ("repository", repository)] {
      f.check(
        name, !Self.holdsCredentials(text), expected: "an address without a user or password",
        found: "one with them")
    }
    f.field("keywords", &keywords, .texts, "Words to find it by.")
  }

  /// Whether a URL in the text has a user: what is published must not hold a secret.
  private static func holdsCredentials(_ text: String) -> Bool {
    text.contains(/:\/\/[^\/?#\s]*@/)
  }
}
