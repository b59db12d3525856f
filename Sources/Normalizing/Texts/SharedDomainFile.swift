import Artifact
import ServerTexts
import StageKit

/// A list of shared domains in a file (`shared-domains.v1`): domains with their kinds; what else an
/// entry says is for people.
enum SharedDomainFile {
  /// The domains of the list in the file, in its order.
  static func entries(path: String) throws -> [(domain: String, kind: SharedDomains.Kind)] {
    let bytes = try FileBytes.read(path, limit: 1 << 20, expected: "a list of shared domains")
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONValue(parsing: bytes)
    } catch {
      throw bad(path, "JSON", error.description)
    }
    guard case .string("shared-domains.v1")? = value["schema"] else {
      throw bad(path, "schema shared-domains.v1", "another, or none")
    }
    guard case .array(let entries)? = value["domains"] else {
      throw bad(path, "an array `domains`", "none")
    }
    return try entries.enumerated().map { index, entry in
      guard case .string(let domain)? = entry["domain"], case .string(let word)? = entry["kind"],
        let kind = SharedDomains.Kind(rawValue: word), kind != .unspecified, domain.contains("."),
        InternationalName(domain.replacing("#", with: "0"))?.ascii
          == domain.replacing("#", with: "0")
      else {
        throw bad(
          path + ", entry \(index + 1)", "a domain in lower case and its kind",
          EscapedText.escape("\(entry)"))
      }
      return (domain, kind)
    }
  }

  private static func bad(_ place: String, _ expected: String, _ found: String) -> StageError {
    StageError(
      .badInput, place: place, expected: expected, found: found,
      remedy: "correct the list, or leave shared_domain_list empty")
  }
}
