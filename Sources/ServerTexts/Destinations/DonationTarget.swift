import Digests
import ElectrumProtocol

/// Where a server asks donations to be sent.
public struct DonationTarget: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    case p2pkh, p2sh, p2wpkh, p2wsh, p2tr
    /// A witness program of a version or length that has no meaning yet (BIP 350).
    case futureWitness = "future-witness"
    /// BIP 352.
    case silentPayment = "silent-payment"
    /// BIP 47.
    case paymentCode = "payment-code"
    /// An extended public key (BIP 32).
    case extendedKey = "extended-key"
    /// BOLT 11.
    case lightningInvoice = "lightning-invoice"
    /// BOLT 12; has no checksum, its fields are in order.
    case lightningOffer = "lightning-offer"
    /// A URL in bech32 (LUD 01).
    case lnurl
    /// `name@host` (LUD 16); has no checksum, the form of an e-mail address.
    case lightningAddress = "lightning-address"
    /// `₿name@host` (BIP 353); has no checksum.
    case paymentName = "payment-name"
  }

  public enum Network: String, Sendable, CaseIterable {
    case mainnet
    /// Testnet 3, testnet 4 and, on the chain, signet: their addresses are the same.
    case testnet
    case signet
    case regtest
  }

  public let kind: Kind
  /// nil: the text does not say.
  public let network: Network?
  /// Bech32 in lower case, base58 as it is.
  public let text: String

  init(_ kind: Kind, _ network: Network?, _ text: String) {
    self.kind = kind
    self.network = network
    self.text = text
  }
}

extension DonationTarget {
  /// Whether a typing error in the text would have been noticed.
  public var hasChecksum: Bool {
    switch kind {
    case .lightningOffer, .lightningAddress, .paymentName: false
    default: true
    }
  }

  /// The host that the text names, in ASCII form; nil where it names none.
  public var host: String? {
    switch kind {
    case .lightningAddress, .paymentName: text.split(separator: "@").last.map(String.init)
    default: nil
    }
  }
}

/// What one part of a donation text amounts to.
public enum DonationVerdict: Sendable, Hashable {
  public enum Defect: String, Error, Sendable, CaseIterable {
    /// A character that the encoding does not have.
    case character
    case mixedCase = "mixed-case"
    case checksum
    case length
    /// A version byte or prefix of no Bitcoin network: another coin's.
    case foreign
    /// Bech32 where bech32m is due, or the reverse.
    case variant
    /// A witness version above 16.
    case witnessVersion = "witness-version"
    /// The bytes are no program, key or sequence of fields of their kind.
    case content
    /// Nothing in the text has the form of a destination.
    case noDestination = "no-destination"
  }

  case valid(DonationTarget)
  case invalid(text: String, Defect)
  /// The server answered with nothing, or with white space.
  case absent
}

extension DonationVerdict {
  /// What is paid to, the same for every spelling of it: base58 and CashAddr of one hash, bech32 in
  /// either case; nil where nothing is.
  public var destinationKey: String? {
    switch self {
    case .valid(let target): target.key
    case .invalid(let text, .foreign): CashAddress(text).flatMap(Self.key)
    case .invalid, .absent: nil
    }
  }

  private static func key(_ address: CashAddress) -> String? {
    switch address.kind {
    case .publicKeyHash: DonationTarget.key(.p2pkh, address.hash)
    case .scriptHash: DonationTarget.key(.p2sh, address.hash)
    case .other: nil
    }
  }
}

extension DonationTarget {
  fileprivate var key: String {
    switch kind {
    case .p2pkh, .p2sh:
      Base58Check.decode(text).map { Self.key(kind, Array($0.dropFirst())) } ?? text
    default: text
    }
  }

  fileprivate static func key(_ kind: Kind, _ hash: [UInt8]) -> String {
    "\(kind.rawValue) \(Hex.text(hash))"
  }
}
