import Artifact
import Records

extension ReleaseComparison {
  /// The differences as a person reads them: a count a kind, then those of a kind, at most `limit`.
  public func text(limit: Int = 20) -> String {
    var lines = [
      "\(later.name): version \(earlier.version) (\(earlier.lineage.scans.count) scans) to "
        + "\(later.version) (\(later.lineage.scans.count) scans), \(sharedScans) scans in both"
    ]
    if differences.isEmpty { lines.append("nothing that is compared is otherwise") }
    for kind in DifferenceKind.allCases {
      let found = differences.filter { $0.kind == kind }
      if found.isEmpty { continue }
      lines.append("")
      lines.append("\(kind.rawValue): \(found.count)\(Self.causes(of: found))")
      lines += found.prefix(limit).map { "  " + Self.sentence($0) }
      if found.count > limit { lines.append("  and \(found.count - limit) more") }
    }
    lines.append("")
    lines.append("the version number must rise by: \(neededLevel.rawValue)")
    return lines.joined(separator: "\n") + "\n"
  }

  private var sharedScans: Int {
    earlier.lineage.scans.keys.count { earlier.lineage.shares($0, with: later.lineage) }
  }

  private static func causes(of found: [ReleaseDifference]) -> String {
    let counts = DifferenceCause.allCases.compactMap { cause -> String? in
      let count = found.count { $0.causes.contains(cause.rawValue) }
      return count == 0 ? nil : "\(cause.rawValue) \(count)"
    }
    return counts.isEmpty ? "" : " (\(counts.joined(separator: ", ")))"
  }

  static func title(of difference: ReleaseDifference) -> String {
    let aspect = difference.aspect.isEmpty ? "" : " \(difference.aspect)"
    return "\(difference.kind.rawValue): \(difference.subject)\(aspect)"
  }

  /// One difference in one line; what strangers wrote is escaped.
  static func sentence(_ difference: ReleaseDifference) -> String {
    var line = difference.subject
    if !difference.aspect.isEmpty { line += ", \(difference.aspect)" }
    switch (difference.before, difference.after) {
    case (nil, nil): break
    case (let before?, nil): line += ": was \(before)"
    case (nil, let after?): line += ": \(after)"
    case (let before?, let after?): line += ": \(before) -> \(after)"
    }
    if !difference.evidence.isEmpty {
      line += "; by \(difference.evidence.joined(separator: ", "))"
    }
    let escaped = EscapedText.escape(line)
    return escaped.count > 240 ? escaped.prefix(239) + "…" : escaped
  }
}
