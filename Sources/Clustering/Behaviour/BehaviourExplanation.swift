import Artifact
import Records
import StageKit

/// What the tables say of a behaviour class or family, as text for a reader.
public struct BehaviourExplanation {
  private let memberships: [BehaviourMembership]
  private let families: [BehaviourFamily]
  private let traits: [BehaviourTrait]
  private let outliers: [BehaviourOutlier]
  private let folder: String

  /// - Parameter clusters: the folder that `cluster` wrote.
  public init(clusters: String) throws {
    folder = clusters
    memberships = try ArtifactReader<BehaviourMembership>(folder: clusters).all()
    families = try ArtifactReader<BehaviourFamily>(folder: clusters).all()
    traits = try ArtifactReader<BehaviourTrait>(folder: clusters).all()
    outliers = try ArtifactReader<BehaviourOutlier>(folder: clusters).all()
  }

  init(_ tables: BehaviourTables) {
    folder = "memory"
    memberships = tables.memberships
    families = tables.familyRows
    traits = tables.traits
    outliers = tables.outliers
  }

  /// - Parameter subject: id of a class or of a family.
  /// - Throws: a `StageError` where there is none of that name.
  public func text(of subject: String) throws -> String {
    if let family = families.first(where: { $0.familyID == subject }) { return describe(family) }
    let members = memberships.filter { $0.classID == subject }
    guard let first = members.first else {
      throw StageError(
        .usage, place: "subject", expected: "a class or family of the clusters in \(folder)",
        found: subject, remedy: "take an id from behaviour_classes.csv.gz")
    }
    var lines = [
      members.count == 1
        ? "class \(subject): one server that answers as no other does"
        : "class \(subject): \(members.count) servers that answer alike wherever two were asked the same"
    ]
    lines += members.map { "  \($0.serverID)" }
    if let outlier = outliers.first(where: { $0.classID == subject }) {
      lines.append("stands apart: outlier score \(Self.number(outlier.score))")
      if let nearest = outlier.nearestClass {
        lines.append(
          "  nearest: class \(nearest), at distance \(Self.number(outlier.nearestDistance)); of "
            + "\(outlier.sharedProbes) probes known of both it differs in "
            + "\(outlier.differingProbes.count):")
        lines += Self.list(outlier.differingProbes)
      }
    }
    guard let family = families.first(where: { $0.familyID == first.familyID }) else {
      return lines.joined(separator: "\n") + "\nin no family\n"
    }
    return lines.joined(separator: "\n") + "\n" + describe(family)
  }

  private func describe(_ family: BehaviourFamily) -> String {
    var lines = [
      "family \(family.familyID): \(Self.count(family.servers, "server", "servers")) in "
        + "\(Self.count(family.classes.count, "class", "classes")), "
        + "\(family.stability?.rawValue ?? "stability not known") "
        + "(mean overlap \(Self.number(family.meanOverlap)))",
      "  answers that tell it from the rest (by their signature in the table of signatures):",
    ]
    for trait in traits where trait.familyID == family.familyID {
      lines.append(
        "    \(trait.probe) = \(trait.signature): \(Self.number(trait.lift)) times as frequent as "
          + "in general, \(Self.number(trait.familyShare)) of the family")
    }
    if let nearest = family.nearestFamily {
      lines.append(
        "  nearest family: \(nearest), at distance \(Self.number(family.nearestDistance)); the two "
          + "nearest classes differ in \(Self.count(family.differingProbes.count, "probe", "probes")):"
      )
      lines += Self.list(family.differingProbes)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func count(_ count: Int, _ one: String, _ several: String) -> String {
    "\(count) \(count == 1 ? one : several)"
  }

  /// Words with commas between them, in lines of a terminal's width.
  private static func list(_ words: [String]) -> [String] {
    var lines: [String] = []
    for (place, word) in words.enumerated() {
      let text = place + 1 < words.count ? word + "," : word
      if let last = lines.last, last.count + text.count < lineWidth {
        lines[lines.count - 1] = "\(last) \(text)"
      } else {
        lines.append("    \(text)")
      }
    }
    return lines
  }

  private static let lineWidth = 100

  private static func number(_ value: Double?) -> String {
    value.map { "\(($0 * 1_000).rounded() / 1_000)" } ?? "not known"
  }
}
