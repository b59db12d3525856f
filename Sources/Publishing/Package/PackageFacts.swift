internal import Artifact
import Ordering

/// What every document of the package says of it.
struct PackageFacts {
  let dataset: String
  let version: String
  let parameters: PublishParameters
  let scans: [ScanFacts]
  let tables: [PackagedTable]
  /// Name and digest of each database behind country, network and coordinates.
  let geographySources: [Manifest.Source]
  /// Stage by stage, first to last.
  let provenance: [StageRecord]

  var title: String {
    parameters.title.isEmpty ? "Electrum servers: \(dataset)" : parameters.title
  }

  /// Letters, digits, `.`, `_` and `-`, as Data Package names are.
  var packageName: String {
    let kept = dataset.lowercased().unicodeScalars.map { scalar -> Character in
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
      return isPlain || "._-".unicodeScalars.contains(scalar) ? Character(scalar) : "-"
    }
    return "electrum-observatory-" + String(kept)
  }

  /// The databases behind the locations, as far as they are known, for a sentence.
  var geographyNames: [String] {
    guard parameters.locationSources.isEmpty else { return parameters.locationSources }
    return geographySources.map { "a GeoIP database (SHA-256 \($0.sha256.prefix(16))…)" }
  }

  /// Where the package is described: the programs' address, or a name of its own.
  var address: String {
    parameters.repository.isEmpty
      ? "urn:electrum-observatory:dataset:\(packageName):\(version)" : parameters.repository
  }

  /// `2025-11-22/2025-11-24`; nil: no scan tells its time.
  var temporalCoverage: String? {
    let dates = scans.compactMap(\.date).sorted()
    guard let first = dates.first, let last = dates.last else { return nil }
    return first == last ? first : "\(first)/\(last)"
  }

  /// Start of the last scan: the only date the package has, since no clock is read.
  var created: String? { scans.compactMap(\.startedAt).max() }

  var description: String {
    var text = "What servers of the Electrum protocol answered, "
    text += "from \(NumberText.count(scans.count, "scan"))"
    if let coverage = temporalCoverage {
      text += " (\(coverage.replacing("/", with: " to ")))"
    }
    text += ": endpoints and outcomes, servers and the software they claim, certificates, peers "
    text += "they advertise, behaviour classes, likely operators with their evidence, protocol "
    text += "deviations and concentration. Unknown is kept apart from absent."
    if scans.contains(where: \.isSimulated) {
      text += " The scans met a simulated network on loopback: test data."
    }
    return text
  }

  /// Where to have something corrected, in a sentence.
  var contactLine: String {
    parameters.contact.isEmpty
      ? "No contact for corrections was given with this package."
      : "Corrections and opt-out: \(parameters.contact)"
  }

  /// When and from where, for a subtitle.
  var occasion: String {
    var text = NumberText.count(scans.count, "scan")
    if let coverage = temporalCoverage {
      text +=
        coverage.contains("/")
        ? " from \(coverage.replacing("/", with: " to "))" : " on \(coverage)"
    }
    let vantages = Array(Set(scans.compactMap(\.vantage))).sorted()
    if !vantages.isEmpty {
      text += vantages.count == 1 ? ", vantage point " : ", vantage points "
      text += vantages.map { VisibleText.show($0, limit: 40) }.joined(separator: ", ")
    }
    return text
  }

  /// Paths of the tables.
  var tablePaths: Set<String> { Set(tables.map(\.path)) }

  static let licenseName = "CC-BY-4.0"
  static let licenseURL = "https://creativecommons.org/licenses/by/4.0/"
}

/// One stage's own record: from what, with which parameters, what it made.
struct StageRecord {
  let stage: String
  /// For collect: the scan.
  let scope: String?
  let lineage: Lineage
  /// Output name and content digest.
  let outputs: [Manifest.Source]
}
