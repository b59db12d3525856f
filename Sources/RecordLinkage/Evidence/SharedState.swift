import Ordering
internal import RealModule
internal import Statistics

/// A state of something hidden behind records, told by each at its own moment: figures that change
/// together, so that two records that tell one state likely ask one source.
///
/// The null leaves the tellers of a state out: how many strangers would tell this very state, if
/// the figures of the others that lie near were spread evenly over their last digit.
public struct SharedState: Sendable {
  /// What one record told at one moment.
  public struct State: Sendable, Hashable {
    /// What must be equal for two states to be compared at all.
    public let frame: [String]
    /// Figures by target; two states are one if all are equal.
    public let figures: [Int: Double]

    public init(frame: [String], figures: [Int: Double]) {
      self.frame = frame
      self.figures = figures
    }
  }

  /// Share of a figure within which another's counts as near.
  static let near = 0.005
  /// Smallest difference of two figures: a digit of the answer.
  static let step = 0.001
  /// Share of the rounds in which both told something that must agree.
  static let agreement = 0.9

  public let name: String
  public let group: Int
  let rounds: [StateRound]
  /// Per record: the rounds in which it told a state, as bits.
  private let told: [[UInt64]]
  private let input: [[Set<State>]]

  /// - Parameter rounds: by round, then by record; empty where it told none.
  public init(_ name: String, group: Int, rounds: [[Set<State>]]) {
    self.name = name
    self.group = group
    input = rounds
    self.rounds = rounds.map { StateRound($0) }
    let count = rounds.first?.count ?? 0
    var told = [[UInt64]](
      repeating: [UInt64](repeating: 0, count: (rounds.count + 63) / 64), count: count)
    for (round, states) in rounds.enumerated() {
      for (record, set) in states.enumerated() where !set.isEmpty {
        told[record][round / 64] |= 1 << UInt64(round % 64)
      }
    }
    self.told = told
  }

  func permuted(by permutation: [Int]) -> SharedState {
    SharedState(name, group: group, rounds: input.map { states in permutation.map { states[$0] } })
  }

  /// Rounds in which both told a state.
  func roundsOfBoth(_ a: Int, _ b: Int) -> Int {
    guard !rounds.isEmpty else { return 0 }
    return zip(told[a], told[b]).reduce(0) { $0 + ($1.0 & $1.1).nonzeroBitCount }
  }
}

/// The states of one round.
struct StateRound: Sendable {
  /// One state that several records told.
  struct Shared: Sendable {
    let state: SharedState.State
    let holders: [Int32]
    /// λ: strangers expected to tell this very state.
    let expected: Double

    /// Chance that so many units tell it: Poisson's, given one of them.
    func chance(tellers units: Int) -> Double {
      .exp(UpperTail.logPoisson(atLeast: units - 1, mean: expected))
    }
  }

  let shared: [Shared]
  /// Records that told a state.
  let tellers: Int
  /// Per record: its shared states, and how many it told.
  let sharedOf: [[Int32]]
  let toldBy: [Int]

  init(_ states: [Set<SharedState.State>]) {
    toldBy = states.map(\.count)
    tellers = toldBy.count { $0 > 0 }
    var holders: [SharedState.State: [Int32]] = [:]
    for (record, set) in states.enumerated() {
      for state in set { holders[state, default: []].append(Int32(record)) }
    }
    let ordered = holders.filter { $0.value.count > 1 }.sorted { StateOrder.precedes($0, $1) }
    let figures = NearFigures(states)
    let statements = toldBy.reduce(0, +)
    let (tellers, toldBy) = (tellers, toldBy)
    shared = ordered.map { state, records in
      let others = tellers - records.count
      let told = statements - records.reduce(0) { $0 + toldBy[Int($1)] }
      let chances = state.figures.map { target, figure -> Double in
        let near = figures.count(near: figure, target: target, frame: state.frame, without: records)
        let share = (Double(near) + 0.5) / Double(others + 1)
        return share * min(1, SharedState.step / (2 * SharedState.near * figure))
      }
      let chance = chances.min() ?? 1
      let mean = others > 0 ? max(1, Double(told) / Double(others)) : 1
      return Shared(state: state, holders: records, expected: Double(others) * chance * mean)
    }
    var sharedOf = [[Int32]](repeating: [], count: states.count)
    for (index, entry) in shared.enumerated() {
      for record in entry.holders { sharedOf[Int(record)].append(Int32(index)) }
    }
    self.sharedOf = sharedOf
  }
}

/// States in an order that no hashing decides.
enum StateOrder {
  typealias Entry = (key: SharedState.State, value: [Int32])

  static func precedes(_ one: Entry, _ other: Entry) -> Bool {
    if one.value != other.value { return one.value.lexicographicallyPrecedes(other.value) }
    if one.key.frame != other.key.frame {
      return one.key.frame.lexicographicallyPrecedes(other.key.frame)
    }
    return figures(one.key).lexicographicallyPrecedes(figures(other.key))
  }

  private static func figures(_ state: SharedState.State) -> [Double] {
    state.figures.sorted { $0.key < $1.key }.flatMap { [Double($0.key), $0.value] }
  }
}

/// Who told a figure near a given one.
private struct NearFigures {
  private struct Key: Hashable {
    let frame: [String]
    let target: Int
  }

  private var told: [Key: [(figure: Double, record: Int32)]] = [:]

  init(_ states: [Set<SharedState.State>]) {
    for (record, set) in states.enumerated() {
      for state in set {
        for (target, figure) in state.figures {
          told[Key(frame: state.frame, target: target), default: []]
            .append((figure, Int32(record)))
        }
      }
    }
    told = told.mapValues { $0.sorted { ($0.figure, $0.record) < ($1.figure, $1.record) } }
  }

  /// Records other than these that told a figure within the near share of this one.
  func count(near figure: Double, target: Int, frame: [String], without records: [Int32]) -> Int {
    guard let entries = told[Key(frame: frame, target: target)] else { return 0 }
    let width = SharedState.near * figure
    var (low, high) = (0, entries.count)
    // A little lower than needed: whether a figure is near is asked of its difference.
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].figure < figure - 1.01 * width { low = middle + 1 } else { high = middle }
    }
    var found: Set<Int32> = []
    for entry in entries[low...] {
      if entry.figure > figure + 1.01 * width { break }
      if abs(entry.figure - figure) <= width { found.insert(entry.record) }
    }
    found.subtract(records)
    return found.count
  }
}
