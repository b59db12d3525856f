import Records

/// Rows of what a series shows, as of the imaginary network.
enum SampleSeries {
  private static let scan = SampleDataset.scans[0]

  static let reliability = ServerReliability(serverID: SampleRows.id(1), vantage: "local").with {
    $0.scans = 2
    $0.scansUp = 2
    $0.scansDown = 0
    $0.scansUnknown = 0
    $0.scansExcused = 0
    $0.downs = 0
    $0.hoursUp = 6
    $0.hoursDown = 0
    $0.upSpells = 1
    $0.upSpellsEnded = 0
    $0.longestHoursUp = 6
  }
  static let churn = ScanChurn(scan: scan, vantage: "local").with {
    $0.complete = true
    $0.known = 48
    $0.tried = 36
    $0.up = 28
    $0.down = 8
    $0.unknown = 12
    $0.excused = 0
    $0.wentDown = 0
    $0.cameUp = 0
  }
  static let upgrade = UpgradeCohort(
    software: "ElectrumX", version: "1.18.0", firstScan: scan, lastScan: scan
  ).with {
    $0.fromStart = true
    $0.serversEver = 20
    $0.serversNow = 20
    $0.movedIn = 0
    $0.fromOtherSoftware = 0
    $0.downgrades = 0
  }
  static let outage = Outage(scan: scan, rule: .system, stratum: "AS64500", vantage: "local").with {
    $0.serversBefore = 6
    $0.serversAffected = 3
    $0.share = 0.5
    $0.threshold = 0.25
  }
  static let event = ServerEvent(
    serverID: SampleRows.id(1), kind: .down, epochStart: "2025-12-31T00:00:00Z"
  ).with {
    $0.epoch = 81_812
    $0.gapHours = 6
  }
}
