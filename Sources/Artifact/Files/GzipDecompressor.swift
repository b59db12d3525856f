import CZlib
import Digests

/// Inflates gzip members one after the other (RFC 1952), checking every trailer.
struct GzipDecompressor: ~Copyable {
  private var stream: UnsafeMutablePointer<z_stream>
  private var atMemberStart = true
  private(set) var members = 0
  private let allowsPadding: Bool
  private var isInPadding = false
  /// Bytes of the file up to the end of the last whole member.
  private(set) var wholeBytes = 0
  private var consumedBytes = 0

  /// - Parameter allowsPadding: whether zeros behind the last member are passed over, as `gzip -dc`
  ///   does: tapes and block devices pad files with them.
  init(allowsPadding: Bool = false) {
    self.allowsPadding = allowsPadding
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 15 + 16: gzip members only, their header and trailer checked by zlib.
    observatory_inflateInit2(stream, 15 + 16)
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// True between members: the only place where a stream may end.
  var isAtEnd: Bool { atMemberStart }

  /// Inflates from `input` into `output`.
  /// - Returns: the bytes consumed and the bytes produced.
  mutating func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(ArtifactError) -> (consumed: Int, produced: Int) {
    if atMemberStart {
      if input.isEmpty { return (0, 0) }
      if allowsPadding, members > 0 {
        let zeros = input.prefix { $0 == 0 }.count
        if zeros > 0 {
          isInPadding = true
          consumedBytes += zeros
          return (zeros, 0)
        }
      }
      try checkMagic(input)
    }
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(input.count)
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(output.count)
    let status = CZlib.inflate(stream, Z_NO_FLUSH)
    let consumed = input.count - Int(stream.pointee.avail_in)
    let produced = output.count - Int(stream.pointee.avail_out)
    consumedBytes += consumed
    switch status {
    case Z_STREAM_END:
      members += 1
      wholeBytes = consumedBytes
      atMemberStart = true
      inflateReset(stream)
    case Z_OK, Z_BUF_ERROR: atMemberStart = false
    default:
      let message = stream.pointee.msg.map { String(cString: $0) } ?? "status \(status)"
      throw ArtifactError(.corrupt, expected: "an intact gzip member", found: message)
    }
    return (consumed, produced)
  }

  private func checkMagic(_ input: UnsafeRawBufferPointer) throws(ArtifactError) {
    let isGzip = input[0] == 0x1f && (input.count < 2 || input[1] == 0x8b)
    if isGzip && !isInPadding { return }
    if members == 0 {
      throw ArtifactError(
        .notGzip, expected: "a gzip file (1f 8b)", found: Hex.text(input.prefix(2)))
    }
    let first = Array(input.prefix(16))
    let isText = first.allSatisfy { 0x20..<0x7f ~= $0 }
    let shown = isText ? "the text '\(String(decoding: first, as: UTF8.self))'" : Hex.text(first)
    let place = isInPadding ? "behind zero padding" : "behind the last member"
    throw ArtifactError(
      .trailingBytes,
      expected: isInPadding
        ? "the end of the file" : "a further gzip member or the end of the file",
      found:
        "other bytes \(place), which ends at byte \(isInPadding ? consumedBytes : wholeBytes): \(shown)",
      remedy: "see what they are (tail --bytes=+\(consumedBytes + 1) FILE); "
        + "without them the file is: head --bytes=\(wholeBytes) FILE")
  }
}
