/// An address with a valid checksum on a given network.
public struct BitcoinAddress: Sendable, Hashable, CustomStringConvertible {
  public enum Kind: String, Sendable, CaseIterable {
    case p2pkh, p2sh, p2wpkh, p2wsh, p2tr
  }

  public let kind: Kind
  /// Key hash, script hash or output key: 20 or 32 bytes.
  public let program: [UInt8]
  public let network: BitcoinNetwork

  /// Nil unless the checksum, the network's prefix and the length are right.
  public init?(_ text: String, network: BitcoinNetwork = .mainnet) {
    if let (version, program) = SegwitAddress.decode(text, prefix: network.segwitPrefix) {
      guard let kind = Self.kind(version: version, length: program.count) else { return nil }
      self.init(kind: kind, program: program, network: network)
    } else if let payload = Base58Check.decode(text), payload.count == 21 {
      let program = Array(payload.dropFirst())
      switch payload[0] {
      case network.publicKeyHashPrefix:
        self.init(kind: .p2pkh, program: program, network: network)
      case network.scriptHashPrefix:
        self.init(kind: .p2sh, program: program, network: network)
      default: return nil
      }
    } else {
      return nil
    }
  }

  /// The address of an output script; nil for a script of another form.
  public init?(scriptPubKey script: [UInt8], network: BitcoinNetwork = .mainnet) {
    let parts: (kind: Kind, program: ArraySlice<UInt8>)
    switch (script.count, script.first) {
    case (25, 0x76): parts = (.p2pkh, script[3..<23])
    case (23, 0xA9): parts = (.p2sh, script[2..<22])
    case (22, 0x00): parts = (.p2wpkh, script[2...])
    case (34, 0x00): parts = (.p2wsh, script[2...])
    case (34, 0x51): parts = (.p2tr, script[2...])
    default: return nil
    }
    self.init(kind: parts.kind, program: Array(parts.program), network: network)
    if scriptPubKey != script { return nil }
  }

  private init(kind: Kind, program: [UInt8], network: BitcoinNetwork) {
    self.kind = kind
    self.program = program
    self.network = network
  }

  private static func kind(version: UInt8, length: Int) -> Kind? {
    switch (version, length) {
    case (0, 20): .p2wpkh
    case (0, 32): .p2wsh
    case (1, 32): .p2tr
    default: nil
    }
  }

  /// The same program on another network.
  public func on(_ network: BitcoinNetwork) -> BitcoinAddress {
    BitcoinAddress(kind: kind, program: program, network: network)
  }

  /// The output script that pays this address.
  public var scriptPubKey: [UInt8] {
    switch kind {
    case .p2pkh: [0x76, 0xA9, 0x14] + program + [0x88, 0xAC]
    case .p2sh: [0xA9, 0x14] + program + [0x87]
    case .p2wpkh: [0x00, 0x14] + program
    case .p2wsh: [0x00, 0x20] + program
    case .p2tr: [0x51, 0x20] + program
    }
  }

  public var description: String {
    switch kind {
    case .p2pkh: Base58Check.encode([network.publicKeyHashPrefix] + program)
    case .p2sh: Base58Check.encode([network.scriptHashPrefix] + program)
    case .p2wpkh, .p2wsh:
      SegwitAddress.encode(version: 0, program: program, prefix: network.segwitPrefix)
    case .p2tr:
      SegwitAddress.encode(version: 1, program: program, prefix: network.segwitPrefix)
    }
  }
}
