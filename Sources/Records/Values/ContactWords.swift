public import Artifact

/// What a contact token or destination of payments in a server's text is.
public enum ContactKind: String, ColumnWord {
  case email
  /// `@name@host`.
  case fediverse
  /// `@name` of a network that the text does not tell.
  case handle
  case matrix
  case nostr
  case onion
  case pgpFingerprint = "pgp-fingerprint"
  case pgpKeyID = "pgp-key-id"
  case telegram
  case twitter
  case url
  // What follows is paid to.
  case p2pkh
  case p2sh
  case p2wpkh
  case p2wsh
  case p2tr
  /// A witness program that has no meaning yet.
  case futureWitness = "future-witness"
  /// BIP 352.
  case silentPayment = "silent-payment"
  /// BIP 47.
  case paymentCode = "payment-code"
  /// An extended public key (BIP 32).
  case extendedKey = "extended-key"
  /// BOLT 11.
  case lightningInvoice = "lightning-invoice"
  /// BOLT 12.
  case lightningOffer = "lightning-offer"
  case lnurl
  /// `name@host`.
  case lightningAddress = "lightning-address"
  /// `₿name@host` (BIP 353).
  case paymentName = "payment-name"
  /// Has the form of a destination of payments, and is none.
  case destination

  /// The words for what is paid to.
  static var destinations: [String] {
    Array(words.drop { $0 != ContactKind.p2pkh.rawValue }.dropLast())
  }

  /// Whether it is, or has the form of, a destination of payments rather than a way to reach somebody.
  public var isDestination: Bool {
    self == .destination || Self.destinations.contains(rawValue)
  }
}

/// What checking a token without asking anybody amounts to.
public enum TokenVerdict: String, ColumnWord {
  /// Its checksum is right.
  case valid
  /// It has the form, and nothing by which a typing error in it could be told.
  case unchecked
  /// Its checksum is right, and another network's than that of the server.
  case wrongNetwork = "wrong-network"
  /// It is another coin's, or of a version that Bitcoin does not have.
  case otherCoin = "foreign"
  case wrongChecksum = "wrong-checksum"
  case wrongCharacter = "wrong-character"
  case mixedCase = "mixed-case"
  case wrongLength = "wrong-length"
  /// Bech32 where bech32m is due, or the reverse.
  case wrongVariant = "wrong-variant"
  case wrongWitnessVersion = "wrong-witness-version"
  /// It encodes nothing that its kind may hold.
  case wrongContent = "wrong-content"
  /// The text is no destination.
  case noDestination = "no-destination"
}

/// The network for which a destination is written.
public enum DestinationNetwork: String, ColumnWord {
  case mainnet
  /// Testnet 3 and 4 and, on the chain, signet: their addresses are the same.
  case testnet
  case signet
  case regtest
}
