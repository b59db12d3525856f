import Digests
import ElectrumProtocol

/// A history as a server told it.
struct ToldHistory {
  struct Entry: Equatable {
    let transaction: String
    let height: Int
  }

  let entries: [Entry]
  /// Items of the list that are no transaction.
  let malformed: Int
  /// Of all items as told.
  let digest: String
  /// What the protocol makes of the list: SHA-256 over `txid:height:` of each; nil for an empty list
  /// and for one with items that are none.
  let status: String?

  /// Nil where the result is no list.
  init?(_ result: WireValue?) {
    // Since protocol 1.7 the list is a member of an object.
    guard let items = result?.elements ?? result?["history"]?.elements else { return nil }
    entries = items.compactMap { item in
      guard let text = item["tx_hash"]?.text, text.utf8.count == 64, Hex.bytes(text) != nil,
        let height = item["height"]?.integer, abs(height) < 1_000_000_000
      else { return nil }
      return Entry(transaction: text.lowercased(), height: height)
    }
    malformed = items.count - entries.count
    let text = entries.map { "\($0.transaction):\($0.height):" }.joined()
    let hash = Hex.text(SHA256.digest(Array(text.utf8)))
    status = entries.isEmpty || malformed > 0 ? nil : hash
    digest = malformed == 0 ? hash : Hex.text(SHA256.digest(Array("\(malformed)?\(text)".utf8)))
  }
}

/// Which lists of a scan are kept: each once, up to a length, and no more rows of one endpoint than an
/// honest one ever needs.
struct HistoryLists {
  private struct List: Hashable {
    let script: String
    let digest: String
  }

  private var known: Set<List> = []
  private var rows: [String: Int] = [:]

  private static let longest = 2_048
  private static let mostRowsOfEndpoint = 20_000

  /// - Returns: how many entries to write now, and how many of the list are written nowhere.
  mutating func keep(
    _ list: ToldHistory, of script: String, endpoint: String
  ) -> (rows: Int, cut: Int) {
    let wanted = min(list.entries.count, Self.longest)
    let key = List(script: script, digest: list.digest)
    if known.contains(key) { return (0, list.entries.count - wanted) }
    guard rows[endpoint, default: 0] + wanted <= Self.mostRowsOfEndpoint else {
      return (0, list.entries.count)
    }
    known.insert(key)
    rows[endpoint, default: 0] += wanted
    return (wanted, list.entries.count - wanted)
  }
}
