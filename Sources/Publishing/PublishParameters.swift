internal import Artifact
public import StageKit

/// What a publication says of itself.
public struct PublishParameters: StageParameters, Equatable {
  /// Empty: made from the dataset's name.
  public let title: String
  /// Persons or bodies to cite, as names.
  public let authors: [String]
  /// Who publishes it.
  public let publisher: String
  /// Where operators can ask for correction or opt out; empty: none is given.
  public let contact: String
  /// Home of the programs; empty: none is given.
  public let repository: String
  /// Words to find it by.
  public let keywords: [String]
  /// Names and licences of the databases that tell where addresses are; empty: only digests.
  public let locationSources: [String]

  public static let fields: [ParameterField] = [
    ParameterField(
      "title", .text, default: .string(""), "Title; empty: made from the dataset's name."),
    ParameterField(
      "authors", .texts, default: .array([.string("Electrum Observatory contributors")]),
      "Names to cite."),
    ParameterField(
      "location_sources", .texts, default: .array([]),
      "Name, maker and licence of each GeoIP database used, for attribution."),
    ParameterField(
      "publisher", .text, default: .string("Electrum Observatory"), "Who publishes the data."),
    ParameterField(
      "contact", .text, default: .string(""),
      "Address for corrections and opt-out, shown as text; empty: none."),
    ParameterField(
      "repository", .text, default: .string(""),
      "https address of the programs; empty: none."),
    ParameterField(
      "keywords", .texts,
      default: .array(
        ["Bitcoin", "Electrum", "Internet measurement", "centralisation", "privacy"].map {
          .string($0)
        }), "Words to find it by."),
  ]

  public init(_ values: ParameterValues) throws(StageError) {
    title = try values.text("title")
    authors = try values.texts("authors")
    publisher = try values.text("publisher")
    contact = try values.text("contact")
    repository = try values.text("repository")
    keywords = try values.texts("keywords")
    locationSources = try values.texts("location_sources")
    guard !authors.isEmpty, authors.allSatisfy({ !$0.isEmpty }) else {
      throw StageError(
        .parameters, place: "publish, key authors", expected: "at least one name",
        found: "none, or an empty one", remedy: "name who is to be cited")
    }
    guard repository.isEmpty || repository.hasPrefix("https://") else {
      throw StageError(
        .parameters, place: "publish, key repository", expected: "an https address or nothing",
        found: EscapedText.escape(repository), remedy: "correct the address")
    }
  }
}
