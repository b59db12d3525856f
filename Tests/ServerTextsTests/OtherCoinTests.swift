import ElectrumProtocol
import ServerTexts
import Testing

/// Addresses of other coins.
struct OtherCoinTests {
  /// Base58 with these version bytes and a hash of ones.
  private static func base58(_ version: [UInt8]) -> String {
    Base58Check.encode(version + [UInt8](repeating: 1, count: 20))
  }

  private static func bech32(_ prefix: String, _ variant: Bech32.Variant = .bech32) -> String {
    Bech32.text(
      prefix: prefix, values: [0] + (0..<32).map { UInt8($0 % 32) }, variant: variant)
  }

  static let foreign = [
    "bitcoincash:qplw0d304x9fshz420lkvys2jxup38m9symky6k028",
    "qplw0d304x9fshz420lkvys2jxup38m9symky6k028",
    "QPLW0D304X9FSHZ420LKVYS2JXUP38M9SYMKY6K028",
    "bitcoincash:qplw0d304x9fshz420lkvys2jxup38m9symky6k029",
    "ltc1qcrfg26m56r0stww5g443w72sx5da3r5c0te0ht", "LTC1QCRFG26M56R0STWW5G443W72SX5DA3R5C0TE0HT",
    "0x52908400098527886E0F7030069857D2E4169EE7", "0x52908400098527886e0f7030069857d2e4169ee7",
    "ethereum:0x52908400098527886E0F7030069857D2E4169EE7@1",
    "44AFFq5kSiGBoZ" + String(repeating: "1", count: 81),
    "monero:44AFFq5kSiGBoZ" + String(repeating: "1", count: 81) + "?tx_amount=1",
    base58([0x4C]), base58([0x10]), base58([0x1E]), base58([0x16]), base58([0x30]), base58([0x32]),
    base58([0x1C, 0xB8]), base58([0x1C, 0xBD]), base58([0x26]), base58([0x41]), base58([0x3C]),
    bech32("zs"), bech32("dgb"), bech32("addr"), bech32("cosmos"), bech32("kaspa", .bech32m),
    bech32("abc").uppercased(), "litecoin:ltc1qcrfg26m56r0stww5g443w72sx5da3r5c0te0ht?amount=1",
    "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh",
    "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ",
    "DOGE: \(base58([0x1E]))",
  ]

  @Test(arguments: foreign) func `each is told as another coin's`(text: String) {
    let verdicts = DonationText.verdicts(onAnswer: text)
    #expect(!verdicts.isEmpty)
    for verdict in verdicts {
      guard case .invalid(_, .foreign) = verdict else {
        Issue.record("\(text): \(verdict)")
        continue
      }
    }
  }

  @Test(arguments: [
    "npub180cvv07tjdrrgpa0j7j7tmnyl2yr6yr7l8j4s3evf6u64th6gkwsyjh6w6", "0x1234", "hello", "Great",
    "electrum1server", "44", "qwertyuiopasdfghjklzxcvbnmqwertyuiopasdfgh",
    "0123456789abcdef0123456789abcdef01234567",
  ]) func `other words are none`(text: String) {
    #expect(
      DonationText.verdicts(onAnswer: text) == [.invalid(text: text, .noDestination)])
  }

  @Test func `Bitcoin's own stay Bitcoin's, with a label of another coin before them too`() {
    let own = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
    for text in [own, "BTC:\(own)", "LTC: \(own)", "bitcoin:\(own.uppercased())"] {
      guard case .valid? = DonationText.verdicts(onAnswer: text).first else {
        Issue.record("\(text)")
        continue
      }
    }
  }

  @Test func `CashAddr and base58 of one hash are one destination`() {
    let keys = [
      "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu",
      "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
      "QPM2QSZNHKS23Z7629MMS6S4CWEF74VCWVY22GDX6A",
    ].map { DonationText.verdicts(onAnswer: $0).first?.destinationKey }
    #expect(keys[0] != nil)
    #expect(Set(keys).count == 1)
  }

  @Test func `a changed character breaks a CashAddr`() throws {
    let text = "qplw0d304x9fshz420lkvys2jxup38m9symky6k028"
    #expect(CashAddress(text)?.prefix == "bitcoincash")
    for index in text.indices {
      var changed = text
      changed.replaceSubrange(index...index, with: text[index] == "q" ? "p" : "q")
      #expect(CashAddress(changed) == nil)
    }
    #expect(CashAddress("Qplw0d304x9fshz420lkvys2jxup38m9symky6k028") == nil)
  }
}
