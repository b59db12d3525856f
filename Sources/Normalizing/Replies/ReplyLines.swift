import Foundation
import Records

/// The newline-terminated lines of a received stream.
struct ReplyLines {
  private let bytes: [UInt8]
  private let ranges: [Range<Int>]

  /// - Parameter chunks: in order of arrival; base64 that cannot be read counts as no bytes.
  init(_ chunks: [Chunk]) {
    bytes = chunks.flatMap(\.bytes)
    ranges = Self.lines(of: bytes)
  }

  private static func lines(of bytes: [UInt8]) -> [Range<Int>] {
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return [] }
      var ranges: [Range<Int>] = []
      var start = 0
      while start < buffer.count,
        let found = memchr(base + start, Int32(UInt8(ascii: "\n")), buffer.count - start)
      {
        let end = UnsafeRawPointer(found) - base + 1
        ranges.append(start..<end)
        start = end
      }
      if start < buffer.count { ranges.append(start..<buffer.count) }
      return ranges
    }
  }

  /// The line with its end; nil outside of the stream.
  subscript(index: Int) -> ArraySlice<UInt8>? {
    ranges.indices.contains(index) ? bytes[ranges[index]] : nil
  }
}
