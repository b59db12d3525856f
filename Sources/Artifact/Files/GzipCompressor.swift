import CZlib
import Dispatch
import Foundation

/// Compresses a byte stream into independent gzip members (RFC 1952) of 1 MiB of content each.
///
/// The member boundary depends on the content alone, so the bytes are the same for any number of
/// threads. Every header is the same ten bytes: no name, no time, operating system "unknown".
final class GzipCompressor {
  static let memberSize = 1 << 20
  private static let level: Int32 = 6

  private let threads: Int
  private let sink: (UnsafeRawBufferPointer) throws(ArtifactError) -> Void
  private var block: [UInt8] = []
  private var pending: [Member] = []
  private var writtenMembers = 0

  init(
    threads: Int, sink: @escaping (UnsafeRawBufferPointer) throws(ArtifactError) -> Void
  ) {
    self.threads = max(1, threads)
    self.sink = sink
    block.reserveCapacity(Self.memberSize)
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(ArtifactError) {
    var taken = 0
    while taken < bytes.count {
      let count = min(bytes.count - taken, Self.memberSize - block.count)
      // A buffer of its own is copied as a whole, a slice byte by byte.
      block.append(
        contentsOf: UnsafeRawBufferPointer(rebasing: bytes[taken..<(taken + count)]))
      taken += count
      if block.count == Self.memberSize { try closeMember() }
    }
  }

  /// Writes what is left; an empty stream is one empty member.
  func finish() throws(ArtifactError) {
    if !block.isEmpty || writtenMembers + pending.count == 0 { try closeMember() }
    while !pending.isEmpty { try writeOldest() }
  }

  private func closeMember() throws(ArtifactError) {
    let member = Member(content: block)
    block.removeAll(keepingCapacity: true)
    if threads == 1 {
      member.compress(level: Self.level)
      pending.append(member)
      return try writeOldest()
    }
    DispatchQueue.global().async { member.compress(level: Self.level) }
    pending.append(member)
    if pending.count > threads { try writeOldest() }
  }

  private func writeOldest() throws(ArtifactError) {
    let bytes = pending.removeFirst().wait()
    writtenMembers += 1
    try bytes.withRawBytes(sink)
  }
}

/// One gzip member: compressed once, on any thread, then waited for once.
private final class Member: @unchecked Sendable {
  // The semaphore orders the compressing thread's write before the waiting thread's read.
  private let done = DispatchSemaphore(value: 0)
  private var bytes: [UInt8]

  init(content: [UInt8]) { bytes = content }

  func wait() -> [UInt8] {
    done.wait()
    return bytes
  }

  func compress(level: Int32) {
    bytes = Self.member(of: bytes, level: level)
    done.signal()
  }

  private static func member(of content: [UInt8], level: Int32) -> [UInt8] {
    var stream = z_stream()
    // -15: a raw deflate stream; the header and the trailer are ours.
    observatory_deflateInit2(&stream, level, -15)
    defer { deflateEnd(&stream) }
    let bound = Int(deflateBound(&stream, UInt(content.count)))
    var out = [UInt8](repeating: 0, count: bound + 18)
    out.replaceSubrange(0..<10, with: [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
    var length = 10
    var source = content
    source.withUnsafeMutableBufferPointer { input in
      out.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress! + 10
        stream.avail_out = UInt32(bound)
        deflate(&stream, Z_FINISH)
        length += Int(stream.total_out)
      }
    }
    let checksum = content.withUnsafeBufferPointer {
      UInt32(truncatingIfNeeded: crc32(0, $0.baseAddress, UInt32($0.count)))
    }
    for value in [checksum, UInt32(content.count)] {
      for shift in stride(from: 0, to: 32, by: 8) {
        out[length] = UInt8(truncatingIfNeeded: value >> UInt32(shift))
        length += 1
      }
    }
    out.removeSubrange(length...)
    return out
  }
}
