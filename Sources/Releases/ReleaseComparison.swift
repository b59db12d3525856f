public import Artifact
import Ordering
public import Records

/// What is otherwise in a published package than in an earlier one of the same dataset.
///
/// Tables are compared by what they say, not by their bytes. Each difference names what it can come
/// from: the scans that both packages rest on are compared scan by scan, so that what our own rules,
/// programs or references changed is not taken for a change of the world.
public struct ReleaseComparison: Sendable {
  public let earlier: PublishedPackage
  public let later: PublishedPackage
  /// Ordered by kind, subject and aspect.
  public let differences: [ReleaseDifference]

  public init(earlier: PublishedPackage, later: PublishedPackage) throws(ArtifactError) {
    self.earlier = earlier
    self.later = later
    guard earlier.name == later.name else {
      throw ArtifactError(
        .wrongSchema, file: later.folder, expected: "a package of the dataset \(earlier.name)",
        found: "one of \(later.name)", remedy: "compare two versions of one dataset")
    }
    var found = SchemaComparison(earlier, later).differences
    found += try ServerComparison(earlier, later).differences()
    found += try SoftwareComparison(earlier, later).differences()
    found += try GroupComparison(earlier, later).differences()
    found += try ConclusionComparison(earlier, later).differences()
    differences = found.sorted { $0.sortKey < $1.sortKey }
  }

  /// The part of a version number that must rise: of what else is there a promise to readers?
  public enum Level: String, Sendable, Comparable {
    case none, patch, minor, major

    private var order: Int {
      switch self {
      case .none: 0
      case .patch: 1
      case .minor: 2
      case .major: 3
      }
    }

    public static func < (one: Level, other: Level) -> Bool { one.order < other.order }
  }

  /// A table or column that is gone or holds another type breaks its readers: major. Anything that a table
  /// says otherwise is minor. What else differs is a patch, which tables do not show.
  public var neededLevel: Level {
    let broken: Set<DifferenceKind> = [.tableRemoved, .columnRemoved, .columnChanged]
    if differences.contains(where: { broken.contains($0.kind) }) { return .major }
    let isSame =
      earlier.compared.mapValues(\.contentSHA256) == later.compared.mapValues(\.contentSHA256)
    return differences.isEmpty && isSame && earlier.lineage.scans == later.lineage.scans
      ? .none : .minor
  }

  /// The part of the version number that did rise; nil where one of them is no such number, or it fell.
  public var statedLevel: Level? {
    guard let before = Self.numbers(earlier.version), let after = Self.numbers(later.version) else {
      return nil
    }
    if after[0] != before[0] { return after[0] > before[0] ? .major : nil }
    if after[1] != before[1] { return after[1] > before[1] ? .minor : nil }
    if after[2] != before[2] { return after[2] > before[2] ? .patch : nil }
    return Level.none
  }

  private static func numbers(_ version: String) -> [Int]? {
    let parts = version.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    let numbers = parts.compactMap { $0 }.filter { $0 >= 0 }
    return numbers.count == 3 && parts.count == 3 ? numbers : nil
  }

  /// Refuses a version number that promises more than the package keeps.
  public func checkVersion() throws(ArtifactError) {
    guard let stated = statedLevel else {
      throw ArtifactError(
        .wrongSchema, file: later.folder, column: "version",
        expected: "MAJOR.MINOR.PATCH above \(earlier.version)", found: later.version,
        remedy: "name a later version")
    }
    guard stated >= neededLevel else {
      throw ArtifactError(
        .wrongSchema, file: later.folder, column: "version",
        expected: "a new \(neededLevel.rawValue) version, as \(next(neededLevel))",
        found: "\(later.version), where \(earlier.version) was before",
        remedy: "release it under a number that says what changed")
    }
  }

  private func next(_ level: Level) -> String {
    var numbers = Self.numbers(earlier.version) ?? [0, 0, 0]
    switch level {
    case .none: break
    case .patch: numbers[2] += 1
    case .minor: numbers = [numbers[0], numbers[1] + 1, 0]
    case .major: numbers = [numbers[0] + 1, 0, 0]
    }
    return numbers.map(String.init).joined(separator: ".")
  }
}
