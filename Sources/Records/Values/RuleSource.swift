/// Where a rule is from, so that a reader can look it up.
public enum RuleSource: Sendable, Equatable {
  /// An article of this project and one of its sections.
  case article(String, section: String)
  /// A paper, a specification or a file that others published.
  case published(String)
  /// Seen on real servers whose bytes were kept; section of the article Protocol-Reference.
  case recorded(section: String)
  /// Read in the sources of server software; section of the article Protocol-Reference.
  case reference(section: String)

  /// Where to look it up, in words.
  public var text: String {
    switch self {
    case .article(let name, let section): "article \(name), section “\(section)”"
    case .published(let work): work
    case .recorded(let section): "recorded; article Protocol-Reference, section \(section)"
    case .reference(let section): "article Protocol-Reference, section \(section)"
    }
  }
}
