/// Error texts that repeat what the client sent: the words around the repetition.
///
/// Facts of recorded conversations with ElectrumX 1.16 to 2.0 and Fulcrum 2.1. The name of a method
/// that is not known is no echo here: the probe decides it, and how a server spells it tells
/// servers apart.
struct EchoTemplate {
  /// nil: the echo begins the text.
  let before: String?
  /// nil: the echo ends the text.
  let after: String?
  /// What the whole text must begin with.
  var opening = ""

  static let all: [EchoTemplate] =
    [
      "is not a valid script hash", "should be a transaction hash", "should be a hex string",
      "should be a list", "should be a non-negative integer",
    ].map { EchoTemplate(before: nil, after: $0) }
    + [
      "invalid request arguments:", "unsupported protocol version:", "Bad version tuple:",
      "unknown estimatefee mode:", "invalid \"id\":", "Failed to parse Json from string:",
      "not a valid hex encoded transaction package:", "Package txids:",
    ].map { EchoTemplate(before: $0, after: nil) }
    + [
      EchoTemplate(before: "TX decode failed:", after: "Make sure"),
      EchoTemplate(
        before: "[", after: "]", opening: "the transaction was rejected by network rules."),
    ]

  /// The text with the echo replaced by `<E>`; nil where the template does not fit.
  ///
  /// An echo that may end the text is taken from the first `before` on; one in brackets from the
  /// last bracket, since what stands before it is the node's own text.
  func applied(to text: String) -> String? {
    guard text.hasPrefix(opening) else { return nil }
    switch (before, after) {
    case (nil, let after?):
      guard text.hasSuffix(after) else { return nil }
      let echo = text.dropLast(after.count)
      // Fulcrum names the parameter instead of repeating the value.
      if echo.hasSuffix("parameter ") || echo.hasSuffix("argument ") { return nil }
      return "<E> " + after
    case (let before?, nil):
      guard let place = text.range(of: before) else { return nil }
      return text[..<place.upperBound] + " <E>"
    case (let before?, let after?):
      guard let end = text.lastRange(of: after),
        let start = text[..<end.lowerBound].lastRange(of: before)
      else { return nil }
      let gap = after == "]" ? "" : " "
      return "\(text[..<start.upperBound])\(gap)<E>\(gap)\(text[end.lowerBound...])"
    case (nil, nil): return nil
    }
  }
}

extension StringProtocol {
  /// By scalars, so that a combining mark after the words does not hide them.
  fileprivate func range(of words: String) -> Range<String.Index>? {
    let scalars = Array(words.unicodeScalars)
    var index = startIndex
    while index < endIndex {
      if unicodeScalars[index...].starts(with: scalars) {
        return index..<unicodeScalars.index(index, offsetBy: scalars.count)
      }
      index = unicodeScalars.index(after: index)
    }
    return nil
  }

  fileprivate func lastRange(of words: String) -> Range<String.Index>? {
    var found: Range<String.Index>?
    var rest = self[startIndex...]
    while let range = rest.range(of: words) {
      found = range
      rest = self[range.upperBound...]
    }
    return found
  }
}
