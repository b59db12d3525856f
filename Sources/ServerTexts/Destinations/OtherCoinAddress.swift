import ElectrumProtocol

/// Words that are addresses of other coins: by a right checksum, by a form that nothing else has, or
/// because what stands before them says so.
///
/// | coin | how it is known |
/// |---|---|
/// | Bitcoin Cash, eCash and their tokens | CashAddr's checksum, with the prefix and without it, in either case |
/// | Litecoin, Dogecoin, Dash, Zcash and others with base58 | the checksum, and a version that Bitcoin does not have |
/// | Litecoin, Zcash (sapling), Cardano, Cosmos and others with bech32 | the checksum, or a prefix of SLIP 173 |
/// | XRP | base58 in its own alphabet, with the checksum |
/// | Ethereum and its relatives | `0x` and 40 hexadecimal digits |
/// | Monero | base58 of 95 or 106 characters that begins with 4 or 8 |
/// | Stellar | `G` and 55 characters of base32 |
enum OtherCoinAddress {
  /// Schemes of URIs and words before a colon that name another coin.
  static let labels: Set<String> = [
    "ada", "bch", "bchreg", "bchtest", "bitcoin cash", "bitcoincash", "bitcoingold", "bitcoinsv",
    "bsv", "btg", "cardano", "dash", "decred", "doge", "dogecoin", "ecash", "eth", "ethereum",
    "ltc", "litecoin", "monero", "namecoin", "nmc", "ripple", "simpleledger", "sol", "solana",
    "stellar", "tron", "trx", "usdc", "usdt", "xec", "xlm", "xmr", "xrp", "zcash", "zec",
  ]

  /// Prefixes of other coins (SLIP 173) that are told even where the checksum is wrong.
  private static let prefixes: Set<String> = [
    "addr", "bitcoincash", "bnb", "btg", "cosmos", "dgb", "grs", "ltc", "ltcmweb", "mona", "nc",
    "rltc", "sys", "tbtg", "tgrs", "tltc", "via", "vtc", "zs", "ztestsapling",
  ]

  /// Bech32 that is nothing to pay to: nostr (NIP 19) and age keys.
  private static let otherThings: Set<String> = [
    "age", "age-secret-key-", "naddr", "nevent", "note", "nprofile", "npub", "nrelay", "nsec",
  ]

  /// Fewest characters of a word that a label can make an address.
  private static let leastLabelled = 20
  private static let longestBech32 = 1023

  /// - Parameter label: what stands before the word, lower case, with its colon if there is one.
  static func isOne(_ word: String, label: String) -> Bool {
    let scalars = word.unicodeScalars
    guard word.utf8.count <= longestBech32,
      scalars.allSatisfy({ $0.isASCIILetter || $0.isDigit })
    else { return false }
    if isLabel(label), scalars.count >= leastLabelled, scalars.contains(where: \.isDigit) {
      return true
    }
    return isEthereum(word) || isMonero(word) || isStellar(word) || isBech32(word)
      || CashAddress(word) != nil || isBase58(word) || isRipple(word)
  }

  static func isLabel(_ label: String) -> Bool {
    let name = label.drop { !$0.isLetter }.prefix { $0 != ":" }
    return labels.contains(String(name))
  }

  private static func isEthereum(_ word: String) -> Bool {
    word.utf8.count == 42 && word.lowercased().hasPrefix("0x")
      && word.dropFirst(2).allSatisfy(\.isHexDigit)
  }

  private static func isMonero(_ word: String) -> Bool {
    [95, 106].contains(word.utf8.count) && ["4", "8"].contains(word.first)
      && !word.utf8.contains { "0OIl".utf8.contains($0) }
  }

  private static func isStellar(_ word: String) -> Bool {
    word.utf8.count == 56 && word.first == "G"
      && word.unicodeScalars.allSatisfy { ("A"..."Z").contains($0) || ("2"..."7").contains($0) }
  }

  private static func isBech32(_ word: String) -> Bool {
    guard let form = Bech32Form(Array(word.unicodeScalars)[...]), form.length >= 10,
      !form.isBitcoin, !otherThings.contains(form.prefix)
    else { return false }
    if prefixes.contains(form.prefix) { return true }
    return (try? Bech32(word, limit: longestBech32)) != nil
  }

  /// Payloads of one or two version bytes and a hash of 20 bytes.
  private static func isBase58(_ word: String) -> Bool {
    guard (25...40).contains(word.utf8.count), let payload = Base58Check.decode(word) else {
      return false
    }
    return payload.count == 22
      || payload.count == 21 && ![0x00, 0x05, 0x6F, 0xC4].contains(payload[0])
  }

  private static let bitcoinAlphabet = Array(
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")
  private static let rippleAlphabet = Array(
    "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz")
  private static let fromRipple = Dictionary(
    uniqueKeysWithValues: zip(rippleAlphabet, bitcoinAlphabet))

  private static func isRipple(_ word: String) -> Bool {
    guard word.first == "r", (25...35).contains(word.utf8.count) else { return false }
    let letters = word.compactMap { fromRipple[$0] }
    guard letters.count == word.count else { return false }
    return Base58Check.decode(String(letters))?.count == 21
  }
}

extension Bech32Form {
  /// Whether the prefix belongs to Bitcoin's own destinations, whatever the length.
  fileprivate var isBitcoin: Bool {
    ["bc", "tb", "bcrt", "sp", "tsp", "lno", "lnurl"].contains(prefix)
      || ["lnbc", "lntb", "lnsb"].contains { prefix.hasPrefix($0) }
  }
}
