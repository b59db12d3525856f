import ElectrumProtocol
import Records
import ServerTexts

extension ContactKind {
  init(_ kind: ContactToken.Kind) {
    self =
      switch kind {
      case .email: .email
      case .fediverse: .fediverse
      case .handle: .handle
      case .matrix: .matrix
      case .nostr: .nostr
      case .onion: .onion
      case .pgpFingerprint: .pgpFingerprint
      case .pgpKeyID: .pgpKeyID
      case .telegram: .telegram
      case .twitter: .twitter
      case .url: .url
      }
  }

  init(_ kind: DonationTarget.Kind) {
    self =
      switch kind {
      case .p2pkh: .p2pkh
      case .p2sh: .p2sh
      case .p2wpkh: .p2wpkh
      case .p2wsh: .p2wsh
      case .p2tr: .p2tr
      case .futureWitness: .futureWitness
      case .silentPayment: .silentPayment
      case .paymentCode: .paymentCode
      case .extendedKey: .extendedKey
      case .lightningInvoice: .lightningInvoice
      case .lightningOffer: .lightningOffer
      case .lnurl: .lnurl
      case .lightningAddress: .lightningAddress
      case .paymentName: .paymentName
      }
  }
}

extension DestinationNetwork {
  init(_ network: DonationTarget.Network) {
    self =
      switch network {
      case .mainnet: .mainnet
      case .testnet: .testnet
      case .signet: .signet
      case .regtest: .regtest
      }
  }
}

extension TokenVerdict {
  /// - Parameter chain: that of the server; nil: not known, and no network is the wrong one.
  init(_ verdict: DonationVerdict, on chain: BitcoinNetwork?) {
    switch verdict {
    case .valid(let target):
      let isElsewhere = chain.map { !target.isFor($0) } ?? false
      self = isElsewhere ? .wrongNetwork : target.hasChecksum ? .valid : .unchecked
    case .invalid(_, let defect): self = TokenVerdict(defect)
    case .absent: self = .noDestination
    }
  }

  private init(_ defect: DonationVerdict.Defect) {
    self =
      switch defect {
      case .character: .wrongCharacter
      case .mixedCase: .mixedCase
      case .checksum: .wrongChecksum
      case .length: .wrongLength
      case .foreign: .otherCoin
      case .variant: .wrongVariant
      case .witnessVersion: .wrongWitnessVersion
      case .content: .wrongContent
      case .noDestination: .noDestination
      }
  }

  /// Lower is better.
  var rank: Int {
    switch self {
    case .valid: 0
    case .unchecked: 1
    case .wrongNetwork: 2
    case .noDestination: 4
    default: 3
    }
  }
}

extension DonationTarget {
  /// Whether a chain's money can go there, as far as the text tells: several chains share prefixes.
  func isFor(_ chain: BitcoinNetwork) -> Bool {
    switch (network, chain) {
    case (nil, _), (.mainnet, .mainnet), (.signet, .signet), (.regtest, .regtest): true
    case (.testnet, .testnet3), (.testnet, .testnet4): true
    case (.testnet, .signet): kind != .lightningInvoice
    // Regtest has prefixes of its own in segwit addresses and invoices only.
    case (.testnet, .regtest):
      switch kind {
      case .p2wpkh, .p2wsh, .p2tr, .futureWitness, .lightningInvoice: false
      default: true
      }
    default: false
    }
  }
}
