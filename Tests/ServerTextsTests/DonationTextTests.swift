import ServerTexts
import Testing

/// Donation texts: each destination with its verdict.
struct DonationTextTests {
  typealias Kind = DonationTarget.Kind
  typealias Network = DonationTarget.Network

  /// BIP 173, 350, 352, 47, 32, BOLT 11, BOLT 12 and LUD 01 give these as valid.
  static let valid: [(String, Kind, Network?)] = [
    ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", .p2pkh, .mainnet),
    ("3P14159f73E4gFr7JterCCQh9QjiTjiZrG", .p2sh, .mainnet),
    ("mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r", .p2pkh, .testnet),
    ("2NByiBUaEXrhmqAsg7BbLpcQSAQs1EDwt5w", .p2sh, .testnet),
    ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", .p2wpkh, .mainnet),
    ("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", .p2wsh, .testnet),
    ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", .p2tr, .mainnet),
    (
      "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y", .futureWitness,
      .mainnet
    ),
    ("BC1SW50QGDZ25J", .futureWitness, .mainnet),
    ("bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", .futureWitness, .mainnet),
    (
      "sp1qqgste7k9hx0qftg6qmwlkqtwuy6cycyavzmzj85c6qdfhjdpdjtdgqjuexzk6murw56suy3e0rd2cgqvycxttddwsvgxe2usfpxumr70xc9pkqwv",
      .silentPayment, .mainnet
    ),
    (
      "PM8TJTLJbPRGxSbc8EJi42Wrr6QbNSaSSVJ5Y3E4pbCYiTHUskHg13935Ubb7q8tx9GVbh2UuRnBc3WSyJHhUrw8KhprKnn9eDznYGieTzFcwQRya4GA",
      .paymentCode, .mainnet
    ),
    (
      "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8",
      .extendedKey, .mainnet
    ),
    (
      "lnbc1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdpl2pkx2ctnv5sxxmmwwd5kgetjypeh2ursdae8g6twvus8g6rfwvs8qun0dfjkxaq8rkx3yf5tcsyz3d73gafnh3cax9rn449d9p5uxz9ezhhypd0elx87sjle52x86fux2ypatgddc6k63n7erqz25le42c4u4ecky03ylcqca784w",
      .lightningInvoice, .mainnet
    ),
    ("lno1zcss9mk8y3wkklfvevcrszlmu23kfrxh49px20665dqwmn4p72pksese", .lightningOffer, .mainnet),
    (
      "LNURL1DP68GURN8GHJ7UM9WFMXJCM99E3K7MF0V9CXJ0M385EKVCENXC6R2C35XVUKXEFCV5MKVV34X5EKZD3EV56NYD3HXQURZEPEXEJXXEPNXSCRVWFNV9NXZCN9XQ6XYEFHVGCXXCMYXYMNSERXFQ5FNS",
      .lnurl, nil
    ),
  ]

  @Test(arguments: valid) func `what the standards give as valid is valid, with kind and network`(
    text: String, kind: Kind, network: Network?
  ) throws {
    let verdicts = DonationText.verdicts(onAnswer: " \(text)\n")
    guard case .valid(let target)? = verdicts.first else {
      Issue.record("\(verdicts)")
      return
    }
    #expect(verdicts.count == 1)
    #expect(target.kind == kind)
    #expect(target.network == network)
    #expect(target.text.lowercased() == text.lowercased())
    #expect(DonationText.verdicts(inBanner: "Donate (\(text)), thanks") == verdicts)
  }

  @Test(arguments: [
    ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", DonationVerdict.Defect.checksum),
    ("1A1zP1eP5QGefi2DMPTfTL5SLmv7Div0Na", .character),
    ("LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1", .foreign),
    ("DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L", .foreign),
    ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", .checksum),
    ("bc1qW508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", .mixedCase),
    ("bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4", .character),
    ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", .variant),
    ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", .variant),
    ("BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL", .variant),
    ("BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R", .witnessVersion),
    ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav", .content),
    ("BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", .content),
    ("lno1zcss9mk8y3wkklfvevcrszlmu23kfrxh49px20665dqwmn4p72pkses", .content),
    ("no thanks", .noDestination),
  ]) func `a changed character, another coin, or a broken rule has its reason`(
    text: String, defect: DonationVerdict.Defect
  ) {
    #expect(DonationText.verdicts(onAnswer: text) == [.invalid(text: text, defect)])
  }

  @Test func `an empty answer has no address; a sentence in a banner says nothing of donations`() {
    #expect(DonationText.verdicts(onAnswer: "") == [.absent])
    #expect(DonationText.verdicts(onAnswer: " \n\u{200B}") == [.absent])
    #expect(DonationText.verdicts(inBanner: "Welcome to node 1!\nmail: a@example.org").isEmpty)
  }

  @Test func `several in one text are told apart, each once, in one order`() {
    let a = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
    let b = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
    let one = DonationText.verdicts(onAnswer: "BTC: \(a) / \(b.uppercased()), again BTC:\(a)")
    #expect(one == DonationText.verdicts(onAnswer: "\(b)\n\(a)"))
    #expect(one.count == 2)
    let bad = DonationText.verdicts(onAnswer: "\(a) 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb")
    #expect(bad.count == 2)
    #expect(bad.contains(.invalid(text: "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", .checksum)))
  }

  @Test func `a payment URI is what it holds; a link to an explorer is no destination`() {
    let address = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
    let offer = "lno1zcss9mk8y3wkklfvevcrszlmu23kfrxh49px20665dqwmn4p72pksese"
    let found = DonationText.verdicts(inBanner: "BITCOIN:\(address)?amount=1&lno=\(offer)")
    #expect(found.count == 2)
    #expect(
      DonationText.verdicts(inBanner: "https://mempool.space/address/\(address)").isEmpty)
  }

  @Test
  func `a lightning address has the form of an e-mail address: only what stands around it tells`() {
    func texts(_ verdicts: [DonationVerdict]) -> [String] {
      verdicts.map { verdict in
        if case .valid(let target) = verdict {
          "\(target.kind.rawValue) \(target.text)"
        } else {
          "-"
        }
      }
    }
    #expect(
      texts(DonationText.verdicts(inBanner: "⚡ Tips@Example.org")) == [
        "lightning-address tips@example.org"
      ])
    #expect(
      texts(DonationText.verdicts(inBanner: "lightning:tips@example.org")) == [
        "lightning-address tips@example.org"
      ])
    #expect(
      texts(DonationText.verdicts(inBanner: "₿tips@example.org")) == [
        "payment-name ₿tips@example.org"
      ])
    #expect(
      texts(DonationText.verdicts(onAnswer: "tips@example.org")) == [
        "lightning-address tips@example.org"
      ])
  }
}
