import Artifact
import Longitudinal
import Records
import StageKit

/// What happened to the network, by its tables and by public sources.
struct EventTable {
  let context: StageContext
  let parameters: ScoreParameters

  /// - Parameter members: the likely operators of the series.
  func rows(
    normalized: String, features: String, members: [OperatorMembership]
  ) throws -> [NetworkEvent] {
    let churn = try context.rows(ScanChurn.self, folder: features)
    var timeline = NetworkTimeline(churn)
    let entries = try context.reader(TimelineEntry.self, folder: features)
    while let entry = try entries.next() { timeline.take(entry) }
    try context.checkInterruption()
    let measured =
      timeline.groups(members)
      + timeline.versions(try context.rows(UpgradeCohort.self, folder: features))
      + timeline.outages(try context.rows(Outage.self, folder: features))
      + NetworkTimeline.lists(try context.rows(ListingLifetime.self, folder: features))
    return try measured + ours(normalized) + recorded()
  }

  private func ours(_ normalized: String) throws -> [NetworkEvent] {
    var timeline = MeasurementTimeline()
    for scan in try NormalizedSeries.scans(in: normalized) {
      let folder = normalized + "/" + scan
      // The indicators have read the scan's own row: the manifest names it already.
      guard let row = try ArtifactReader<Scan>(folder: folder).all().first else { continue }
      timeline.take(
        row, databases: try context.rows(DatabaseUse.self, folder: folder, scope: scan))
    }
    return timeline.events
  }

  private func recorded() throws -> [NetworkEvent] {
    guard !parameters.eventsFile.isEmpty else { return [] }
    let reference: EventReference = try InputFile.object(
      parameters.eventsFile, expected: "events that public sources tell of (events.v1)",
      remedy: "correct the file")
    try context.record(reference: "events", path: parameters.eventsFile)
    return reference.events.compactMap(\.row)
  }
}
