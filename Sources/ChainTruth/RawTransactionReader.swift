/// Reads a transaction from strangers' bytes: bounded by them, and nothing traps.
struct RawTransactionReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  struct Parts {
    var inputs: [RawTransaction.Outpoint]
    var outputs: [[UInt8]]
    var stripped: [UInt8]
  }

  mutating func transaction() -> Parts? {
    guard take(4) != nil else { return nil }
    let hasWitness = bytes.count > 6 && bytes[4] == 0 && bytes[5] == 1
    if hasWitness { position += 2 }
    let start = position
    guard let inputs = list({ $0.input() }), !inputs.isEmpty,
      let outputs = list({ $0.output() }), !outputs.isEmpty
    else { return nil }
    let end = position
    if hasWitness {
      var isBare = true
      for _ in inputs {
        guard let witness = list({ $0.sized() }) else { return nil }
        if !witness.isEmpty { isBare = false }
      }
      // Nodes refuse a marker with no witness behind it.
      if isBare { return nil }
    }
    guard take(4) != nil, position == bytes.count else { return nil }
    let stripped = hasWitness ? bytes[..<4] + bytes[start..<end] + bytes.suffix(4) : bytes[...]
    return Parts(inputs: inputs, outputs: outputs, stripped: Array(stripped))
  }

  private mutating func input() -> RawTransaction.Outpoint? {
    guard let hash = take(ChainHash.size).flatMap({ ChainHash(Array($0)) }),
      let index = number(4), sized() != nil, take(4) != nil
    else { return nil }
    return .init(transaction: hash, index: UInt32(truncatingIfNeeded: index))
  }

  private mutating func output() -> [UInt8]? {
    take(8) == nil ? nil : sized()
  }

  /// A count and so many items. An item has at least a byte, so that no count makes it reserve more
  /// than there are bytes.
  private mutating func list<Item>(_ item: (inout Self) -> Item?) -> [Item]? {
    guard let count = count(), count <= bytes.count - position else { return nil }
    var items: [Item] = []
    for _ in 0..<count {
      guard let next = item(&self) else { return nil }
      items.append(next)
    }
    return items
  }

  private mutating func sized() -> [UInt8]? {
    count().flatMap { take($0) }.map { Array($0) }
  }

  private mutating func count() -> Int? {
    guard let first = number(1) else { return nil }
    let value: UInt64? =
      switch first {
      case 0xFD: number(2)
      case 0xFE: number(4)
      case 0xFF: number(8)
      default: first
      }
    return value.flatMap { Int(exactly: $0) }
  }

  private mutating func number(_ size: Int) -> UInt64? {
    take(size)?.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private mutating func take(_ size: Int) -> ArraySlice<UInt8>? {
    guard size >= 0, size <= bytes.count - position else { return nil }
    defer { position += size }
    return bytes[position..<position + size]
  }
}
