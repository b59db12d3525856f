import ServerTexts
import Testing

/// How often a token stands in a text, and how many are left out.
struct TokenCountTests {
  private let address = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"

  @Test func `a token is counted wherever it stands, however it is written`() {
    let found = ContactTokens(
      in: "a@example.org, A@EXAMPLE.ORG\nmailto:a@example.org b@example.org")
    #expect(found.tokens.map { found.counts[$0] } == [3, 1])
    #expect(found.dropped == 0)
  }

  @Test func `a token that is too long is left out and counted as left out`() {
    let long = "https://example.org/" + String(repeating: "a", count: 300)
    let found = ContactTokens(in: "\(long) a@example.org")
    #expect(found.tokens.map(\.value) == ["a@example.org"])
    #expect(found.dropped == 1)
    #expect(!found.isComplete)
  }

  @Test func `what is left out of many is the rest, and has no count`() {
    let many = (0..<100).map { "user\($0)@example.org" }.joined(separator: " ")
    let found = ContactTokens(in: many)
    #expect(found.dropped == 100 - ContactTokens.countLimit)
    #expect(Set(found.counts.keys) == Set(found.tokens))
  }

  @Test func `a destination is counted over all lines of a text`() {
    let found = PaymentDestinations(inBanner: "BTC \(address)\n(\(address)), bitcoin:\(address)")
    #expect(found.verdicts.count == 1)
    #expect(found.verdicts.map { found.counts[$0] } == [3])
  }

  @Test func `destinations beyond the limit are counted as left out`() {
    let digits = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijk")
    let wrong = digits.map { String(address.dropLast()) + String($0) }
    let found = PaymentDestinations(inAnswer: wrong.joined(separator: " "))
    #expect(found.verdicts.count == DonationText.limit)
    #expect(found.dropped == wrong.count - DonationText.limit)
  }

  @Test(arguments: [
    ("post@bücher.example", "xn--bcher-kva.example"), ("@a@Example.org", "example.org"),
    ("@alice:matrix.org", "matrix.org"), ("https://u@Example.org:8080/@x/y", "example.org"),
    ("http://[2001:DB8::1]/", "[2001:db8::1]"),
  ]) func `a token's host is the part of it that a registry knows`(text: String, host: String) {
    #expect(ContactTokens(in: text).tokens.map(\.host) == [host])
  }

  @Test func `a key or a name of a network has no host`() {
    let found = ContactTokens(in: "gpg 0xDEADBEEF01234567 Telegram @abc @def")
    #expect(found.tokens.map(\.host) == [nil, nil, nil])
    #expect(found.tokens.count == 3)
  }

  @Test func `only a name and an offer of Lightning have no checksum`() {
    let texts = [
      address, "tips@example.org", "₿tips@example.org",
      "lno1zcss9mk8y3wkklfvevcrszlmu23kfrxh49px20665dqwmn4p72pksese",
    ]
    let checked = texts.map { text in
      PaymentDestinations(inAnswer: text).verdicts.map { verdict in
        if case .valid(let target) = verdict { target.hasChecksum } else { false }
      }
    }
    #expect(checked == [[true], [false], [false], [false]])
  }

  @Test func `a shared domain is of the kind that the list says`() {
    let shared = SharedDomains(["ddns.net": .dynamicDNS, "ip-#-#-#.eu": .hoster])
    #expect(shared.kind(of: "a.ddns.net") == .dynamicDNS)
    #expect(shared.kind(of: "x.ip-1-2-3.eu") == .hoster)
    #expect(shared.kind(of: "example.org") == nil)
    #expect(SharedDomains(["ddns.net"]).kind(of: "ddns.net") == .unspecified)
    let verdict = RegistrableDomain(of: "A.DDNS.net.", shared: shared) { _ in "ddns.net" }
    #expect(verdict == .unknown(.dynamicDNS))
  }
}
