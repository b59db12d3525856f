public import Artifact
public import Statistics

/// One figure that labels give, with its interval where the sample has one.
public struct LabelMeasure: Sendable, Equatable {
  public let task: String
  public let name: String
  /// nil: not defined for these labels.
  public let value: Double?
  /// Of 95 %.
  public let interval: Interval?
  /// The task of `simnet evaluate` whose measure of that name is the same figure of a simulated network.
  public let simulated: String?

  public init(
    _ task: String, _ name: String, _ value: Double?, _ interval: Interval? = nil,
    simulated: String? = nil
  ) {
    self.simulated = simulated
    self.task = task
    self.name = name
    self.value = value
    self.interval = interval
  }

  /// A share of counted things, with its exact interval (Clopper & Pearson 1934).
  public init(
    _ task: String, _ name: String, _ part: Int, of whole: Int, simulated: String? = nil
  ) {
    let interval = whole == 0 ? nil : Self.exact(part, whole)
    self.init(
      task, name, whole == 0 ? nil : Double(part) / Double(whole), interval, simulated: simulated)
  }

  private static func exact(_ part: Int, _ whole: Int) -> Interval? {
    do throws(StatisticsError) {
      return try BinomialInterval.clopperPearson(successes: part, trials: whole)
    } catch {
      return nil
    }
  }
}

/// What labels say of conclusions: figures, and the permanent cases that failed.
public struct LabelReport: Sendable {
  public var measures: [LabelMeasure] = []
  /// Sentences; every one is an error of ours.
  public var failures: [String] = []

  public init() {}

  /// - Parameter simulated: what `simnet evaluate` wrote of a simulated network, to stand beside.
  public func text(simulated: JSONValue? = nil) -> String {
    var rows = [["task", "measure", "value", "95 % interval"]]
    if simulated != nil { rows[0].append("simulated") }
    for measure in measures {
      var row = [
        measure.task, measure.name, measure.value.map(Self.shown) ?? "not defined",
        measure.interval.map { "\(Self.shown($0.low)) to \(Self.shown($0.high))" } ?? "",
      ]
      if let simulated {
        let same = measure.simulated.flatMap { Self.number(simulated[$0]?[measure.name]) }
        row.append(same.map(Self.shown) ?? "")
      }
      rows.append(row)
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let table = rows.map { row in
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      return cells.joined(separator: "  ").trimmingEnd + "\n"
    }
    let failed = failures.map { "MUST NOT FIRE, AND DID: \(EscapedText.escape($0))\n" }
    return (failed + table).joined()
  }

  private static func shown(_ value: Double) -> String {
    "\(value.rounded(significantDigits: 4))"
  }

  private static func number(_ json: JSONValue?) -> Double? {
    switch json {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }
}

extension String {
  fileprivate var trimmingEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
