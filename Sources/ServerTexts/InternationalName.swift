import Foundation

/// A host name in both its forms.
///
/// What a server sent is the name; Unicode is derived from it, for people to read, and never
/// compared. Its `xn--` labels are taken as they are; a label in Unicode is mapped as UTS 46 says.
public struct InternationalName: Sendable, Equatable {
  /// Lower case, Unicode labels as `xn--`, no final dot.
  public let ascii: String
  /// The name with its `xn--` labels decoded; nil where it has none, or one of them is wrong.
  public let unicode: String?
  /// `xn--` labels that decode to nothing, or to a label whose own form is another.
  public let wrongLabels: [String]

  private static let prefix = "xn--"

  /// Nil for a name over 253 characters, with an empty or too long label, or with a character that
  /// no name has.
  public init?(_ name: String) {
    guard name.utf8.count <= 1024 else { return nil }
    var lower = name.precomposedStringWithCanonicalMapping.lowercased()
    if lower.hasSuffix(".") { lower.removeLast() }
    var ascii: [String] = []
    var shown: [String] = []
    var wrong: [String] = []
    guard !lower.isEmpty else { return nil }
    for label in lower.split(separator: ".", omittingEmptySubsequences: false).map(String.init) {
      guard let encoded = Self.encoded(label) else { return nil }
      ascii.append(encoded)
      shown.append(label)
      guard encoded.hasPrefix(Self.prefix) else { continue }
      if let decoded = Self.decoded(encoded) {
        shown[shown.count - 1] = decoded
      } else {
        wrong.append(encoded)
      }
    }
    self.ascii = ascii.joined(separator: ".")
    guard self.ascii.utf8.count <= 253 else { return nil }
    wrongLabels = wrong
    unicode = wrong.isEmpty && ascii != shown ? shown.joined(separator: ".") : nil
  }

  /// The label as DNS has it; nil where it cannot have it.
  private static func encoded(_ label: String) -> String? {
    let isASCII = label.utf8.allSatisfy { $0 < 0x80 }
    guard isASCII || !label.unicodeScalars.contains(where: isForeign),
      let text = isASCII ? label : InternationalLabel.encoded(label),
      (1...63).contains(text.utf8.count), text.utf8.first != UInt8(ascii: "-"),
      text.utf8.allSatisfy(isNamePart)
    else { return nil }
    return text
  }

  private static func decoded(_ label: String) -> String? {
    guard let text = InternationalLabel.decoded(label),
      text.utf8.contains(where: { $0 >= 0x80 }), !text.unicodeScalars.contains(where: isForeign),
      text.precomposedStringWithCanonicalMapping.lowercased().unicodeScalars
        .elementsEqual(text.unicodeScalars)
    else { return nil }
    return text
  }

  /// Letters, digits, hyphens, and the underscore that some names have.
  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func isForeign(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return !isNamePart(UInt8(scalar.value)) }
    return CleanText.isIgnored(scalar) || scalar.properties.isWhitespace
      || ["。", "．", "｡"].contains(scalar)
  }
}
