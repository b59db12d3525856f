import Artifact

/// Destinations that many servers name and nobody stands behind, as the program contains them: what
/// software ships with, what tutorials and standards give as examples, and where nobody can spend.
///
/// Our own collection, facts only. A missing destination errs towards linking strangers, a wrong one
/// towards no evidence. Each is compared by what is paid to: CashAddr and base58 of one hash are one,
/// and so is bech32 in either case.
enum SharedDonationList {
  enum Kind: String, CaseIterable {
    /// A program answers it where its operator set none.
    case programDefault = "default"
    /// A tutorial or a standard gives it as an example.
    case example
    /// Nobody has its key.
    case unspendable
  }

  struct Entry: Equatable {
    let text: String
    let kind: Kind
    /// The software or document.
    let of: String
    /// How it is known; see `note`.
    let source: String
  }

  static let date = "2026-11-30"

  static let note = """
    Donation destinations that strangers share. Source `recorded`: a running release sent it; `code`: \
    read in the software's own source code; `standard`: stands in the document that is named; \
    `known`: generally known, not checked against a document.
    """

  static let entries: [Entry] = [
    .init(
      text: "1Ca1inCimwRhhcpFX84TPRrPQSryTgKW6N", kind: .programDefault, of: "Fulcrum",
      source: "recorded"),
    .init(
      text: "bitcoincash:qplw0d304x9fshz420lkvys2jxup38m9symky6k028", kind: .programDefault,
      of: "Fulcrum", source: "code"),
    .init(
      text: "bc1qe74qzd256kxevq2gn7gmscs564lfk5tqrxqsuy", kind: .programDefault,
      of: "Electrum Personal Server", source: "code"),
    .init(
      text: "bc1q5d8l0w33h65e2l5x7ty6wgnvkvlqcz0wfaslpz", kind: .programDefault,
      of: "Electrum Personal Server", source: "code"),
    .init(
      text: "bc1q7an9p5pz6pjwjk4r48zke2yfaevafzpglg26mz", kind: .programDefault, of: "obelisk",
      source: "code"),
    .init(
      text: "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", kind: .example, of: "Bitcoin Wiki, Address",
      source: "known"),
    .init(
      text: "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", kind: .example, of: "Bitcoin Wiki, Address",
      source: "known"),
    .init(
      text: "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", kind: .example,
      of: "Bitcoin Wiki, Address", source: "known"),
    .init(
      text: "17VZNX1SN5NtKa8UQFxwQbFeFc3iqRYhem", kind: .example, of: "Bitcoin Wiki, Address",
      source: "known"),
    .init(
      text: "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", kind: .example, of: "BIP 173",
      source: "standard"),
    .init(
      text: "bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3", kind: .example,
      of: "BIP 173", source: "standard"),
    .init(
      text: "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx", kind: .example, of: "BIP 173",
      source: "standard"),
    .init(
      text: "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", kind: .example,
      of: "BIP 173", source: "standard"),
    .init(
      text: "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", kind: .example,
      of: "BIP 350", source: "standard"),
    .init(
      text: "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA", kind: .example,
      of: "BIP 39's first test mnemonic, BIP 44", source: "standard"),
    .init(
      text: "37VucYSaXLCAsxYyAPfbSi9eh4iEcbShgf", kind: .example,
      of: "BIP 39's first test mnemonic, BIP 49", source: "standard"),
    .init(
      text: "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu", kind: .example,
      of: "BIP 39's first test mnemonic, BIP 84", source: "standard"),
    .init(
      text: "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr", kind: .example,
      of: "BIP 39's first test mnemonic, BIP 86", source: "standard"),
    .init(
      text: "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu", kind: .example, of: "CashAddr",
      source: "standard"),
    .init(
      text: "1KXrWXciRDZUpQwQmuM1DbwsKDLYAYsVLR", kind: .example, of: "CashAddr",
      source: "standard"),
    .init(
      text: "16w1D5WRVKJuZUsSRzdLp9w3YGcgoxDXb", kind: .example, of: "CashAddr",
      source: "standard"),
    .init(
      text:
        "sp1qqgste7k9hx0qftg6qmwlkqtwuy6cycyavzmzj85c6qdfhjdpdjtdgqjuexzk6murw56suy3e0rd2cgqvycxttddwsvgxe2usfpxumr70xc9pkqwv",
      kind: .example, of: "BIP 352", source: "standard"),
    .init(
      text:
        "PM8TJTLJbPRGxSbc8EJi42Wrr6QbNSaSSVJ5Y3E4pbCYiTHUskHg13935Ubb7q8tx9GVbh2UuRnBc3WSyJHhUrw8KhprKnn9eDznYGieTzFcwQRya4GA",
      kind: .example, of: "BIP 47", source: "standard"),
    .init(
      text:
        "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8",
      kind: .example, of: "BIP 32", source: "standard"),
    .init(
      text: "lno1zcss9mk8y3wkklfvevcrszlmu23kfrxh49px20665dqwmn4p72pksese", kind: .example,
      of: "BOLT 12", source: "standard"),
    .init(
      text: "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", kind: .unspendable, of: "the genesis coinbase",
      source: "known"),
    .init(
      text: "1111111111111111111114oLvT2", kind: .unspendable, of: "a hash of zeros",
      source: "known"),
    .init(
      text: "1BitcoinEaterAddressDontSendf59kuE", kind: .unspendable, of: "a text for a hash",
      source: "known"),
    .init(
      text: "1CounterpartyXXXXXXXXXXXXXXXUWLpVr", kind: .unspendable, of: "Counterparty",
      source: "known"),
  ]

  /// The list as canonical JSON, as the manifest's digest has it.
  static var text: String {
    JSONValue.object([
      ("date", .string(date)),
      (
        "entries",
        .array(
          entries.map {
            .object([
              ("destination", .string($0.text)), ("kind", .string($0.kind.rawValue)),
              ("of", .string($0.of)), ("source", .string($0.source)),
            ])
          })
      ),
      ("note", .string(note)), ("schema", .string("shared-donations.v1")),
    ]).canonicalText
  }
}
