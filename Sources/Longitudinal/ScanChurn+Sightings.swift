import Records

extension ScanChurn {
  /// Before any server was taken in.
  init(_ scan: ScanSighting) {
    self.init(scan: scan.scan, vantage: scan.moment.vantage)
    self.startedAt = scan.moment.startedAt
    self.complete = !scan.isCutShort
    self.known = 0
    self.tried = 0
    self.up = 0
    self.down = 0
    self.unknown = 0
    self.excused = 0
    self.wentDown = 0
    self.cameUp = 0
  }

  /// - Parameter fall: what excused the downs from which it returns.
  mutating func take(
    _ sighting: ServerSighting, changes: [SeenChange], fall: ExclusionRule?,
    excused: ExclusionRule?
  ) {
    known += 1
    if sighting.isTried { tried += 1 }
    if excused != nil {
      self.excused += 1
      return
    }
    switch sighting.state {
    case .up: up += 1
    case .down: down += 1
    case .unknown: unknown += 1
    }
    if changes.contains(where: { $0.kind == .down }) { wentDown += 1 }
    if fall == nil, changes.contains(where: { $0.kind == .return }) { cameUp += 1 }
  }

  /// Numbers by the length of the gap, where both are known and time has passed.
  mutating func setRates() {
    guard let gapHours, gapHours > 0 else { return }
    let perDay = { (number: Int) in Double(number) * 24 / gapHours }
    newPerDay = new.map(perDay)
    returnedPerDay = returned.map(perDay)
    gonePerDay = gone.map(perDay)
    wentDownPerDay = perDay(wentDown)
    cameUpPerDay = perDay(cameUp)
  }
}
