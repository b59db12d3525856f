import ElectrumProtocol

/// What an unbroken run of letters and digits is by its form; a typing error in it changes nothing.
enum TokenForm {
  /// A Bitcoin address or another destination of payments.
  case address
  /// A hexadecimal digest.
  case hash
  /// An extended key (BIP 32) or a payment code (BIP 47): checksummed base58 of 100 characters and more.
  case key

  /// - Parameter needsDigit: whether a hash must hold a digit as well as a letter.
  static func of(_ run: ArraySlice<Unicode.Scalar>, needsDigit: Bool = true) -> TokenForm? {
    guard (14...4096).contains(run.count), run.allSatisfy(\.isASCII) else { return nil }
    if isAddress(run) { return .address }
    if isHash(run, needsDigit: needsDigit) { return .hash }
    if (100...120).contains(run.count), Base58Check.decode(text(run)) != nil { return .key }
    return nil
  }

  static func text(_ run: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(run))
  }

  /// Base58 of 26 to 35 characters, or bech32 with a prefix of Bitcoin's.
  private static func isAddress(_ run: ArraySlice<Unicode.Scalar>) -> Bool {
    if Bech32Form(run)?.isPayment == true { return true }
    guard let first = run.first, (26...35).contains(run.count) else { return false }
    if first == "1" || first == "3" {
      return run.allSatisfy { !["0", "O", "I", "l"].contains($0) }
    }
    guard first == "2" || first == "m" || first == "n" else { return false }
    return BitcoinAddress(text(run), network: .testnet3) != nil
  }

  private static func isHash(_ run: ArraySlice<Unicode.Scalar>, needsDigit: Bool) -> Bool {
    guard run.count >= 16, run.allSatisfy({ $0.properties.isASCIIHexDigit }),
      run.contains(where: \.isASCIILetter)
    else { return false }
    return !needsDigit || run.contains(where: \.isDigit)
  }
}

/// The prefix of a run that looks like bech32: letters of one case around a `1`. Whether its
/// characters are right is not asked.
struct Bech32Form {
  /// Lower case.
  let prefix: String
  /// Characters after the separator.
  let length: Int

  init?(_ run: ArraySlice<Unicode.Scalar>) {
    guard let separator = run.lastIndex(of: "1"), separator > run.startIndex,
      separator - run.startIndex <= 83
    else { return nil }
    let isLower = run.allSatisfy { !("A"..."Z").contains($0) }
    let isUpper = run.allSatisfy { !("a"..."z").contains($0) }
    guard isLower || isUpper else { return nil }
    prefix = TokenForm.text(run[..<separator]).lowercased()
    length = run.endIndex - separator - 1
  }

  /// Whether the prefix belongs to something that is paid to, and the rest is long enough for it.
  var isPayment: Bool {
    switch prefix {
    case "bc", "tb", "bcrt": length >= 11
    case "sp", "tsp": length >= 100
    case "lno", "lnurl": length >= 20
    default: isInvoice
    }
  }

  /// `ln`, a network and an amount (BOLT 11).
  var isInvoice: Bool {
    length >= 110
      && ["lnbc", "lntb", "lnsb"].contains { prefix.hasPrefix($0) }
  }
}
