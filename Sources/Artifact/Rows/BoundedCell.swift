internal import Digests

/// The cell of a CSV table that was too long for it.
public struct LongCell: Equatable, Sendable {
  public let column: String
  /// The whole cell, with its escapes, as it would have stood in the table.
  public let value: String
  /// Length of `value` in Unicode code points.
  public let characters: Int
  /// SHA-256 of `value` in UTF-8: 64 hexadecimal digits.
  public let sha256: String
}

/// Cuts a cell that is longer than spreadsheets and CSV readers take.
///
/// What is left ends with a mark, `\[cut to 32650 of 140000 characters: sha256 …]`; in a list
/// the mark is an item of its own and counts items too. No text gives such a mark: the escaped form
/// of a backslash is two (see `EscapedText`). A cut parts no escape, no character and no item.
public enum BoundedCell {
  /// The most that a spreadsheet's cell holds, in UTF-16 code units (Excel specifications and limits:
  /// "Total number of characters that a cell can contain"). Python's `csv` takes 131,072 characters.
  public static let limit = 32_767

  /// The short form of a cell; nil where the cell is short enough.
  static func shorten(
    _ cell: ArraySlice<UInt8>, column: String, isList: Bool
  ) -> (bytes: [UInt8], long: LongCell)? {
    guard utf16Count(cell) > limit else { return nil }
    let long = LongCell(
      column: column, value: String(decoding: cell, as: UTF8.self),
      characters: codePoints(cell), sha256: SHA256.hex(cell))
    var bytes: [UInt8]
    if isList {
      let items = cell.count { $0 == separator } + 1
      let room = limit - mark(of: long, kept: items, of: items).utf8.count - 1
      let (end, kept) = lastItem(of: cell, within: room)
      bytes = Array(cell[..<end])
      if kept > 0 { bytes.append(separator) }
      bytes.append(contentsOf: mark(of: long, kept: kept, of: items).utf8)
    } else {
      let room = limit - mark(of: long, kept: long.characters).utf8.count
      bytes = Array(cell[..<lastToken(of: cell, within: room)])
      bytes.append(contentsOf: mark(of: long, kept: codePoints(bytes[...])).utf8)
    }
    return (bytes, long)
  }

  private static let separator = UInt8(ascii: ";")

  private static func mark(of long: LongCell, kept: Int, of items: Int? = nil) -> String {
    let all =
      items.map { "\($0) items (\(long.characters) characters)" } ?? "\(long.characters) characters"
    return "\\[cut to \(kept) of \(all): sha256 \(long.sha256)]"
  }

  private static func codePoints(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.count { $0 & 0xc0 != 0x80 }
  }

  /// A code point of four bytes is two code units, any other one.
  private static func utf16Count(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 + ($1 & 0xc0 == 0x80 ? 0 : $1 >= 0xf0 ? 2 : 1) }
  }

  /// Bytes of the escape or the character that begins at an index.
  private static func tokenLength(_ cell: ArraySlice<UInt8>, at index: Int) -> Int {
    switch cell[index] {
    case UInt8(ascii: "\\"):
      switch cell[index + 1] {
      case UInt8(ascii: "u"): 6
      case UInt8(ascii: "U"): 10
      default: 2
      }
    case 0xf0...: 4
    case 0xe0...: 3
    case 0xc0...: 2
    default: 1
    }
  }

  /// Where the last whole escape or character ends that `room` code units hold.
  private static func lastToken(of cell: ArraySlice<UInt8>, within room: Int) -> Int {
    var end = cell.startIndex
    var units = 0
    while end < cell.endIndex {
      let next = end + tokenLength(cell, at: end)
      units += utf16Count(cell[end..<next])
      if units > room { break }
      end = next
    }
    return end
  }

  /// Where the last whole item ends that `room` code units hold, and how many items that are.
  private static func lastItem(
    of cell: ArraySlice<UInt8>, within room: Int
  ) -> (end: Int, kept: Int) {
    var end = cell.startIndex
    var kept = 0
    var units = 0
    for (index, byte) in zip(cell.indices, cell) {
      if byte == separator {
        end = index
        kept += 1
      }
      units += utf16Count(cell[index...index])
      if units > room { break }
    }
    return (end, kept)
  }
}
