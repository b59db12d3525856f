import Digests

/// A transaction in a script's history, as a server lists it.
public struct ListedTransaction: Sendable, Hashable, Comparable {
  /// Id as printed.
  public let transaction: String
  /// 0 or -1 while it is unconfirmed.
  public let height: Int

  public init(_ transaction: String, height: Int) {
    self.transaction = transaction
    self.height = height
  }

  public static func < (one: ListedTransaction, other: ListedTransaction) -> Bool {
    (one.height, one.transaction) < (other.height, other.transaction)
  }
}

/// The status of a script: a digest of its history, which tells a wallet whether it must ask anew.
///
/// Source: section “Status” of the Electrum protocol's documentation.
public enum StatusHash {
  /// Of a history in the order in which it is told; nil for an empty one.
  public static func of(_ history: [ListedTransaction]) -> String? {
    if history.isEmpty { return nil }
    var text: [UInt8] = []
    for entry in history { text += "\(entry.transaction):\(entry.height):".utf8 }
    return SHA256.hex(text)
  }
}
