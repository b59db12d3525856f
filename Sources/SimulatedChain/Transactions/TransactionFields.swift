extension SimulatedTransaction {
  /// Everything a transaction says.
  package struct Fields: Sendable, Hashable {
    package var version: UInt32
    package var inputs: [Input]
    package var outputs: [Output]
    package var lockTime: UInt32

    package var isCoinbase: Bool {
      inputs.count == 1 && inputs[0].outpoint.index == 0xFFFF_FFFF
        && inputs[0].outpoint.transaction.allSatisfy { $0 == 0 }
    }
  }

  /// What the bytes say; nil never happens for a transaction that was built here.
  package var fields: Fields? { Fields(parsing: bytes) }
}

/// Writes a transaction's bytes.
struct TransactionWriter {
  private(set) var bytes: [UInt8] = []
  private let fields: SimulatedTransaction.Fields
  private let withWitness: Bool

  init(_ fields: SimulatedTransaction.Fields, withWitness: Bool) {
    self.fields = fields
    self.withWitness = withWitness
    bytes.reserveCapacity(64 + fields.inputs.count * 160 + fields.outputs.count * 43)
  }

  mutating func write() {
    number(UInt64(fields.version), bytes: 4)
    if withWitness { bytes += [0x00, 0x01] }
    count(fields.inputs.count)
    for input in fields.inputs {
      bytes += input.outpoint.transaction
      number(UInt64(input.outpoint.index), bytes: 4)
      sized(input.scriptSig)
      number(UInt64(input.sequence), bytes: 4)
    }
    count(fields.outputs.count)
    for output in fields.outputs {
      number(UInt64(bitPattern: output.value), bytes: 8)
      sized(output.scriptPubKey)
    }
    if withWitness {
      for input in fields.inputs {
        count(input.witness.count)
        for item in input.witness { sized(item) }
      }
    }
    number(UInt64(fields.lockTime), bytes: 4)
  }

  private mutating func number(_ value: UInt64, bytes count: Int) {
    var rest = value
    for _ in 0..<count {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  /// Bitcoin's variable-length integer.
  private mutating func count(_ value: Int) {
    if value < 0xFD {
      bytes.append(UInt8(value))
    } else if value <= 0xFFFF {
      bytes.append(0xFD)
      number(UInt64(value), bytes: 2)
    } else {
      bytes.append(0xFE)
      number(UInt64(value), bytes: 4)
    }
  }

  private mutating func sized(_ item: [UInt8]) {
    count(item.count)
    bytes += item
  }
}
