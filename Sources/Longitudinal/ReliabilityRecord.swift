import Records
import Timekeeping

/// How one server fared from one vantage, or from all, over the series.
struct ReliabilityRecord {
  private var scansUp = 0
  private var scansDown = 0
  private var scansUnknown = 0
  private var scansExcused = 0
  private var firstSeen: Int?
  private var lastSeen: Int?
  private var firstUp: Int?
  private var lastUp: Int?
  private var lastCounted: Int?
  private var averages = MovingReliability.timeConstants.map { _ in MovingReliability() }
  private var spells: SpellTally
  /// Whether it was up when last that counted, with a time or without.
  private var wasUp: Bool?
  private var downsWithoutTime = 0

  init(gapSeconds: Int) { spells = SpellTally(gapSeconds: gapSeconds) }

  /// Takes in the server's row of one scan; scans come in the order of their times.
  mutating func take(_ state: Liveness, isExcused: Bool, at seconds: Int?) {
    if let seconds {
      firstSeen = firstSeen ?? seconds
      lastSeen = seconds
    }
    if isExcused {
      scansExcused += 1
      return
    }
    switch state {
    case .unknown:
      scansUnknown += 1
      return
    case .up: scansUp += 1
    case .down: scansDown += 1
    }
    let isUp = state == .up
    defer { wasUp = isUp }
    guard let seconds else {
      if wasUp == true, !isUp { downsWithoutTime += 1 }
      return
    }
    if isUp {
      firstUp = firstUp ?? seconds
      lastUp = seconds
    }
    let age = lastCounted.map { Double(seconds - $0) } ?? MovingReliability.firstAge
    for (index, constant) in MovingReliability.timeConstants.enumerated() {
      averages[index].take(isUp: isUp, age: age, timeConstant: constant)
    }
    spells.take(isUp: isUp, at: seconds)
    lastCounted = seconds
  }

  func row(serverID: String, vantage: String) -> ServerReliability {
    let text = { (seconds: Int?) in seconds.map { UTCTime.text(seconds: $0) } }
    let counted = lastCounted == nil ? nil : averages
    var row = ServerReliability(serverID: serverID, vantage: vantage).with {
      $0.scans = scansUp + scansDown + scansUnknown + scansExcused
      $0.scansUp = scansUp
      $0.scansDown = scansDown
      $0.scansUnknown = scansUnknown
      $0.scansExcused = scansExcused
      $0.firstSeen = text(firstSeen)
      $0.lastSeen = text(lastSeen)
      $0.firstUp = text(firstUp)
      $0.lastUp = text(lastUp)
      $0.lastCounted = text(lastCounted)
      $0.downs = spells.downs + downsWithoutTime
      $0.hoursUp = spells.secondsUp / 3600
      $0.hoursDown = spells.secondsDown / 3600
      $0.upSpells = spells.upSpells
      $0.upSpellsEnded = spells.upSpellsEnded
      $0.meanHoursUp = spells.meanUp.map { $0 / 3600 }
      $0.longestHoursUp = spells.longestUp.map { $0 / 3600 }
      $0.longestHoursDown = spells.longestDown.map { $0 / 3600 }
    }
    (row.reliability2h, row.weight2h, row.count2h) = Self.values(counted?[0])
    (row.reliability8h, row.weight8h, row.count8h) = Self.values(counted?[1])
    (row.reliability1d, row.weight1d, row.count1d) = Self.values(counted?[2])
    (row.reliability7d, row.weight7d, row.count7d) = Self.values(counted?[3])
    (row.reliability30d, row.weight30d, row.count30d) = Self.values(counted?[4])
    return row
  }

  private static func values(_ average: MovingReliability?) -> (Double?, Double?, Double?) {
    (average?.reliability, average?.weight, average?.count)
  }
}
