import Digests

/// The hash of a block as a text, compared by its value: who writes it in upper case or with `0x`
/// before it means the same block.
public enum BlockHashText {
  /// Bytes of a block hash.
  private static let size = 32

  /// The 64 hexadecimal digits, lower case, in the order in which servers print them; nil where the
  /// text is no hash.
  public static func canonical(_ text: String) -> String? {
    guard text.utf8.count <= 256 else { return nil }
    var digits = text.lowercased()[...]
    while digits.first?.isWhitespace == true { digits.removeFirst() }
    while digits.last?.isWhitespace == true { digits.removeLast() }
    if digits.hasPrefix("0x") { digits = digits.dropFirst(2) }
    guard digits.utf8.count == 2 * size, digits.utf8.allSatisfy(isDigit) else { return nil }
    return String(digits)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}

/// What a server says of its first block.
public enum GenesisHash {
  /// The hash in canonical form; nil where the text is none.
  ///
  /// A known network's is also known in the order of the bytes inside a header, which no block's
  /// hash can be by chance: its zeros stand at the end.
  public static func canonical(_ text: String) -> String? {
    guard let hash = BlockHashText.canonical(text) else { return nil }
    return BitcoinNetwork.allCases.map(\.genesisHash).first { reversed($0) == hash } ?? hash
  }

  /// Whether a hash in canonical form can be a block's: all zeros are what programs write for none.
  public static func isOfBlock(_ hash: String) -> Bool { hash.contains { $0 != "0" } }

  private static func reversed(_ hash: String) -> String? {
    Hex.bytes(hash).map { Hex.text($0.reversed()) }
  }
}
