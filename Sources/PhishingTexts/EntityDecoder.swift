/// Reads HTML's character references as a wallet that shows rich text does.
enum EntityDecoder {
  /// References that hide markup, links or words; HTML has some two thousand more, which are left.
  private static let named: [String: Unicode.Scalar] = [
    "lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'", "nbsp": " ", "colon": ":",
    "sol": "/", "period": ".", "dot": "\u{2D9}", "equals": "=", "num": "#", "quest": "?",
    "lpar": "(", "rpar": ")", "lsqb": "[", "rsqb": "]", "hyphen": "-", "dash": "\u{2010}",
    "lowbar": "_", "commat": "@", "excl": "!", "comma": ",", "semi": ";", "percnt": "%",
    "Tab": "\t", "NewLine": "\n", "shy": "\u{AD}", "zwnj": "\u{200C}", "zwj": "\u{200D}",
  ]
  private static let longest = 10

  /// Twice, since one decoding of a doubly encoded text leaves markup for who decodes again.
  static func decodedTwice(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    decoded(decoded(text))
  }

  private static func decoded(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    guard text.contains("&") else { return text }
    var result: [Unicode.Scalar] = []
    var index = 0
    while index < text.count {
      if text[index] == "&", let (scalar, next) = reference(in: text, after: index + 1) {
        result.append(scalar)
        index = next
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }

  private static func reference(
    in text: [Unicode.Scalar], after start: Int
  ) -> (Unicode.Scalar, Int)? {
    var end = start
    while end < text.count, end - start < longest, text[end] != ";", text[end].isASCII {
      guard text[end].properties.isAlphabetic || text[end] == "#" || isDigit(text[end]) else {
        break
      }
      end += 1
    }
    let name = String(String.UnicodeScalarView(text[start..<end]))
    let next = end < text.count && text[end] == ";" ? end + 1 : end
    guard name.hasPrefix("#") else {
      return next > end ? named[name].map { ($0, next) } : nil
    }
    let digits = name.dropFirst()
    let code =
      digits.first == "x" || digits.first == "X"
      ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return code.flatMap { Unicode.Scalar($0) }.map { ($0, next) }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
