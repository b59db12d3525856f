import Ordering
import Records

/// What an indicator says of a server over all scans.
struct IndicatorFinding: Equatable {
  /// nil: nothing fired.
  var grade: IndicatorGrade?
  /// How much was looked at.
  let observations: Int
  /// ln of its Bayes factor; nil: it has none and says its cap. Unit: nats.
  var nats: Double?
  /// What to show a reader; nil where nothing fired.
  var text: String?
  /// Where it was seen, in order.
  var places: [EvidencePlace] = []
  /// Scans in which something fired.
  var scans: [String] = []

  var isFired: Bool { grade != nil }
}

/// How the scans of one server become one finding.
struct IndicatorFold: Sendable {
  /// Times of scans at least this far apart tell two occasions from one. Unit: seconds.
  let spacing: Int

  /// - Parameter grade: what all hits say together; nil: nothing.
  func finding(
    _ scans: [ScanObservation], nats: Double? = nil,
    grade: ([ScanObservation.Hit]) -> IndicatorGrade?
  ) -> IndicatorFinding? {
    let count = scans.reduce(0) { $0 + $1.observations }
    if count == 0 { return nil }
    let hits = scans.flatMap(\.hits)
    guard !hits.isEmpty, let grade = grade(hits) else {
      return IndicatorFinding(observations: count)
    }
    let worst = hits.max { $0.grade < $1.grade } ?? hits[0]
    let firing = scans.filter { !$0.hits.isEmpty }.map(\.scan)
    return IndicatorFinding(
      grade: grade, observations: count, nats: nats, text: worst.text,
      places: Array(Set(hits.compactMap(\.place))).sorted(), scans: firing)
  }

  /// The worst that is seen anywhere.
  func worst(_ scans: [ScanObservation]) -> IndicatorFinding? {
    finding(scans) { $0.map(\.grade).max() }
  }

  /// The worst of each; or `repeated` where one subject is hit on two occasions.
  func recurring(
    _ scans: [ScanObservation], _ repeated: IndicatorGrade
  ) -> IndicatorFinding? {
    let subjects = Set(scans.flatMap { $0.hits.map(\.subject) })
    let recurs = subjects.contains { subject in
      occasions(scans.filter { $0.hits.contains { $0.subject == subject } }) >= 2
    }
    return finding(scans) { hits in
      let worst = hits.map(\.grade).max()
      return recurs ? worst.map { max($0, repeated) } : worst
    }
  }

  /// How many scans can be chosen that are all at least the spacing apart. Scans whose time is not
  /// recorded are one occasion.
  func occasions(_ scans: [ScanObservation]) -> Int {
    spaced(scans).count
  }

  /// Those scans, the earliest first.
  func spaced(_ scans: [ScanObservation]) -> [ScanObservation] {
    var chosen: [ScanObservation] = []
    let timed = scans.filter { $0.time != nil }
      .sorted { ($0.time ?? 0, $0.scan) < ($1.time ?? 0, $1.scan) }
    for scan in timed {
      if let last = chosen.last?.time, (scan.time ?? 0) - last < spacing { continue }
      chosen.append(scan)
    }
    return chosen.isEmpty ? Array(scans.prefix(1)) : chosen
  }
}
