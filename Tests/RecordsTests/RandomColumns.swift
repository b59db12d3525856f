import Artifact
import Records

/// A generator whose sequence is its seed's (SplitMix64, Steele et al. 2014).
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}

/// Fills a row with chance: empty and missing values, hostile texts, numbers of both signs.
struct RandomColumns: Columns {
  typealias Failure = Never

  private static let pieces = [
    "a", "é", "e\u{301}", ";", ",", "\"", "\\", "\n", "\r", "\t", "\0", "\u{1f}", "\u{202e}",
    "=1+1", "@", " ", "😀", "null", "\u{7f}",
  ]

  private var numbers: SeededNumbers

  init(seed: UInt64) { numbers = SeededNumbers(seed: seed) }

  private mutating func isMissing() -> Bool { Int.random(in: 0..<3, using: &numbers) == 0 }

  private mutating func randomText(from minimum: Int) -> String {
    let count = Int.random(in: minimum...6, using: &numbers)
    return (0..<count).map { _ in Self.pieces.randomElement(using: &numbers) ?? "" }.joined()
  }

  private mutating func randomNumber(_ digits: Int) -> Double {
    Double.random(in: -1e6...1e6, using: &numbers).rounded(significantDigits: digits)
  }

  mutating func text(_ name: StaticString, _ value: inout String, _ summary: StaticString) {
    value = randomText(from: 0)
  }

  // An empty cell of a CSV is a missing value: one that is there is not empty.
  mutating func text(
    _ name: StaticString, _ value: inout String?, _ summary: StaticString, nil empty: StaticString
  ) { value = isMissing() ? nil : randomText(from: 1) }

  mutating func integer(
    _ name: StaticString, _ value: inout Int, _ summary: StaticString, unit: StaticString?
  ) { value = Int.random(in: Int.min...Int.max, using: &numbers) }

  mutating func integer(
    _ name: StaticString, _ value: inout Int?, _ summary: StaticString, unit: StaticString?,
    nil empty: StaticString
  ) { value = isMissing() ? nil : Int.random(in: -1000...1000, using: &numbers) }

  mutating func number(
    _ name: StaticString, _ value: inout Double, digits: Int, _ summary: StaticString,
    unit: StaticString?
  ) { value = randomNumber(digits) }

  mutating func number(
    _ name: StaticString, _ value: inout Double?, digits: Int, _ summary: StaticString,
    unit: StaticString?, nil empty: StaticString
  ) { value = isMissing() ? nil : randomNumber(digits) }

  mutating func boolean(_ name: StaticString, _ value: inout Bool, _ summary: StaticString) {
    value = Bool.random(using: &numbers)
  }

  mutating func boolean(
    _ name: StaticString, _ value: inout Bool?, _ summary: StaticString, nil empty: StaticString
  ) { value = isMissing() ? nil : Bool.random(using: &numbers) }

  mutating func timestamp(_ name: StaticString, _ value: inout String, _ summary: StaticString) {
    value = "2026-11-30T00:00:00Z"
  }

  mutating func timestamp(
    _ name: StaticString, _ value: inout String?, _ summary: StaticString, nil empty: StaticString
  ) { value = isMissing() ? nil : "2026-11-30T00:00:00Z" }

  // A list of one empty text and an empty list are the same cell.
  mutating func texts(
    _ name: StaticString, _ value: inout [String], _ summary: StaticString, unit: StaticString?,
    nil empty: StaticString?
  ) {
    value = (0..<Int.random(in: 0...3, using: &numbers)).map { _ in randomText(from: 0) }
    if value == [""] { value = [] }
  }

  private mutating func randomWord<Word: ColumnWord>() -> Word? {
    Array(Word.allCases).randomElement(using: &numbers)
  }

  mutating func word<Word: ColumnWord>(
    _ name: StaticString, _ value: inout Word, _ summary: StaticString
  ) { value = randomWord() ?? value }

  mutating func word<Word: ColumnWord>(
    _ name: StaticString, _ value: inout Word?, _ summary: StaticString, nil empty: StaticString
  ) { value = isMissing() ? nil : randomWord() }

  mutating func word<Word: ColumnWord>(
    _ name: StaticString, _ value: inout Word?, _ summary: StaticString,
    among words: @autoclosure () -> [String], nil empty: StaticString
  ) { value = isMissing() ? nil : words().randomElement(using: &numbers).flatMap(Word.init) }

  mutating func object<Group: ColumnGroup>(
    _ name: StaticString, _ value: inout Group?, _ summary: StaticString, nil empty: StaticString
  ) {
    if isMissing() { return value = nil }
    var group = Group()
    group.columns(&self)
    value = group
  }

  mutating func objects<Group: ColumnGroup>(
    _ name: StaticString, _ value: inout [Group], _ summary: StaticString
  ) {
    value = (0..<Int.random(in: 0...3, using: &numbers)).map { _ in
      var group = Group()
      group.columns(&self)
      return group
    }
  }

  mutating func derived<Group: DerivedColumns>(_ value: inout Group) {
    guard var features = value as? FeatureSet else { return }
    for feature in Feature.allCases {
      features[feature] = randomFeature(feature.definition.kind)
    }
    if let group = features as? Group { value = group }
  }

  private mutating func randomFeature(_ kind: Column.Kind) -> FeatureValue {
    if isMissing() { return .absent }
    if isMissing() { return .unknown(.notAsked) }
    return switch kind {
    case .integer: .integer(Int.random(in: -9...9, using: &numbers))
    case .boolean: .boolean(Bool.random(using: &numbers))
    case .number(let digits): .number(randomNumber(digits))
    case .texts: .texts([randomText(from: 1), randomText(from: 0)])
    case .text, .word, .timestamp, .object, .objects: .text(randomText(from: 1))
    }
  }
}
