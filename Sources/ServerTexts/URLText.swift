/// Where URLs stand in a text: a scheme and `://`, or `www.`, up to white space or a delimiter.
///
/// One pass, no backtracking: a scheme has at most 32 characters.
enum URLText {
  private static let schemeLimit = 32
  /// Characters of RFC 3986's "delims" and "unwise" sets: no URL holds them as they are.
  private static let delimiters: Set<Unicode.Scalar> = [
    "<", ">", "\"", "`", "\\", "^", "{", "}", "|", " ",
  ]
  /// Punctuation that ends a sentence rather than a URL.
  private static let trailing: Set<Unicode.Scalar> = [
    ".", ",", ";", ":", "!", "?", "'", "*", ")", "]",
  ]

  static func ranges(in text: [Unicode.Scalar]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var index = 0
    while index < text.count {
      let floor = found.last?.upperBound ?? 0
      guard let (start, host) = beginning(in: text, at: index, floor: floor) else {
        index += 1
        continue
      }
      found.append(start..<end(in: text, from: host))
      index = found.last?.upperBound ?? text.count
    }
    return found
  }

  /// First character of the URL whose `://` or `www.` stands at `index`, and of its host.
  private static func beginning(
    in text: [Unicode.Scalar], at index: Int, floor: Int
  ) -> (start: Int, host: Int)? {
    if text[index] == ":" {
      guard index + 3 < text.count, text[index + 1] == "/", text[index + 2] == "/",
        startsHost(text[index + 3])
      else { return nil }
      var start = index
      while start > floor, index - start < schemeLimit, isSchemePart(text[start - 1]) {
        start -= 1
      }
      while start < index, !text[start].isASCIILetter { start += 1 }
      return start < index ? (start, index + 3) : nil
    }
    guard text[index] == "w" || text[index] == "W", index + 4 < text.count,
      String(String.UnicodeScalarView(text[index..<(index + 4)])).lowercased() == "www.",
      index == floor || !text[index - 1].properties.isAlphabetic, startsHost(text[index + 4])
    else { return nil }
    return (index, index)
  }

  private static func end(in text: [Unicode.Scalar], from host: Int) -> Int {
    var end = host
    var opens: Set<Unicode.Scalar> = []
    while end < text.count, !delimiters.contains(text[end]) {
      if text[end] == "(" || text[end] == "[" { opens.insert(text[end]) }
      end += 1
    }
    while end > host + 1, trailing.contains(text[end - 1]) {
      if text[end - 1] == ")" && opens.contains("(") { break }
      if text[end - 1] == "]" && opens.contains("[") { break }
      end -= 1
    }
    return end
  }

  private static func startsHost(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isWordPart || scalar == "["
  }

  private static func isSchemePart(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCIILetter || scalar.isDigit || scalar == "+" || scalar == "." || scalar == "-"
  }
}
