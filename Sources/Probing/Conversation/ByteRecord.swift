import Foundation
package import Records

/// The bytes of one direction of a connection, with the time of each chunk, within a limit.
package struct ByteRecord {
  private var chunks: [(at: Int, bytes: [UInt8])] = []
  private let limit: Int
  package private(set) var count = 0

  /// Many small chunks would cost more memory than their bytes: beyond this many, bytes are added
  /// to the last one, whose time stays that of its first byte.
  private static let maximumChunks = 4096

  /// - Parameter limit: bytes kept; what comes after is dropped.
  package init(limit: Int) {
    self.limit = limit
  }

  package var isFull: Bool { count >= limit }

  /// - Returns: how many of the bytes were kept.
  package mutating func append(_ bytes: some Collection<UInt8>, at time: Int) -> Int {
    let kept = bytes.prefix(limit - count)
    if kept.isEmpty { return 0 }
    count += kept.count
    if chunks.count < Self.maximumChunks {
      chunks.append((time, Array(kept)))
    } else {
      chunks[chunks.count - 1].bytes.append(contentsOf: kept)
    }
    return kept.count
  }

  /// The chunks as rows hold them.
  package var evidence: [Chunk] {
    chunks.map { at, bytes in Chunk(bytes, atMicroseconds: at) }
  }
}
