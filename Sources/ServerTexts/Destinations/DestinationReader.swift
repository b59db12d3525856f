import ElectrumProtocol

/// A word that has the form of a destination of payments; reading it tells whether it is one.
struct DestinationReader {
  typealias Defect = DonationVerdict.Defect

  private enum Form {
    case segwit, silentPayment, invoice, offer, lnurl, base58
  }

  private let word: String
  private let form: Form

  /// Longest word read: invoices and offers with many hints are longer than addresses by far.
  private static let limit = 4096

  /// Nil for a word of no such form, which a sentence may hold.
  init?(_ word: Substring) {
    guard word.utf8.count <= Self.limit, let form = Self.form(of: Array(word.unicodeScalars)) else {
      return nil
    }
    self.word = String(word)
    self.form = form
  }

  private static func form(of word: [Unicode.Scalar]) -> Form? {
    guard word.allSatisfy({ $0.isASCIILetter || $0.isDigit || $0 == "+" }) else { return nil }
    let lower = TokenForm.text(word.prefix(12)[...]).lowercased()
    let hasPrefix = { (prefixes: [String]) in prefixes.contains { lower.hasPrefix($0) } }
    if hasPrefix(["bc1", "tb1", "bcrt1"]), word.count >= 14 { return .segwit }
    if hasPrefix(["sp1", "tsp1"]), word.count >= 100 { return .silentPayment }
    if hasPrefix(["lno1"]), word.count >= 20 { return .offer }
    if hasPrefix(["lnurl1"]), word.count >= 20 { return .lnurl }
    if hasPrefix(["lnbc", "lntb", "lnsb"]), word.count >= 110 { return .invoice }
    guard !word.contains("+"), word.contains(where: \.isDigit) else { return nil }
    if (26...35).contains(word.count) {
      return "123mnLDX".unicodeScalars.contains(word[0]) ? .base58 : nil
    }
    if hasPrefix(["pm8t"]), word.count == 116 { return .base58 }
    let isKey = hasPrefix(["xpub", "ypub", "zpub", "tpub", "upub", "vpub"])
    return isKey && (107...115).contains(word.count) ? .base58 : nil
  }

  func target() throws(Defect) -> DonationTarget {
    switch form {
    case .segwit: try segwit()
    case .silentPayment: try silentPayment()
    case .invoice: try invoice()
    case .offer: try LightningOffer(word).target
    case .lnurl: try lnurl()
    case .base58: try base58()
    }
  }

  // MARK: Bech32

  private func bech32(_ variant: Bech32.Variant, limit: Int) throws(Defect) -> Bech32 {
    let decoded: Bech32
    do throws(Bech32.Defect) {
      decoded = try Bech32(word, limit: limit)
    } catch {
      throw Self.defect(error)
    }
    guard decoded.variant == variant else { throw .variant }
    return decoded
  }

  static func defect(_ error: Bech32.Defect) -> Defect {
    switch error {
    case .character: .character
    case .mixedCase: .mixedCase
    case .checksum: .checksum
    case .tooShort, .tooLong, .separator: .length
    }
  }

  private func segwit() throws(Defect) -> DonationTarget {
    let decoded: (prefix: String, version: UInt8, program: [UInt8])
    do throws(SegwitAddress.Defect) {
      decoded = try SegwitAddress.decode(word)
    } catch {
      switch error {
      case .bech32(let inner): throw Self.defect(inner)
      case .prefix: throw .foreign
      case .version: throw .witnessVersion
      case .variant: throw .variant
      case .program: throw .content
      }
    }
    let kind: DonationTarget.Kind =
      switch (decoded.version, decoded.program.count) {
      case (0, 20): .p2wpkh
      case (0, _): .p2wsh
      case (1, 32): .p2tr
      default: .futureWitness
      }
    let network: DonationTarget.Network =
      switch decoded.prefix {
      case "bc": .mainnet
      case "tb": .testnet
      default: .regtest
      }
    return DonationTarget(kind, network, word.lowercased())
  }

  /// Version 0 has two compressed keys; later versions may hold more (BIP 352).
  private func silentPayment() throws(Defect) -> DonationTarget {
    let decoded = try bech32(.bech32m, limit: 1023)
    guard let version = decoded.values.first, version < 31,
      let bytes = decoded.bytes(from: 1), bytes.count >= 66, version > 0 || bytes.count == 66,
      [2, 3].contains(bytes[0]), [2, 3].contains(bytes[33])
    else { throw .content }
    let network: DonationTarget.Network = decoded.prefix == "sp" ? .mainnet : .testnet
    return DonationTarget(.silentPayment, network, word.lowercased())
  }

  private func lnurl() throws(Defect) -> DonationTarget {
    let decoded = try bech32(.bech32, limit: 2048)
    guard let bytes = decoded.bytes(), bytes.starts(with: "http".utf8),
      let url = String(validating: bytes, as: UTF8.self), CanonicalURL(url) != nil
    else { throw .content }
    return DonationTarget(.lnurl, nil, word.lowercased())
  }

  /// Prefix `ln`, network, amount; 35 bits of time and 520 of signature (BOLT 11).
  private func invoice() throws(Defect) -> DonationTarget {
    let decoded = try bech32(.bech32, limit: Self.limit)
    let networks: [(String, DonationTarget.Network)] = [
      ("lnbcrt", .regtest), ("lntbs", .signet), ("lnbc", .mainnet), ("lntb", .testnet),
    ]
    guard let (prefix, network) = networks.first(where: { decoded.prefix.hasPrefix($0.0) }) else {
      throw .foreign
    }
    var amount = decoded.prefix.dropFirst(prefix.count)
    if let last = amount.last, "munp".contains(last) { amount.removeLast() }
    guard amount.utf8.allSatisfy({ (48...57).contains($0) }), amount.utf8.count <= 12,
      !amount.isEmpty || decoded.prefix.count == prefix.count, decoded.values.count >= 7 + 104
    else { throw .content }
    return DonationTarget(.lightningInvoice, network, word.lowercased())
  }

  // MARK: Base58

  private func base58() throws(Defect) -> DonationTarget {
    guard !word.utf8.contains(where: { "0OIl".utf8.contains($0) }) else { throw .character }
    guard let payload = Base58Check.decode(word) else { throw .checksum }
    switch payload.count {
    case 21: return try address(payload)
    case 81: if payload[0] == 0x47 { return DonationTarget(.paymentCode, .mainnet, word) }
    case 78: return try extendedKey(payload)
    default: throw .length
    }
    throw .foreign
  }

  private func address(_ payload: [UInt8]) throws(Defect) -> DonationTarget {
    switch payload[0] {
    case 0x00: DonationTarget(.p2pkh, .mainnet, word)
    case 0x05: DonationTarget(.p2sh, .mainnet, word)
    case 0x6F: DonationTarget(.p2pkh, .testnet, word)
    case 0xC4: DonationTarget(.p2sh, .testnet, word)
    default: throw .foreign
    }
  }

  /// Version bytes of BIP 32 and SLIP 132; the key must be a compressed one.
  private func extendedKey(_ payload: [UInt8]) throws(Defect) -> DonationTarget {
    guard [2, 3].contains(payload[45]) else { throw .content }
    switch Array(payload.prefix(4)) {
    case [0x04, 0x88, 0xB2, 0x1E], [0x04, 0x9D, 0x7C, 0xB2], [0x04, 0xB2, 0x47, 0x46]:
      return DonationTarget(.extendedKey, .mainnet, word)
    case [0x04, 0x35, 0x87, 0xCF], [0x04, 0x4A, 0x52, 0x62], [0x04, 0x5F, 0x1C, 0xF6]:
      return DonationTarget(.extendedKey, .testnet, word)
    default: throw .foreign
    }
  }
}
