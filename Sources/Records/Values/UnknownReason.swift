/// Why a feature was not learned: a closed list, as `unknown` of a feature row names it.
public enum UnknownReason: Sendable, Hashable {
  /// How asking ended.
  case outcome(Outcome)
  case notAsked
  case notSent
  case noDatabase
  case several
  case sharedDomain
  case unverifiedName
  case notIdentified
  case proxy
  case tooMany
  case noTime
  case withheldTwin

  /// Those that are no outcomes, in the order of the data dictionary.
  public static let documented: [UnknownReason] = [
    .notAsked, .notSent, .noDatabase, .several, .sharedDomain, .unverifiedName, .notIdentified,
    .proxy, .tooMany, .noTime, .withheldTwin,
  ]

  private static let byID: [String: UnknownReason] = Dictionary(
    uniqueKeysWithValues: (documented + Outcome.allCases.map { .outcome($0) }).map { ($0.id, $0) })

  /// The reason of an id; nil where it is none.
  public init?(id: String) {
    guard let reason = Self.byID[id] else { return nil }
    self = reason
  }

  /// Permanent.
  public var id: String {
    switch self {
    case .outcome(let outcome): outcome.rawValue
    case .notAsked: "unknown.not-asked"
    case .notSent: "unknown.not-sent"
    case .noDatabase: "unknown.no-database"
    case .several: "unknown.several"
    case .sharedDomain: "unknown.shared-domain"
    case .unverifiedName: "unknown.unverified-name"
    case .notIdentified: "unknown.not-identified"
    case .proxy: "unknown.proxy"
    case .tooMany: "unknown.too-many"
    case .noTime: "unknown.no-time"
    case .withheldTwin: "withheld.twin"
    }
  }

  /// What it says, for the data dictionary.
  public var summary: String {
    switch self {
    case .outcome(let outcome): outcome.summary
    case .notAsked: "It answered other questions; no scan of the epoch asked this."
    case .notSent: "It answered, but not with this."
    case .noDatabase: "No GeoIP database knows its addresses."
    case .several: "Its addresses do not agree."
    case .sharedDomain: "Its names lie below domains that strangers share."
    case .unverifiedName: "No name of it was verified."
    case .notIdentified: "Its replies do not single out one software."
    case .proxy: "It was reached through a proxy only."
    case .tooMany: "It named more than is kept of one source."
    case .noTime: "Not all that name it say when."
    case .withheldTwin:
      "It was seen at an onion service that shares it with a clearnet server, and the two do not name each other."
    }
  }
}
