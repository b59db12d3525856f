internal import Artifact
internal import Collecting
internal import Records
internal import Timekeeping

/// A connection's row as it will be written, but for what only the crawl decides: the name by which
/// the endpoint was found, how long its look-up took, and when the attempt began.
struct RowTemplate: Sendable {
  private let bytes: [UInt8]
  private let gaps: [Range<Int>]

  /// Stand-ins; inside a row's texts every quote is escaped, so that none can look like a gap.
  private static let host = "@host@"
  static let startedAt = UTCTime(microseconds: 0)
  private static let marks = [
    #""host":"@host@""#, #""resolve_us":null"#, #""started_at":"\#(startedAt.text)""#,
  ].map { Array($0.utf8) }

  /// Nil for a row without the stand-ins.
  init?(_ row: Connection) {
    var row = row
    row.host = Self.host
    row.resolveMicroseconds = nil
    let bytes = Array(RowEncoder.text(of: row).utf8)
    var gaps: [Range<Int>] = []
    for mark in Self.marks {
      guard let place = Self.find(mark, in: bytes, from: gaps.last?.upperBound ?? 0) else {
        return nil
      }
      gaps.append(place..<(place + mark.count))
    }
    self.bytes = bytes
    self.gaps = gaps
  }

  func row(_ candidate: Candidate, startedAt: UTCTime) -> [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(bytes.count + 64)
    line += bytes[..<gaps[0].lowerBound]
    line += #""host":"#.utf8
    line += JSONValue.string(candidate.host).canonicalText.utf8
    line += bytes[gaps[0].upperBound..<gaps[1].lowerBound]
    line += #""resolve_us":"#.utf8
    line += (candidate.resolveMicroseconds.map { "\($0)" } ?? "null").utf8
    line += bytes[gaps[1].upperBound..<gaps[2].lowerBound]
    line += #""started_at":"\#(startedAt.text)""#.utf8
    line += bytes[gaps[2].upperBound...]
    return line
  }

  private static func find(_ mark: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count >= mark.count else { return nil }
    let last = bytes.count - mark.count
    return bytes.withUnsafeBufferPointer { all in
      func isAt(_ place: Int) -> Bool {
        all[place] == mark[0] && all[place + mark.count - 1] == mark[mark.count - 1]
          && all[place..<(place + mark.count)].elementsEqual(mark)
      }
      // The name stands near the start, the others near the end.
      return start == 0
        ? (0...last).first(where: isAt)
        : stride(from: last, through: start, by: -1).first(where: isAt)
    }
  }
}
