import Artifact
import StageKit

/// Reads a file that is one JSON array, element by element: memory holds one element.
struct JSONArrayReader {
  /// Longest element, and most elements.
  static let elementLimit = 16 << 20
  static let countLimit = 10_000_000

  private enum State {
    case beforeArray
    case beforeElement(isFirst: Bool)
    case inElement
    case afterArray
  }

  private let file: ForeignFile
  private var chunk: [UInt8] = []
  private var position = 0
  private var state = State.beforeArray
  private var element: [UInt8] = []
  private var depth = 0
  private var isInText = false
  private var isEscaped = false
  /// 1-based number of the element last returned.
  private(set) var row = 0

  init(_ file: ForeignFile) {
    self.file = file
  }

  /// The next element; nil after the last.
  ///
  /// - Throws: `stage.bad-input` with the row.
  mutating func next() throws(StageError) -> ForeignLine? {
    while true {
      guard position < chunk.count else {
        guard let more = try file.next() else { return try end() }
        chunk = more
        position = 0
        continue
      }
      let byte = chunk[position]
      position += 1
      if try take(byte) { return try finish() }
    }
  }

  /// True where the byte ends an element.
  private mutating func take(_ byte: UInt8) throws(StageError) -> Bool {
    let isSpace = byte == 0x20 || (0x09...0x0d).contains(byte)
    switch state {
    case .beforeArray:
      if isSpace { return false }
      guard byte == UInt8(ascii: "[") else { throw bad("a JSON array of rows", Self.show(byte)) }
      state = .beforeElement(isFirst: true)
    case .beforeElement(let isFirst):
      if isSpace { return false }
      if byte == UInt8(ascii: "]"), isFirst {
        state = .afterArray
        return false
      }
      state = .inElement
      return try take(byte)
    case .inElement: return try takeInElement(byte)
    case .afterArray:
      guard isSpace else { throw bad("nothing after the array", Self.show(byte)) }
    }
    return false
  }

  private mutating func takeInElement(_ byte: UInt8) throws(StageError) -> Bool {
    if depth == 0, !isInText {
      if byte == UInt8(ascii: ",") {
        state = .beforeElement(isFirst: false)
        return true
      }
      if byte == UInt8(ascii: "]") {
        state = .afterArray
        return true
      }
    }
    element.append(byte)
    guard element.count <= Self.elementLimit else {
      throw bad("a row of at most \(Self.elementLimit) bytes", "a longer one", row: row + 1)
    }
    if isInText {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInText = false
      }
      return false
    }
    switch byte {
    case UInt8(ascii: "\""): isInText = true
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
    default: break
    }
    return false
  }

  private mutating func finish() throws(StageError) -> ForeignLine {
    row += 1
    guard row <= Self.countLimit else {
      throw bad("at most \(Self.countLimit) rows", "more", row: row)
    }
    defer { element.removeAll(keepingCapacity: true) }
    return ForeignLine(bytes: element, file: file.path, number: row)
  }

  private func end() throws(StageError) -> ForeignLine? {
    switch state {
    case .afterArray: return nil
    case .beforeArray: throw bad("a JSON array of rows", "an empty file")
    case .beforeElement, .inElement:
      throw bad("the end of the array", "the end of the file", row: row + 1)
    }
  }

  func bad(_ expected: String, _ found: String, row: Int? = nil) -> StageError {
    StageError(
      .badInput, place: file.path + (row.map { ", row \($0)" } ?? ""), expected: expected,
      found: found, remedy: "correct the file or fetch it again")
  }

  private static func show(_ byte: UInt8) -> String {
    "\"\(EscapedText.escape(String(decoding: [byte], as: UTF8.self)))\""
  }
}
