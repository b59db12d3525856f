import Testing

@testable import Featurizing

@Suite("Masks take away what differs between two servers with one text")
struct TextMaskTests {
  @Test(
    "Versions, numbers, dates, addresses, links and hashes are masked, words are not",
    arguments: [
      (
        "You are connected to an ElectrumX 1.18.0 server.",
        "You are connected to an ElectrumX <V> server."
      ),
      ("height 912345, 12 peers", "height <N>, 12 peers"),
      ("since 2021-03-04.", "since <D>."),
      ("send to 1Ca1inCimwRhhcpFX84TPRrPQSryTgKW6N!", "send to <A>!"),
      ("bc1qpx674ncpwgvw06cq6jqjfp7fh5px99jdqslym7", "<A>"),
      ("see https://example.org/x?y=1 now", "see <U> now"),
      ("/Satoshi:27.0.0/", "/Satoshi:<V>/"),
      ("  a\t\tb\r\nc  ", "a b c"),
      ("deadbeefdeadbeef01", "<H>"),
      ("e\u{301}", "é"),
      ("日本 2024", "日本 <N>"),
    ])
  func masks(text: String, masked: String) {
    #expect(TextMask.mask(text) == masked)
  }

  @Test("Masking is idempotent on what implementations send")
  func idempotent() {
    for text in [
      "Connected to a Fulcrum 2.1.1 server", "Welcome to electrs 0.11.1 (Electrum Rust Server)!",
    ] {
      #expect(TextMask.mask(TextMask.mask(text)) == TextMask.mask(text))
    }
  }

  @Test("Host templates mask digits of the left-most label only")
  func templates() {
    #expect(HostTemplate.template(of: "node14.b2.example") == "node#")
    #expect(HostTemplate.template(of: "a1b2.example") == "a#b#")
    #expect(HostTemplate.template(of: "localhost") == nil)
  }
}
