/// Everything that happened to one script, by height and then position in the block.
package struct ScriptLedger: Sendable {
  package struct Entry: Sendable, Equatable {
    package var height: Int
    /// Transaction id as printed.
    package var transaction: String

    package init(height: Int, transaction: String) {
      self.height = height
      self.transaction = transaction
    }
  }

  package struct Coin: Sendable, Equatable {
    package var created: Int
    /// Height of the block that spends it.
    package var spent: Int?
    package var transaction: String
    package var index: Int
    /// Satoshis.
    package var value: Int64
  }

  package var entries: [Entry] = []
  package var coins: [Coin] = []

  package func history(upTo tip: Int) -> [Entry] {
    if let last = entries.last, last.height <= tip { return entries }
    return entries.filter { $0.height <= tip }
  }

  package func unspent(upTo tip: Int) -> [Coin] {
    coins.filter { coin in coin.created <= tip && (coin.spent ?? .max) > tip }
  }

  /// Satoshis in blocks up to `tip`.
  package func balance(upTo tip: Int) -> Int64 {
    coins.reduce(0) { sum, coin in
      coin.created <= tip && (coin.spent ?? .max) > tip ? sum + coin.value : sum
    }
  }
}
