import Records

extension ScanChurn {
  /// Before any server was taken in.
  init(_ scan: ScanSighting) {
    self.init(
      scan: scan.scan, vantage: scan.moment.vantage, startedAt: scan.moment.startedAt,
      complete: !scan.isCutShort, known: 0, tried: 0, up: 0, down: 0, unknown: 0, excused: 0,
      wentDown: 0, cameUp: 0)
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
