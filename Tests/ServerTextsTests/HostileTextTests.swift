import Addressing
import Foundation
import ServerTexts
import Statistics
import Testing

/// Hostile text takes time in proportion to its length, and never traps.
struct HostileTextTests {
  private static let million = 1_000_000

  private static func repeated(_ part: String) -> String {
    String(repeating: part, count: million / part.utf8.count)
  }

  /// Shapes that are slow where something is read twice, or backwards.
  static let shapes: [String: String] = [
    "combining marks": "a" + repeated("\u{301}"),
    "marks of falling class": "a" + repeated("\u{345}\u{301}\u{316}\u{334}"),
    "bidi overrides": repeated("\u{202E}\u{2066}"),
    "unterminated URL": "https://" + repeated("a"),
    "scheme that never ends": repeated("a.") + "://x",
    "slashes": repeated("://"),
    "schemes": repeated("a://"),
    "digits": repeated("1"),
    "dotted digits": repeated("1."),
    "thousands": repeated("123,"),
    "dates": repeated("2021-03-04-"),
    "at signs": repeated("@"),
    "addresses": repeated("a@b."),
    "nested addresses": repeated("a.b@"),
    "hexadecimal": repeated("0123456789abcdef"),
    "groups of four": repeated("abcd "),
    "brackets": repeated("["),
    "rejected": "the transaction was rejected by network rules." + repeated("[]"),
    "echoes": repeated("TX decode failed: Make sure "),
    "Punycode": repeated("xn--a."),
    "long label": "xn--" + repeated("a"),
    "mixed scripts": repeated("a\u{430}"),
    "mixed words": repeated("a\u{430} "),
    "ligatures": repeated("\u{FDFA}"),
    "jamo": repeated("\u{1100}\u{1161}\u{11A8}"),
    "bech32": repeated("bc1q"),
    "ones": repeated("1a"),
    "payment URIs": repeated("bitcoin:1?lno=1&"),
    "plus signs": "lno1" + repeated("+q"),
    "NUL": repeated("\u{0}"),
    "white space": repeated(" \n"),
  ]

  @Test(arguments: shapes.keys.sorted()) func `every reader is done with a megabyte in seconds`(
    shape: String
  ) throws {
    let text = try #require(Self.shapes[shape])
    let seconds = cpuSeconds {
      #expect(TextMask.mask(text).unicodeScalars.count <= CleanText.limit)
      #expect(ErrorMask.mask(text).unicodeScalars.count <= CleanText.limit + 64)
      #expect(ContactTokens(in: text).tokens.count <= ContactTokens.countLimit)
      #expect(DonationText.verdicts(onAnswer: text).count <= DonationText.limit)
      #expect(DonationText.verdicts(inBanner: text).count <= DonationText.limit)
      #expect(TextAnomaly.all(inText: text).count <= TextAnomaly.limit)
      #expect(TextAnomaly.all(inName: text).count <= TextAnomaly.limit)
      _ = InternationalName(text)
      _ = OnionName(text)
      _ = HostTemplate.template(of: text)
      _ = SharedDomains(["a.b"]).domain(of: text)
    }
    // Quadratic time over these lengths is minutes; the bound leaves room for a slow machine.
    #expect(seconds < 20)
  }

  /// Time of this thread only, since other tests run beside it.
  private func cpuSeconds(_ body: () -> Void) -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    body()
    return now() - start
  }

  @Test func `any bytes are read, and read alike twice`() {
    var generator = SplitMix64(seed: 11)
    for _ in 0..<1500 {
      let count = Int.random(in: 0...120, using: &generator)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(TextMask.mask(text) == TextMask.mask(text))
      let verdicts = DonationText.verdicts(onAnswer: text)
      #expect(verdicts == DonationText.verdicts(onAnswer: text))
      #expect(ContactTokens(in: text) == ContactTokens(in: text))
      _ = TextAnomaly.all(inText: text)
      _ = InternationalName(text)
      _ = InternationalName("xn--" + text)
      if let name = InternationalName(text) { #expect(InternationalName(name.ascii) != nil) }
    }
  }
}
