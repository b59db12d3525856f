/// A chain that Electrum servers serve, with the constants that tell it apart.
public enum BitcoinNetwork: String, Sendable, CaseIterable {
  case mainnet, testnet3, testnet4, signet, regtest

  /// Hash of block 0 as servers print it (byte-reversed, hexadecimal). Bitcoin Cash and Bitcoin SV
  /// share mainnet's.
  public var genesisHash: String {
    switch self {
    case .mainnet: "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"
    case .testnet3: "000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943"
    case .testnet4: "00000000da84f2bafbbc53dee25a72ae507ff4914b867c565be350b0da8bf043"
    case .signet: "00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6"
    case .regtest: "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206"
    }
  }

  /// Splits that share the network's genesis block, in the order of their heights.
  public var splits: [ChainSplit] { self == .mainnet ? ChainSplit.mainnet : [] }

  /// The port a bare `t` stands for.
  public var defaultTCPPort: Int { self == .mainnet ? 50001 : 51001 }

  /// The port a bare `s` stands for.
  public var defaultSSLPort: Int { self == .mainnet ? 50002 : 51002 }

  /// - Parameter genesisHash: in any spelling.
  public init?(genesisHash: String) {
    guard let canonical = GenesisHash.canonical(genesisHash),
      let match = Self.allCases.first(where: { $0.genesisHash == canonical })
    else { return nil }
    self = match
  }

  /// Version byte of base58check P2PKH addresses.
  var publicKeyHashPrefix: UInt8 { self == .mainnet ? 0x00 : 0x6F }

  /// Version byte of base58check P2SH addresses.
  var scriptHashPrefix: UInt8 { self == .mainnet ? 0x05 : 0xC4 }

  /// Human-readable part of segwit addresses (BIP 173).
  var segwitPrefix: String {
    switch self {
    case .mainnet: "bc"
    case .testnet3, .testnet4, .signet: "tb"
    case .regtest: "bcrt"
    }
  }
}
