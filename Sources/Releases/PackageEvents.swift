public import Artifact
public import Records

/// What we did between two packages of one dataset, as events of the network's timeline.
public enum PackageEvents {
  /// Events of our own that the earlier package tells of, and those that lie between it and the later one.
  ///
  /// - Parameter created: start of the later package's last scan, RFC 3339.
  public static func all(
    from earlier: PublishedPackage, to lineage: PackageLineage, version: String, created: String
  ) throws(ArtifactError) -> [NetworkEvent] {
    let causes = earlier.lineage.ownCauses(of: lineage, upTo: .score)
    let new = causes.compactMap { cause -> NetworkEvent? in
      guard let (kind, what) = words(of: cause) else { return nil }
      return NetworkEvent(
        kind, "release \(version)", earliest: earlier.created, latest: created,
        text: "\(what) not those of release \(earlier.version).", source: "provenance.json")
    }
    return try told(by: earlier) + new
  }

  private static func words(of cause: DifferenceCause) -> (NetworkEventKind, String)? {
    switch cause {
    case .world: nil
    case .rules: (.rulesChanged, "The parameters of the stages are")
    case .programs: (.programsChanged, "The revisions of the stages are")
    case .references: (.referencesChanged, "The databases and lists that the stages consult are")
    }
  }

  /// Changes of our own between releases, as the package tells them.
  private static func told(
    by package: PublishedPackage
  ) throws(ArtifactError) -> [NetworkEvent] {
    let kinds: Set<NetworkEventKind> = [.rulesChanged, .programsChanged, .referencesChanged]
    var events: [NetworkEvent] = []
    let columns = ["latest", "earliest", "kind", "subject", "text", "source"]
    try package.read(NetworkEvent.schema.name, columns) { row in
      guard let latest = row[0], let kind = row[2].flatMap(NetworkEventKind.init),
        kinds.contains(kind)
      else { return }
      events.append(
        NetworkEvent(
          kind, row[3] ?? "", earliest: row[1], latest: latest, text: row[4] ?? "",
          source: row[5] ?? ""))
    }
    return events
  }
}
