import CZlib
import Digests

/// Inflates gzip members one after the other (RFC 1952), checking every trailer.
struct GzipDecompressor: ~Copyable {
  private var stream: UnsafeMutablePointer<z_stream>
  private var atMemberStart = true
  private(set) var members = 0
  private let allowsPadding: Bool
  private var isInPadding = false

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
    switch status {
    case Z_STREAM_END:
      members += 1
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
    throw ArtifactError(
      .corrupt,
      expected: isInPadding ? "the end of the file" : "a further gzip member or the end",
      found: isInPadding
        ? "bytes behind zero padding (\(Hex.text(input.prefix(2))))"
        : "trailing bytes that are no gzip member (\(Hex.text(input.prefix(2))))")
  }
}
