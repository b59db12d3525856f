import Testing

@testable import Publishing

struct TranscriptTests {
  /// The bytes that a shown line tells.
  private func bytes(_ text: String) -> [UInt8] {
    var out: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.first {
      rest = rest.dropFirst()
      guard byte == UInt8(ascii: "\\"), let kind = rest.first else {
        out.append(byte)
        continue
      }
      rest = rest.dropFirst()
      switch kind {
      case UInt8(ascii: "n"): out.append(10)
      case UInt8(ascii: "r"): out.append(13)
      case UInt8(ascii: "x"):
        out.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
        rest = rest.dropFirst(2)
      default: out.append(kind)
      }
    }
    return out
  }

  @Test func `every byte can be told from what is shown, and nothing shown acts`() {
    var state: UInt64 = 7
    for _ in 0..<400 {
      let line = (0..<40).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 56)
      }
      let shown = TranscriptLine.escape(line)
      #expect(bytes(shown) == line)
      for scalar in shown.unicodeScalars { #expect(scalar.value >= 0x20 && scalar.value != 0x7f) }
    }
    let text = "São \u{202e}\u{1b}[31m\\n ₿\n"
    #expect(bytes(TranscriptLine.escape(Array(text.utf8))) == Array(text.utf8))
    #expect(
      TranscriptLine.escape(Array(text.utf8)).hasPrefix("São \\xe2\\x80\\xae\\x1b[31m\\\\n ₿\\n"))
  }

  @Test func `credentials are left out, also where an escape hides them`() {
    let plain = Array(SampleRaw.banner.utf8)
    let shown = TranscriptLine.text(plain, limit: 1000)
    #expect(!shown.contains("secret") && shown.contains("[redacted 11 bytes]@shop.example"))
    let hidden = SampleRaw.banner.replacing("https://", with: #"https:\/\/"#)
    #expect(!TranscriptLine.text(Array(hidden.utf8), limit: 1000).contains("secret"))
  }

  @Test func `a long line is cut and says so`() {
    let shown = TranscriptLine.text([UInt8](repeating: UInt8(ascii: "a"), count: 5000), limit: 10)
    #expect(shown == "aaaaaaaaaa […] 4,990 bytes more in the raw evidence")
  }
}
