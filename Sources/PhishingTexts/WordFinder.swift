import Ordering

/// Finds stems in a folded text.
struct WordFinder: Sendable {
  /// Stems by their first scalar, longest first.
  private let atWordStart: [Unicode.Scalar: [[Unicode.Scalar]]]
  private let anywhere: [Unicode.Scalar: [[Unicode.Scalar]]]

  init(_ words: (PhishingWords) -> [String]) {
    self.init(
      PhishingWords.all.filter { !$0.language.isUnspaced }.flatMap(words),
      anywhere: PhishingWords.all.filter(\.language.isUnspaced).flatMap(words))
  }

  init(_ stems: [String], anywhere: [String] = []) {
    atWordStart = Self.index(stems)
    self.anywhere = Self.index(anywhere)
  }

  private static func index(_ stems: [String]) -> [Unicode.Scalar: [[Unicode.Scalar]]] {
    let scalars = Set(stems).sorted().map { Array($0.unicodeScalars) }.filter { !$0.isEmpty }
    return Dictionary(grouping: scalars) { $0[0] }.mapValues { $0.sorted { $0.count > $1.count } }
  }

  /// Where stems stand, in order; none twice at one place.
  func ranges(in text: [Unicode.Scalar]) -> [Range<Int>] {
    text.indices.compactMap { index in
      let isStart = index == 0 || !FoldedText.isWordPart(text[index - 1])
      let stems = (isStart ? atWordStart[text[index]] ?? [] : []) + (anywhere[text[index]] ?? [])
      let stem = stems.first { text[index...].starts(with: $0) }
      return stem.map { index..<(index + $0.count) }
    }
  }

  func matches(_ text: [Unicode.Scalar]) -> Bool { !ranges(in: text).isEmpty }
}
