import Digests
import ElectrumProtocol

/// A BOLT 12 offer: fields in ascending order of type, without a checksum.
///
/// `+` and white space may divide its text; white space has divided it into words here, so only `+`
/// is seen.
struct LightningOffer {
  let target: DonationTarget

  private static let chains = 2
  private static let issuer = 22
  private static let paths = 16

  init(_ text: String) throws(DonationVerdict.Defect) {
    let joined = text.split(separator: "+", omittingEmptySubsequences: false)
    guard joined.allSatisfy({ !$0.isEmpty }) else { throw .content }
    let whole = joined.joined()
    let lower = whole.lowercased()
    guard whole == lower || whole == whole.uppercased() else { throw .mixedCase }
    let values: [UInt8]
    do throws(Bech32.Defect) {
      values = try Bech32.fiveBitValues(lower.utf8.dropFirst(4))
    } catch {
      throw .character
    }
    guard let bytes = Bech32.regroup(values[...], from: 5, to: 8, padded: false),
      let fields = Self.fields(bytes[...]), fields[Self.issuer] != nil || fields[Self.paths] != nil
    else { throw .content }
    target = DonationTarget(.lightningOffer, try Self.network(fields[Self.chains]), lower)
  }

  /// Contents by type; nil where a field reaches past the end or types do not ascend.
  private static func fields(_ bytes: ArraySlice<UInt8>) -> [Int: ArraySlice<UInt8>]? {
    var rest = bytes
    var fields: [Int: ArraySlice<UInt8>] = [:]
    var last = -1
    while !rest.isEmpty {
      guard let type = bigSize(&rest), type > last, let length = bigSize(&rest),
        length <= rest.count
      else { return nil }
      fields[type] = rest.prefix(length)
      rest = rest.dropFirst(length)
      last = type
    }
    return fields
  }

  /// BOLT 1's BigSize, in its shortest form and up to 32 bits.
  private static func bigSize(_ bytes: inout ArraySlice<UInt8>) -> Int? {
    guard let first = bytes.popFirst() else { return nil }
    let width: Int
    switch first {
    case 0xFD: width = 2
    case 0xFE: width = 4
    case 0xFF: return nil
    default: return Int(first)
    }
    guard bytes.count >= width else { return nil }
    let value = bytes.prefix(width).reduce(0) { $0 << 8 | Int($1) }
    bytes = bytes.dropFirst(width)
    return value >= (width == 2 ? 0xFD : 0x1_0000) ? value : nil
  }

  /// Mainnet where no chain is named; the one that is, where it is one of Bitcoin's.
  private static func network(
    _ chains: ArraySlice<UInt8>?
  ) throws(DonationVerdict.Defect) -> DonationTarget.Network? {
    guard let chains else { return .mainnet }
    guard !chains.isEmpty, chains.count % 32 == 0 else { throw .content }
    if chains.count > 32 { return nil }
    switch BitcoinNetwork(genesisHash: Hex.text(chains.reversed())) {
    case .mainnet: return .mainnet
    case .testnet3, .testnet4: return .testnet
    case .signet: return .signet
    case .regtest: return .regtest
    case nil: throw .foreign
    }
  }
}
