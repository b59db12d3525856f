/// Finds links in a folded text, one pass, no backtracking beyond a host name.
struct LinkFinder {
  private let text: FoldedText
  private var scalars: [Unicode.Scalar] { text.revealed }
  /// Longest host that is read; DNS allows 253 characters.
  private static let longestHost = 255

  init(_ text: FoldedText) { self.text = text }

  func links() -> [TextLink] {
    var links: [TextLink] = []
    var index = 0
    while index < scalars.count {
      if let link = link(at: index) {
        links.append(link)
        index = link.range.upperBound
      } else {
        index += 1
      }
    }
    return links
  }

  private func link(at index: Int) -> TextLink? {
    let before = index > 0 ? scalars[index - 1] : " "
    let isApart = !FoldedText.isWordPart(before) && before != "@" && before != "." && before != "-"
    guard isApart else { return nil }
    for scheme in ["https://", "http://", "hxxps://", "hxxp://"] where has(scheme, at: index) {
      return rest(from: index, host: index + scheme.count, disguised: scheme.hasPrefix("hxxp"))
    }
    if has("www.", at: index) { return rest(from: index, host: index, disguised: false) }
    return bare(at: index)
  }

  /// From a host on up to what no link holds.
  private func rest(from start: Int, host: Int, disguised: Bool) -> TextLink? {
    let (name, end, isDisguised) = name(at: host)
    var stop = end
    while stop < scalars.count, !Self.ends(scalars[stop]) { stop += 1 }
    while stop > end, ".,;:!".unicodeScalars.contains(scalars[stop - 1]) { stop -= 1 }
    guard stop > host else { return nil }
    let written = text.text(start..<host).replacing("hxxp", with: "http")
    return TextLink(
      range: start..<stop, text: written + name + text.text(end..<stop),
      isObfuscated: disguised || isDisguised)
  }

  /// A name without a scheme: with a path, or with an end that is taken for a link's.
  private func bare(at index: Int) -> TextLink? {
    let (name, end, isDisguised) = name(at: index)
    guard let last = name.split(separator: ".", omittingEmptySubsequences: false).last,
      name.contains("."), last.unicodeScalars.count >= 2
    else { return nil }
    let hasPath = end < scalars.count && scalars[end] == "/"
    let isKnown = KnownPlaces.topLevels.contains(String(last))
    guard last.unicodeScalars.allSatisfy({ $0.properties.isAlphabetic }), hasPath || isKnown else {
      return nil
    }
    return rest(from: index, host: index, disguised: isDisguised)
  }

  /// A host name and where it ends; dots written in brackets or as a word are read as dots.
  private func name(at start: Int) -> (name: String, end: Int, isDisguised: Bool) {
    var name = String.UnicodeScalarView()
    var index = start
    var isDisguised = false
    while index < scalars.count, index - start < Self.longestHost {
      let scalar = scalars[index]
      if FoldedText.isWordPart(scalar) && scalar != "_" || scalar == "-" {
        name.append(text.scalars[index])
        index += 1
      } else if scalar == ".", index + 1 < scalars.count, FoldedText.isWordPart(scalars[index + 1])
      {
        name.append(".")
        index += 1
      } else if !name.isEmpty, let next = afterDisguisedDot(at: index) {
        name.append(".")
        index = next
        isDisguised = true
      } else {
        break
      }
    }
    return (String(name), index, isDisguised)
  }

  private static let bracketedDots = ["[.]", "(.)", "{.}", "[dot]", "(dot)", "{dot}"]

  /// Where the next label begins if a disguised dot stands here. The word alone counts only before
  /// the end of a name that is taken for a link's, since sentences have it too.
  private func afterDisguisedDot(at index: Int) -> Int? {
    let next = skipSpaces(index)
    for dot in Self.bracketedDots where has(dot, at: next) {
      let label = skipSpaces(next + dot.count)
      return label < scalars.count && FoldedText.isWordPart(scalars[label]) ? label : nil
    }
    guard next > index, has("dot ", at: next) else { return nil }
    let label = skipSpaces(next + 4)
    var end = label
    while end < scalars.count, scalars[end].properties.isAlphabetic { end += 1 }
    let word = String(String.UnicodeScalarView(scalars[label..<max(label, end)]))
    return KnownPlaces.topLevels.contains(word) ? label : nil
  }

  private func skipSpaces(_ index: Int) -> Int {
    var index = index
    while index < scalars.count, scalars[index] == " " { index += 1 }
    return index
  }

  private func has(_ word: String, at index: Int) -> Bool {
    index <= scalars.count && scalars[index...].starts(with: word.unicodeScalars)
  }

  private static func ends(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\n" || "<>\"')".unicodeScalars.contains(scalar)
  }
}
