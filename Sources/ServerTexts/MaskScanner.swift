/// Reads clean text once, from left to right, and replaces what a mask takes away.
struct MaskScanner {
  enum Rules {
    case banner
    /// Hashes need no digit, and any number counts after `height`, `position` or `block`.
    case error
  }

  private let text: [Unicode.Scalar]
  private let rules: Rules
  private var out: [Unicode.Scalar] = []
  /// The last word that was left as it is, for `Rules.error`.
  private var lastWord = ""

  private static let counted: Set = ["height", "position", "block"]

  init(_ text: [Unicode.Scalar], rules: Rules) {
    self.text = text
    self.rules = rules
    out.reserveCapacity(text.count)
  }

  mutating func masked() -> String {
    var index = 0
    for url in URLText.ranges(in: text) {
      scan(index..<url.lowerBound)
      replace("<U>")
      index = url.upperBound
    }
    scan(index..<text.count)
    return String(String.UnicodeScalarView(out))
  }

  /// Writes a mark; combining marks after it are left out, so that nothing composes with it.
  private mutating func replace(_ mark: String) {
    out.append(contentsOf: mark.unicodeScalars)
    lastWord = ""
  }

  private mutating func keep(_ scalars: ArraySlice<Unicode.Scalar>) {
    var scalars = scalars
    if out.last == ">" { scalars = scalars.drop(while: CleanText.isMark) }
    out.append(contentsOf: scalars)
  }

  private mutating func scan(_ part: Range<Int>) {
    var index = part.lowerBound
    while index < part.upperBound {
      guard text[index].isWordPart else {
        keep(text[index...index])
        index += 1
        continue
      }
      let run = run(at: index, in: part)
      if let form = form(run) {
        replace(Self.mark(form))
        index = run.upperBound
      } else {
        index = split(run, in: part)
      }
    }
  }

  private func run(at index: Int, in part: Range<Int>) -> Range<Int> {
    var end = index
    while end < part.upperBound, text[end].isWordPart { end += 1 }
    return index..<end
  }

  private func form(_ run: Range<Int>) -> TokenForm? {
    TokenForm.of(text[run], needsDigit: rules == .banner)
  }

  private static func mark(_ form: TokenForm) -> String {
    switch form {
    case .address: "<A>"
    case .hash: "<H>"
    case .key: "<K>"
    }
  }

  /// Writes a run that has no form as a whole: its numbers masked, what is between them by form.
  ///
  /// - Returns: where reading goes on; past the run where a number reaches beyond it.
  private mutating func split(_ run: Range<Int>, in part: Range<Int>) -> Int {
    var pieceStart = run.lowerBound
    var index = run.lowerBound
    while index < run.upperBound {
      guard text[index].isDigit else {
        index += 1
        continue
      }
      let number = number(at: index, in: part)
      index = number.end
      if let mark = number.mark {
        write(pieceStart..<number.start)
        replace(mark)
        pieceStart = index
        if index >= run.upperBound { return index }
      }
    }
    write(pieceStart..<run.upperBound)
    return run.upperBound
  }

  private mutating func write(_ piece: Range<Int>) {
    guard !piece.isEmpty else { return }
    if let form = form(piece) { return replace(Self.mark(form)) }
    let digits = text[piece].allSatisfy(\.isDigit)
    if rules == .error {
      if digits, Self.counted.contains(lastWord) { return replace("<N>") }
      lastWord = piece.count <= 16 ? TokenForm.text(text[piece]).lowercased() : ""
    }
    keep(text[piece])
  }

  // MARK: Numbers

  /// What begins with the digits at `start`; no mark for a short number.
  private func number(
    at start: Int, in part: Range<Int>
  ) -> (start: Int, end: Int, mark: String?) {
    if let end = date(at: start, in: part) { return (start, end, "<D>") }
    let digits = digitsEnd(from: start, in: part)
    var end = digits
    while let next = joined(by: ".", at: end, in: part) { end = next }
    if end > digits { return (start, end, "<V>") }
    if digits - start <= 3 {
      while let next = joined(by: ",", at: end, in: part), next - end == 4 { end = next }
      if end > digits { return (start, end, "<N>") }
    }
    return (start, end, end - start >= 4 ? "<N>" : nil)
  }

  private func digitsEnd(from start: Int, in part: Range<Int>) -> Int {
    var end = start
    while end < part.upperBound, text[end].isDigit { end += 1 }
    return end
  }

  /// The end of the digits after a separator at `index`; nil where none follow, or where they begin
  /// an address or a hash.
  private func joined(by separator: Unicode.Scalar, at index: Int, in part: Range<Int>) -> Int? {
    guard index + 1 < part.upperBound, text[index] == separator, text[index + 1].isDigit,
      form(run(at: index + 1, in: part)) == nil
    else { return nil }
    return digitsEnd(from: index + 1, in: part)
  }

  /// The end of `YYYY-MM-DD`, or of `YYYY-MM-DDThh:mm…` up to its zone.
  private func date(at start: Int, in part: Range<Int>) -> Int? {
    guard let month = field(at: start, width: 4, in: part, then: "-"),
      let day = field(at: month, width: 2, in: part, then: "-"),
      let end = field(at: day, width: 2, in: part, then: nil),
      (1...12).contains(value(month..<(month + 2))), (1...31).contains(value(day..<end))
    else { return nil }
    guard end < part.upperBound, text[end] == "T",
      let minute = field(at: end + 1, width: 2, in: part, then: ":"),
      field(at: minute, width: 2, in: part, then: nil) != nil
    else { return end }
    var last = minute
    let timeParts: Set<Unicode.Scalar> = [":", ".", "+", "-", "Z"]
    while last < part.upperBound, last - minute < 24,
      text[last].isDigit || timeParts.contains(text[last])
    {
      last += 1
    }
    while !text[last - 1].isDigit && text[last - 1] != "Z" { last -= 1 }
    return last
  }

  /// The index after exactly `width` digits and the separator.
  private func field(
    at start: Int, width: Int, in part: Range<Int>, then separator: Unicode.Scalar?
  ) -> Int? {
    let end = digitsEnd(from: start, in: part)
    guard end - start == width else { return nil }
    guard let separator else { return end }
    return end < part.upperBound && text[end] == separator ? end + 1 : nil
  }

  private func value(_ range: Range<Int>) -> Int {
    text[range].reduce(0) { $0 * 10 + Int($1.value) - 48 }
  }
}
