/// A witness program as text: bech32 for witness version 0, bech32m for the others (BIP 350).
public enum SegwitAddress {
  /// Why a text is no segwit address.
  public enum Defect: Error, Sendable, Equatable {
    case bech32(Bech32.Defect)
    /// The prefix is of no Bitcoin network, or not of the one asked for.
    case prefix
    /// No witness version, or one above 16.
    case version
    /// The checksum is of the other variant.
    case variant
    /// The bytes do not fill the characters, or are no program of that version.
    case program
  }

  /// Witness version and program; nil where any rule of BIP 173 or BIP 350 is broken.
  static func decode(_ text: String, prefix: String) -> (version: UInt8, program: [UInt8])? {
    guard let decoded = try? decode(text), decoded.prefix == prefix else { return nil }
    return (decoded.version, decoded.program)
  }

  /// Prefix, witness version and program of an address of any network.
  public static func decode(
    _ text: String
  ) throws(Defect) -> (prefix: String, version: UInt8, program: [UInt8]) {
    let decoded: Bech32
    do throws(Bech32.Defect) {
      decoded = try Bech32(text)
    } catch {
      throw .bech32(error)
    }
    guard BitcoinNetwork.allCases.contains(where: { $0.segwitPrefix == decoded.prefix }) else {
      throw .prefix
    }
    guard let version = decoded.values.first, version <= 16 else { throw .version }
    guard decoded.variant == (version == 0 ? .bech32 : .bech32m) else { throw .variant }
    guard let program = decoded.bytes(from: 1), (2...40).contains(program.count),
      version != 0 || program.count == 20 || program.count == 32
    else { throw .program }
    return (decoded.prefix, version, program)
  }

  static func encode(version: UInt8, program: [UInt8], prefix: String) -> String {
    let values =
      [version] + (Bech32.regroup(program[...], from: 8, to: 5, padded: true) ?? [])
    return Bech32.text(
      prefix: prefix, values: values, variant: version == 0 ? .bech32 : .bech32m)
  }
}
