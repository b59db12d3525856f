import Foundation
import ServerTexts

/// A stranger's text as it is compared: entities decoded, compatibility forms composed (NFKC), lower
/// case, nothing invisible, bounded.
struct FoldedText {
  /// Scalars that are read of a text; errors and banners are shorter, and the rest is not judged.
  static let limit = 16_384

  /// As read.
  let scalars: [Unicode.Scalar]
  /// The same with look-alikes of Latin letters replaced in words that imitate Latin ones; of the
  /// same length.
  let revealed: [Unicode.Scalar]

  init(_ text: String) {
    let decoded = EntityDecoder.decodedTwice(Array(text.unicodeScalars.prefix(Self.limit)))
    let composed = String(String.UnicodeScalarView(decoded))
      .precomposedStringWithCompatibilityMapping.lowercased()
    var kept: [Unicode.Scalar] = []
    for scalar in composed.unicodeScalars.prefix(Self.limit) {
      if scalar.properties.isWhitespace {
        kept.append(scalar == "\n" ? "\n" : " ")
      } else if !Skeleton.isInvisible(scalar), scalar.value != 0x307 {
        // U+0307 stands behind the i of a Turkish capital in lower case.
        kept.append(scalar)
      }
    }
    scalars = kept
    revealed = Skeleton.revealed(kept)
  }

  /// What stands in a range, as read.
  func text(_ range: Range<Int>) -> String {
    String(String.UnicodeScalarView(scalars[range]))
  }

  func isWordPart(_ index: Int) -> Bool {
    guard revealed.indices.contains(index) else { return false }
    return Self.isWordPart(revealed[index])
  }

  static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || ("0"..."9").contains(scalar) || scalar.properties.isAlphabetic
  }
}
