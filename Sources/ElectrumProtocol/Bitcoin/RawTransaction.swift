import Digests

/// A transaction in its serialisation, as far as it tells what it is, what it spends and whom it
/// pays (BIP 144).
public struct RawTransaction: Sendable, Equatable {
  /// An output that an input spends.
  public struct Outpoint: Sendable, Hashable {
    /// Id of the transaction that made it, in internal byte order.
    public let transaction: [UInt8]
    public let index: UInt32

    /// The id as servers print it.
    public var transactionText: String { Hex.text(transaction.reversed()) }
  }

  public struct Output: Sendable, Equatable {
    /// Satoshis.
    public let value: Int64
    public let scriptPubKey: [UInt8]
  }

  public let inputs: [Outpoint]
  public let outputs: [Output]
  /// Id as servers print it: the double SHA-256 without the witnesses.
  public let text: String

  /// Nil unless the bytes are one transaction with inputs and outputs and nothing after it.
  public init?(_ bytes: [UInt8]) {
    var reader = Reader(bytes: bytes)
    guard let version = reader.take(4) else { return nil }
    let hasWitness = bytes.count > 5 && bytes[4] == 0 && bytes[5] == 1
    if hasWitness { _ = reader.take(2) }
    let start = reader.position
    guard let inputs = reader.list({ $0.input() }), !inputs.isEmpty,
      let outputs = reader.list({ $0.output() }), !outputs.isEmpty
    else { return nil }
    let end = reader.position
    if hasWitness {
      for _ in inputs {
        guard reader.list({ $0.sized().map { _ in () } }) != nil else { return nil }
      }
    }
    guard let lockTime = reader.take(4), reader.position == bytes.count else { return nil }
    self.inputs = inputs
    self.outputs = outputs
    text = Hex.text(
      SHA256.doubleDigest(Array(version) + bytes[start..<end] + Array(lockTime)).reversed())
  }

  /// Reads foreign bytes; no count makes it reserve more than there are bytes.
  private struct Reader {
    let bytes: [UInt8]
    private(set) var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func input() -> Outpoint? {
      guard let transaction = take(32), let index = number(4), sized() != nil, take(4) != nil
      else { return nil }
      return Outpoint(transaction: Array(transaction), index: UInt32(truncatingIfNeeded: index))
    }

    mutating func output() -> Output? {
      guard let value = number(8), let script = sized() else { return nil }
      return Output(value: Int64(bitPattern: value), scriptPubKey: Array(script))
    }

    mutating func list<Item>(_ item: (inout Self) -> Item?) -> [Item]? {
      guard let count = count(), count <= bytes.count - position else { return nil }
      var items: [Item] = []
      for _ in 0..<count {
        guard let next = item(&self) else { return nil }
        items.append(next)
      }
      return items
    }

    mutating func sized() -> ArraySlice<UInt8>? { count().flatMap { take($0) } }

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
      take(count).map { $0.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
    }

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
      guard count >= 0, count <= bytes.count - position else { return nil }
      defer { position += count }
      return bytes[position..<position + count]
    }
  }
}
