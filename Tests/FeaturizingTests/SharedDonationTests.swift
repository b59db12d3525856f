import Records
import ServerTexts
import Testing

@testable import Featurizing

/// What a donation text is evidence of.
struct SharedDonationTests {
  private static let own = "12c6DSiU4Rq3P4ZxziKxzrL5LmMBrzjrJX"
  private static let fulcrum = "1Ca1inCimwRhhcpFX84TPRrPQSryTgKW6N"

  private func read(_ text: String, further: Set<String> = []) -> SharedDonations.Reading {
    var donations = SharedDonations(further: further)
    let reading = donations.read(text)
    let again = donations.read(text)
    #expect(reading.own == again.own && reading.isShared == again.isShared)
    return reading
  }

  @Test(arguments: SharedDonationList.entries)
  func `each entry of the list reads as what it says, and is nobody's own`(
    entry: SharedDonationList.Entry
  ) {
    let verdicts = DonationText.verdicts(onAnswer: entry.text)
    #expect(verdicts.count == 1 && verdicts.allSatisfy { $0.destinationKey != nil }, "\(verdicts)")
    #expect(read(entry.text).isShared)
    #expect(read("Donate: \(entry.text)!").own.isEmpty)
  }

  @Test(arguments: [
    fulcrum, " \(fulcrum)\n", "BTC:\(fulcrum)", "bitcoin:\(fulcrum)?amount=1",
    "bitcoincash:qplw0d304x9fshz420lkvys2jxup38m9symky6k028",
    "qplw0d304x9fshz420lkvys2jxup38m9symky6k028",
    "QPLW0D304X9FSHZ420LKVYS2JXUP38M9SYMKY6K028",
    "BITCOINCASH:QPLW0D304X9FSHZ420LKVYS2JXUP38M9SYMKY6K028",
    "bitcoincash:qplw0d304x9fshz420lkvys2jxup38m9symky6k028?amount=0.1",
    "BC1QE74QZD256KXEVQ2GN7GMSCS564LFK5TQRXQSUY",
    "BITCOIN:BC1QE74QZD256KXEVQ2GN7GMSCS564LFK5TQRXQSUY",
  ]) func `a program's default is one in every spelling`(text: String) {
    #expect(read(text).isShared)
    #expect(read(text).own.isEmpty)
  }

  @Test(arguments: [
    "your-donation-address", "none", "N/A", "your_address_here", "", "-", "<address>", "hello",
    "1YourBitcoinAddressHere", "bc1qyouraddresshere", "bc1q...",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "12c6DSiU4Rq3P4ZxziKxzrL5LmMBrzjrJY", "DONATION_ADDRESS", "0", "null", "ask me",
    "donate@example.com", "your-email@gmail.com", "ltc1qcrfg26m56r0stww5g443w72sx5da3r5c0te0ht",
    "0x52908400098527886E0F7030069857D2E4169EE7", "https://example.org/donate",
  ]) func `a text without a destination of its own is no evidence`(text: String) {
    #expect(read(text).own.isEmpty)
  }

  @Test func `what is the operator's own is told in one spelling, beside whatever stands there`() {
    #expect(read("Thanks! BTC: \(Self.own)").own == [Self.own])
    #expect(read("\(Self.fulcrum) \(Self.own)").own == [Self.own])
    #expect(!read("\(Self.fulcrum) \(Self.own)").isShared)
    #expect(read("tips@alice.example").own == ["tips@alice.example"])
    #expect(read(Self.own, further: [Self.own]).isShared)
    #expect(read(" Ask  Alice", further: ["Ask Alice"]).isShared)
  }
}
