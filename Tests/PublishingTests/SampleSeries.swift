import Records

/// Rows of what a series shows, as of the imaginary network.
enum SampleSeries {
  private static let scan = SampleDataset.scans[0]

  static let reliability = ServerReliability(
    serverID: SampleRows.id(1), vantage: "local", scans: 2, scansUp: 2, scansDown: 0,
    scansUnknown: 0, scansExcused: 0, downs: 0, hoursUp: 6, hoursDown: 0, upSpells: 1,
    upSpellsEnded: 0, longestHoursUp: 6)
  static let churn = ScanChurn(
    scan: scan, vantage: "local", complete: true, known: 48, tried: 36, up: 28, down: 8,
    unknown: 12, excused: 0, wentDown: 0, cameUp: 0)
  static let upgrade = UpgradeCohort(
    software: "ElectrumX", version: "1.18.0", firstScan: scan, lastScan: scan, fromStart: true,
    serversEver: 20, serversNow: 20, movedIn: 0, fromOtherSoftware: 0, downgrades: 0)
  static let outage = Outage(
    scan: scan, rule: .system, stratum: "AS64500", vantage: "local", serversBefore: 6,
    serversAffected: 3, share: 0.5, threshold: 0.25)
  static let event = ServerEvent(
    serverID: SampleRows.id(1), epoch: 81_812, kind: .down, epochStart: "2025-12-31T00:00:00Z",
    gapHours: 6)
}
