/// Everything that happened to one script, by height and then position in the block.
struct ScriptLedger: Sendable {
  struct Entry: Sendable {
    var height: Int
    /// Transaction id as printed.
    var transaction: String
  }

  struct Coin: Sendable {
    var created: Int
    /// Height of the block that spends it.
    var spent: Int?
    var transaction: String
    var index: Int
    /// Satoshis.
    var value: Int64
  }

  var entries: [Entry] = []
  var coins: [Coin] = []

  func history(upTo tip: Int) -> [Entry] {
    entries.filter { $0.height <= tip }
  }

  func unspent(upTo tip: Int) -> [Coin] {
    coins.filter { coin in coin.created <= tip && (coin.spent ?? .max) > tip }
  }

  /// Satoshis in blocks up to `tip`.
  func balance(upTo tip: Int) -> Int64 {
    unspent(upTo: tip).reduce(0) { $0 + $1.value }
  }
}
