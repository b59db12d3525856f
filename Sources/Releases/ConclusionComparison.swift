import Artifact
import Records

/// Verdicts that changed, and numbers that moved beyond their bands.
struct ConclusionComparison {
  private let earlier: PublishedPackage
  private let later: PublishedPackage
  private let causes: [DifferenceCause]

  private struct Banded {
    let value: Double
    let low: Double?
    let high: Double?

    func isOutside(_ other: Banded) -> Bool {
      guard let low = other.low, let high = other.high else { return false }
      return value < low || value > high
    }

    var text: String {
      let band = low.flatMap { low in high.map { " (\(low) to \($0))" } }
      return "\(value)" + (band ?? "")
    }
  }

  init(_ earlier: PublishedPackage, _ later: PublishedPackage) {
    self.earlier = earlier
    self.later = later
    causes = earlier.lineage.causes(of: later.lineage, upTo: .score)
  }

  func differences() throws(ArtifactError) -> [ReleaseDifference] {
    let (before, after) = (try verdicts(of: earlier), try verdicts(of: later))
    let changed = before.compactMap { server, verdict -> ReleaseDifference? in
      guard let now = after[server], now != verdict else { return nil }
      return ReleaseDifference(
        .verdictChanged, server, before: verdict, after: now, causes: causes)
    }
    let concentration = try moved("concentration", ["unit", "weighting", "index"])
    let answers = try moved("answers", ["question", "answer_id", "quantity"])
    return changed + concentration + answers
  }

  private func verdicts(of package: PublishedPackage) throws(ArtifactError) -> [String: String] {
    var verdicts: [String: String] = [:]
    try package.read("deviation", ["server_id", "verdict"]) { row in
      if let server = row[0], let verdict = row[1] { verdicts[server] = verdict }
    }
    return verdicts
  }

  private func moved(
    _ table: String, _ key: [String]
  ) throws(ArtifactError) -> [ReleaseDifference] {
    let before = try numbers(of: earlier, table, key)
    let after = try numbers(of: later, table, key)
    return before.compactMap { name, number in
      guard let now = after[name], now.value != number.value, now.isOutside(number),
        number.isOutside(now)
      else { return nil }
      return ReleaseDifference(
        .numberMoved, table, aspect: name, before: number.text, after: now.text, causes: causes)
    }
  }

  private func numbers(
    of package: PublishedPackage, _ table: String, _ key: [String]
  ) throws(ArtifactError) -> [String: Banded] {
    var numbers: [String: Banded] = [:]
    try package.read(table, key + ["value", "low", "high"]) { row in
      let name = row.prefix(key.count).compactMap { $0 }.joined(separator: " ")
      guard let value = row[key.count].flatMap(Double.init) else { return }
      numbers[name] = Banded(
        value: value, low: row[key.count + 1].flatMap(Double.init),
        high: row[key.count + 2].flatMap(Double.init))
    }
    return numbers
  }
}
