import Artifact
import ServerTexts
import StageKit

/// A list of shared domains in a file (`shared-domains.v1`): domains with their kinds; what else an
/// entry says is for people.
struct SharedDomainFile: FieldObject {
  static let isOpen = true
  private static let schema = "shared-domains.v1"

  private var schema = Self.schema
  private var domains: [Entry] = []

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("schema", &schema, .constant(Self.schema), "The form of the file.")
    f.required("domains", &domains, .list(.object), "Domains that many share.")
  }

  /// The domains of the list in the file, in its order.
  static func entries(
    path: String
  ) throws(StageError) -> [(domain: String, kind: SharedDomains.Kind)] {
    let file: SharedDomainFile = try InputFile.object(
      path, expected: "a list of shared domains",
      remedy: "correct the list, or leave shared_domain_list empty")
    return file.domains.map { ($0.domain, $0.kind) }
  }

  private struct Entry: FieldObject {
    static let isOpen = true

    private(set) var domain = ""
    private(set) var kind = SharedDomains.Kind.unspecified

    init() {}

    mutating func fields<F: Fields>(_ f: inout F) {
      f.required("domain", &domain, .domain, "A domain; `#` stands for one digit or more.")
      f.required("kind", &kind, .kindOfSharing, "Whose customers have names below it.")
    }
  }
}

extension FieldForm where Value == String {
  fileprivate static var domain: FieldForm {
    FieldForm<String>.text.converted(
      expected: "a domain in lower case",
      into: { text in
        let plain = text.replacing("#", with: "0")
        return text.contains(".") && InternationalName(plain)?.ascii == plain ? text : nil
      }, from: { $0 })
  }
}

extension FieldForm where Value == SharedDomains.Kind {
  fileprivate static var kindOfSharing: FieldForm {
    FieldForm<String>.text.converted(
      expected: "a kind of shared domain", .unknownName,
      into: { word in SharedDomains.Kind(rawValue: word).flatMap { $0 == .unspecified ? nil : $0 }
      },
      from: { $0.rawValue })
  }
}
