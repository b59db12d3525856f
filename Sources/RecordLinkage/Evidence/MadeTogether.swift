import Ordering

/// Things of one kind, made within minutes of each other.
///
/// The null leaves the clump out: a pair's chance is the larger of that by the month around and that
/// by the day around, among others of its kind that are not of the same chain of makings. The day on
/// which a product is released is dense, and two of its users within minutes are chance.
public struct MadeTogether: Sendable {
  /// One thing that was made.
  public struct Making: Sendable, Hashable {
    /// Seconds on any scale.
    public let time: Double
    /// What things are compared: those of one kind.
    public let kind: String
    /// Which thing it is: the same one at two records is no making together.
    public let thing: String

    public init(time: Double, kind: String, thing: String) {
      self.time = time
      self.kind = kind
      self.thing = thing
    }
  }

  /// Longest distance of makings together.
  public static let run = 600.0
  static let day = 86_400.0
  static let month = 30 * day

  public let name: String
  public let group: Int
  /// Things of one kind, in order of (time, thing).
  struct Kind: Sendable {
    var times: [Double] = []
    var things: [Int32] = []
    var holders: [[Int32]] = []
    /// Chance by the month around.
    var byMonth: [Double] = []
    /// First index of the clump, and the index after its last.
    var clump: [Range<Int>] = []
    /// First index within half a day before, and the index after the last within half a day after.
    var within: [Range<Int>] = []
  }
  let kinds: [Kind]
  /// Per record: its places in `kinds`.
  let placesOf: [[(kind: Int, index: Int)]]
  /// Per record: which set of things it has; 0 for none. Records with the same set are not compared.
  let setOf: [Int]
  private let makings: [Set<Making>]
  private let sets: [Set<String>]

  /// - Parameters:
  ///   - makings: by record.
  ///   - sets: by record: all its things, those of unknown time included.
  public init(_ name: String, group: Int, makings: [Set<Making>], sets: [Set<String>]) {
    self.name = name
    self.group = group
    self.makings = makings
    self.sets = sets
    var holders: [Making: [Int32]] = [:]
    for (record, set) in makings.enumerated() {
      for making in set { holders[making, default: []].append(Int32(record)) }
    }
    let things = Self.numbers(holders.keys.map { [$0.thing] })
    let ordered = holders.sorted {
      ($0.key.kind, $0.key.time, $0.key.thing) < ($1.key.kind, $1.key.time, $1.key.thing)
    }
    let all = ordered.map(\.key.time).sorted()
    var kinds: [Kind] = []
    var last: String?
    for (making, records) in ordered {
      if making.kind != last { kinds.append(Kind()) }
      last = making.kind
      let place = kinds.count - 1
      kinds[place].times.append(making.time)
      kinds[place].things.append(Int32(things[[making.thing]] ?? 0))
      kinds[place].holders.append(records)
      kinds[place].byMonth.append(Self.chanceByMonth(making.time, all))
    }
    var placesOf = [[(kind: Int, index: Int)]](repeating: [], count: makings.count)
    for kind in kinds.indices {
      kinds[kind].measure()
      for (index, records) in kinds[kind].holders.enumerated() {
        for record in records { placesOf[Int(record)].append((kind, index)) }
      }
    }
    self.kinds = kinds
    self.placesOf = placesOf
    let numbers = Self.numbers(sets.map { $0.sorted() })
    setOf = sets.map { $0.isEmpty ? 0 : numbers[$0.sorted()] ?? 0 }
  }

  func permuted(by permutation: [Int]) -> MadeTogether {
    MadeTogether(
      name, group: group, makings: permutation.map { makings[$0] },
      sets: permutation.map { sets[$0] })
  }

  /// Numbers from 1 in sorted order.
  private static func numbers(_ keys: [[String]]) -> [[String]: Int] {
    let sorted = Set(keys).sorted { $0.lexicographicallyPrecedes($1) }
    return Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, $0 + 1) })
  }

  /// Expected share of makings within `run` of this moment, from the month around without the day.
  private static func chanceByMonth(_ time: Double, _ all: [Double]) -> Double {
    let near = SortedTimes.count(all, within: month, of: time)
    let nearest = SortedTimes.count(all, within: day, of: time)
    return (Double(near - nearest) + 0.5) / (2 * (month - day)) * 2 * run / Double(all.count)
  }

  /// Chances that two makings of one kind fall together: by the month and by the day.
  func chances(_ kind: Int, _ first: Int, _ second: Int) -> (byMonth: Double, byDay: Double) {
    let kind = kinds[kind]
    let clump = kind.clump[first]
    let others = kind.times.count - clump.count
    // Both ends are one window: they are within minutes of each other.
    let window = kind.within[first].lowerBound..<kind.within[second].upperBound
    let near = window.count - window.clamped(to: clump).count
    let byDay = others > 0 ? Double(near) / Double(others) * 2 * Self.run / Self.day : 0
    return (max(kind.byMonth[first], kind.byMonth[second]), byDay)
  }

  /// Calls `body` with every making of another record together with one of this record: kind,
  /// earlier and later index, the other record.
  func forEachPartner(
    of record: Int, after least: Int,
    _ body: (_ kind: Int, _ first: Int, _ second: Int, _ partner: Int) -> Void
  ) {
    for (place, index) in placesOf[record] {
      let kind = kinds[place]
      func visit(_ other: Int) {
        guard kind.things[other] != kind.things[index] else { return }
        for partner in kind.holders[other] where Int(partner) > least {
          if setOf[record] != 0, setOf[record] == setOf[Int(partner)] { continue }
          body(place, min(index, other), max(index, other), Int(partner))
        }
      }
      var other = index - 1
      while other >= 0, kind.times[index] - kind.times[other] <= Self.run {
        visit(other)
        other -= 1
      }
      other = index + 1
      while other < kind.times.count, kind.times[other] - kind.times[index] <= Self.run {
        visit(other)
        other += 1
      }
    }
  }
}

extension MadeTogether.Kind {
  /// Finds clumps (chains with gaps of `run` at most) and days.
  fileprivate mutating func measure() {
    var start = 0
    for index in times.indices {
      let isLast = index + 1 == times.count
      if isLast || times[index + 1] - times[index] > MadeTogether.run {
        clump += [Range<Int>](repeating: start..<(index + 1), count: index + 1 - start)
        start = index + 1
      }
    }
    within = times.map { time in
      SortedTimes.firstIndex(
        times, notBefore: time - MadeTogether.day / 2)..<SortedTimes
        .firstIndex(times, after: time + MadeTogether.day / 2)
    }
  }
}

/// Questions to ascending times.
enum SortedTimes {
  static func firstIndex(_ times: [Double], notBefore time: Double) -> Int {
    firstIndex(times) { $0 >= time }
  }

  static func firstIndex(_ times: [Double], after time: Double) -> Int {
    firstIndex(times) { $0 > time }
  }

  /// Times at most so far from a moment.
  static func count(_ times: [Double], within distance: Double, of time: Double) -> Int {
    firstIndex(times, after: time + distance) - firstIndex(times, notBefore: time - distance)
  }

  private static func firstIndex(_ times: [Double], _ isReached: (Double) -> Bool) -> Int {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if isReached(times[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
