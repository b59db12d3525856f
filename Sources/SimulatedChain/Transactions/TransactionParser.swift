extension SimulatedTransaction.Fields {
  /// Nil unless the bytes are one transaction with inputs and outputs and nothing after it.
  package init?(parsing bytes: [UInt8]) {
    var parser = TransactionParser(bytes: bytes)
    guard let fields = parser.transaction(), parser.isAtEnd else { return nil }
    self = fields
  }
}

/// Reads a transaction from foreign bytes.
struct TransactionParser {
  private let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { position == bytes.count }

  mutating func transaction() -> SimulatedTransaction.Fields? {
    guard let version = number(4) else { return nil }
    let hasWitness =
      position + 1 < bytes.count && bytes[position] == 0 && bytes[position + 1] == 1
    if hasWitness { position += 2 }
    guard var inputs = list({ $0.input() }), !inputs.isEmpty,
      let outputs = list({ $0.output() }), !outputs.isEmpty
    else { return nil }
    if hasWitness {
      for index in inputs.indices {
        guard let witness = list({ $0.sized() }) else { return nil }
        inputs[index].witness = witness
      }
      if inputs.allSatisfy({ $0.witness.isEmpty }) { return nil }
    }
    guard let lockTime = number(4) else { return nil }
    return SimulatedTransaction.Fields(
      version: UInt32(version), inputs: inputs, outputs: outputs, lockTime: UInt32(lockTime))
  }

  private mutating func input() -> SimulatedTransaction.Input? {
    guard let transaction = take(32), let index = number(4), let script = sized(),
      let sequence = number(4)
    else { return nil }
    return .init(
      outpoint: .init(transaction: transaction, index: Int(index)), scriptSig: script, witness: [],
      sequence: UInt32(sequence))
  }

  private mutating func output() -> SimulatedTransaction.Output? {
    guard let value = number(8), let script = sized() else { return nil }
    return .init(value: Int64(bitPattern: value), scriptPubKey: script)
  }

  /// A count and so many items; no count makes it reserve more than there are bytes.
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
    guard let count = count() else { return nil }
    return take(count)
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

  private mutating func number(_ count: Int) -> UInt64? {
    guard let slice = take(count) else { return nil }
    return slice.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private mutating func take(_ count: Int) -> [UInt8]? {
    guard count >= 0, count <= bytes.count - position else { return nil }
    defer { position += count }
    return Array(bytes[position..<position + count])
  }
}
