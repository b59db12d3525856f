import Foundation
import Records

/// The newline-terminated lines of a received stream.
struct ReplyLines {
  private let bytes: [UInt8]
  private let ranges: [Range<Int>]

  /// - Parameter chunks: in order of arrival; base64 that cannot be read counts as no bytes.
  init(_ chunks: [Chunk]) {
    var bytes: [UInt8] = []
    for chunk in chunks {
      if let text = chunk.data {
        bytes.append(contentsOf: text.utf8)
      } else if let data = chunk.dataBase64.flatMap({ Data(base64Encoded: $0) }) {
        bytes.append(contentsOf: data)
      }
    }
    var ranges: [Range<Int>] = []
    var start = 0
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      ranges.append(start..<(end + 1))
      start = end + 1
    }
    if start < bytes.count { ranges.append(start..<bytes.count) }
    self.bytes = bytes
    self.ranges = ranges
  }

  /// The line with its end; nil outside of the stream.
  subscript(index: Int) -> ArraySlice<UInt8>? {
    ranges.indices.contains(index) ? bytes[ranges[index]] : nil
  }
}
