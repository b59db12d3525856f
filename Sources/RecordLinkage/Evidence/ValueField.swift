import Ordering

/// Values of one kind that records have, of which sharing one is agreement.
public struct ValueField: Sendable {
  public let name: String
  /// Index of its group in the model.
  public let group: Int
  public let level: Int
  /// True where a shared value makes two records one unit.
  public let isRobust: Bool
  /// Per record: whether its values are known, none included.
  let known: [Bool]
  /// Values that two records or more have, in order of their bytes.
  public let values: [String]
  /// Per value: whether it has one owner, so that nobody else can have it.
  let isOwned: [Bool]
  /// Per value: its records, ascending.
  public let members: [[Int32]]
  /// Per record: its shared values, ascending.
  let valuesOf: [[Int32]]

  /// - Parameters:
  ///   - values: by record; nil where they are not known, empty where it is known to have none.
  ///     A value that is no evidence must not be among them, though its record stays known.
  ///   - owned: values that have one owner.
  public init(
    _ name: String, group: Int, level: Int = 1, isRobust: Bool = false,
    values: [Set<String>?], owned: (String) -> Bool = { _ in false }
  ) {
    self.name = name
    self.group = group
    self.level = level
    self.isRobust = isRobust
    known = values.map { $0 != nil }
    var holders: [[UInt8]: [Int32]] = [:]
    for (record, set) in values.enumerated() {
      for value in set ?? [] { holders[Array(value.utf8), default: []].append(Int32(record)) }
    }
    let shared = holders.filter { Set($0.value).count > 1 }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
    self.values = shared.map { String(decoding: $0.key, as: UTF8.self) }
    isOwned = self.values.map(owned)
    members = shared.map(\.value)
    valuesOf = Self.inverted(members, count: values.count)
  }

  private init(_ other: ValueField, known: [Bool], members: [[Int32]]) {
    name = other.name
    group = other.group
    level = other.level
    isRobust = other.isRobust
    values = other.values
    isOwned = other.isOwned
    self.known = known
    self.members = members
    valuesOf = Self.inverted(members, count: known.count)
  }

  /// The same values, given to other records: record i has what `permutation[i]` had.
  func permuted(by permutation: [Int]) -> ValueField {
    var place = [Int32](repeating: 0, count: permutation.count)
    for (record, origin) in permutation.enumerated() { place[origin] = Int32(record) }
    return ValueField(
      self, known: permutation.map { known[$0] },
      members: members.map { $0.map { place[Int($0)] }.sorted() })
  }

  private static func inverted(_ members: [[Int32]], count: Int) -> [[Int32]] {
    var valuesOf = [[Int32]](repeating: [], count: count)
    for (value, records) in members.enumerated() {
      for record in records { valuesOf[Int(record)].append(Int32(value)) }
    }
    return valuesOf
  }

  /// Values that both have, ascending.
  public func common(_ a: Int, _ b: Int) -> [Int] {
    var (i, j) = (0, 0)
    let (mine, others) = (valuesOf[a], valuesOf[b])
    var found: [Int] = []
    while i < mine.count, j < others.count {
      if mine[i] == others[j] { found.append(Int(mine[i])) }
      let isLess = mine[i] <= others[j]
      if others[j] <= mine[i] { j += 1 }
      if isLess { i += 1 }
    }
    return found
  }
}
