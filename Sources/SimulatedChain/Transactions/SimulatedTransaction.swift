import Digests
internal import ElectrumProtocol

/// A transaction of the simulated chain in Bitcoin's serialisation, with witnesses where an input
/// is of a witness program (BIP 144). Its scripts are of the right form, its signatures are not
/// valid: nothing here verifies them.
package struct SimulatedTransaction: Sendable {
  package struct Outpoint: Sendable, Hashable {
    /// In internal byte order.
    package var transaction: [UInt8]
    package var index: Int

    package init(transaction: [UInt8], index: Int) {
      self.transaction = transaction
      self.index = index
    }

    /// Ids are hashes already: eight bytes of one tell enough.
    package func hash(into hasher: inout Hasher) {
      hasher.combine(transaction.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
      hasher.combine(index)
    }
  }

  package struct Output: Sendable, Hashable {
    /// Satoshis.
    package var value: Int64
    package var scriptPubKey: [UInt8]

    package init(value: Int64, scriptPubKey: [UInt8]) {
      self.value = value
      self.scriptPubKey = scriptPubKey
    }
  }

  /// One input with what unlocks it.
  package struct Input: Sendable, Hashable {
    package var outpoint: Outpoint
    package var scriptSig: [UInt8]
    package var witness: [[UInt8]]
    package var sequence: UInt32
  }

  /// Empty for a coinbase.
  package let inputs: [Outpoint]
  package let outputs: [Output]
  /// As sent on the wire, witnesses included.
  package let bytes: [UInt8]
  /// The txid, in internal byte order.
  package let identifier: [UInt8]
  /// The wtxid, in internal byte order; the txid where there is no witness.
  package let witnessIdentifier: [UInt8]
  /// The txid as servers print it.
  package let text: String
  /// BIP 141: four units a byte, one a witness byte.
  package let weight: Int

  package var virtualSize: Int { (weight + 3) / 4 }
  package var hasWitness: Bool { witnessIdentifier != identifier }
  package var witnessText: String { Hex.text(witnessIdentifier.reversed()) }

  /// A payment that spends outputs of the scripts given.
  package init(spending coins: [(outpoint: Outpoint, scriptPubKey: [UInt8])], outputs: [Output]) {
    let inputs = coins.map { coin in
      let kind = ScriptKind(coin.scriptPubKey)
      let unlocking = kind?.unlocking(filler: coin.outpoint.transaction)
      return Input(
        outpoint: coin.outpoint, scriptSig: unlocking?.scriptSig ?? [],
        witness: unlocking?.witness ?? [], sequence: 0xFFFF_FFFD)
    }
    self.init(Fields(version: 2, inputs: inputs, outputs: outputs, lockTime: 0))
  }

  /// A coinbase whose script states the height (BIP 34) and `extraNonce`, and which commits to the
  /// witnesses of its block (BIP 141) where `witnessRoot` is given.
  package init(
    coinbaseAt height: Int, extraNonce: [UInt8], outputs: [Output], witnessRoot: [UInt8]?
  ) {
    var outputs = outputs
    var witness: [[UInt8]] = []
    if let witnessRoot {
      let reserved = [UInt8](repeating: 0, count: 32)
      let commitment = SHA256.doubleDigest(witnessRoot + reserved)
      outputs.append(
        .init(value: 0, scriptPubKey: [0x6A, 0x24, 0xAA, 0x21, 0xA9, 0xED] + commitment))
      witness = [reserved]
    }
    let input = Input(
      outpoint: Outpoint(transaction: [UInt8](repeating: 0, count: 32), index: 0xFFFF_FFFF),
      scriptSig: Self.push(height) + [UInt8(extraNonce.count)] + extraNonce, witness: witness,
      sequence: 0xFFFF_FFFF)
    self.init(Fields(version: 1, inputs: [input], outputs: outputs, lockTime: 0))
  }

  package init(_ fields: Fields) {
    var stripped = TransactionWriter(fields, withWitness: false)
    stripped.write()
    identifier = SHA256.doubleDigest(stripped.bytes)
    text = Hex.text(identifier.reversed())
    if fields.inputs.contains(where: { !$0.witness.isEmpty }) {
      var full = TransactionWriter(fields, withWitness: true)
      full.write()
      bytes = full.bytes
      witnessIdentifier = SHA256.doubleDigest(bytes)
    } else {
      bytes = stripped.bytes
      witnessIdentifier = identifier
    }
    weight = stripped.bytes.count * 3 + bytes.count
    outputs = fields.outputs
    inputs = fields.isCoinbase ? [] : fields.inputs.map(\.outpoint)
  }

  /// A minimal push of a positive number.
  private static func push(_ number: Int) -> [UInt8] {
    var digits: [UInt8] = []
    var rest = number
    repeat {
      digits.append(UInt8(rest & 0xFF))
      rest >>= 8
    } while rest > 0
    if let last = digits.last, last >= 0x80 { digits.append(0) }
    return [UInt8(digits.count)] + digits
  }
}

extension SimulatedTransaction: Hashable {
  package static func == (one: Self, other: Self) -> Bool {
    one.witnessIdentifier == other.witnessIdentifier
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(witnessIdentifier) }
}
