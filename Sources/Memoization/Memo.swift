/// Values that were worked out for their keys, kept so that they are not worked out again; bounded,
/// so that keys which never come twice do not fill the memory.
///
/// Entries stand in two generations. A value that is met again moves to the recent one. When that is
/// full it becomes the older one, and the one that was older is dropped: at most twice the capacity is
/// kept, and what was met lately is always there.
@frozen public struct Memo<Key: Hashable, Value> {
  /// Cost of a generation.
  @usableFromInline let capacity: Int
  @usableFromInline var recent: [Key: Entry] = [:]
  @usableFromInline var older: [Key: Entry] = [:]
  @usableFromInline var recentCost = 0

  @frozen @usableFromInline struct Entry {
    @usableFromInline let value: Value
    @usableFromInline let cost: Int

    @inlinable init(_ value: Value, cost: Int) {
      self.value = value
      self.cost = cost
    }
  }

  /// - Parameter capacity: what the entries of one generation may cost; by default there is no bound
  ///   but the turns that the caller makes with ``turn()``.
  @inlinable public init(capacity: Int = .max) {
    self.capacity = capacity
  }

  /// The value that is kept for the key; nil: none is.
  @inlinable public mutating func value(for key: Key) -> Value? {
    if let entry = recent[key] { return entry.value }
    // Only a key that is kept already moves, so the key as it stands in the older generation is
    // taken: the caller's may hold more memory than it shows.
    guard let index = older.index(forKey: key) else { return nil }
    let (kept, entry) = older[index]
    insert(entry, for: kept)
    return entry.value
  }

  /// Keeps a value.
  ///
  /// - Parameter cost: part of the capacity that it takes, 1 or more.
  @inlinable public mutating func keep(_ value: Value, for key: Key, cost: Int = 1) {
    insert(Entry(value, cost: cost), for: key)
  }

  /// The value that is kept for the key, or that of `make`, which is kept then.
  @inlinable public mutating func value<Failure>(
    for key: Key, make: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    if let value = value(for: key) { return value }
    let value = try make()
    keep(value, for: key)
    return value
  }

  /// Makes the recent generation the older one, so that what is not met until the next turn is
  /// forgotten.
  @inlinable public mutating func turn() {
    older = recent
    recent = [:]
    recentCost = 0
  }

  /// Forgets everything.
  public mutating func removeAll() {
    recent = [:]
    older = [:]
    recentCost = 0
  }

  @inlinable mutating func insert(_ entry: Entry, for key: Key) {
    if recentCost > capacity - entry.cost, !recent.isEmpty { turn() }
    recentCost += entry.cost
    recent[key] = entry
  }
}

extension Memo: Sendable where Key: Sendable, Value: Sendable {}
extension Memo.Entry: Sendable where Value: Sendable {}
