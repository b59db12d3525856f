public import NIOCore

/// Cuts a byte stream into lines that end with `\n`, in whatever chunks it arrives. Each byte is
/// searched once.
public struct LineSplitter: Sendable {
  /// A line grew past the limit before its end came.
  public struct TooLong: Error, Sendable, Equatable {
    /// The limit in bytes, line end included.
    public var maximumLength: Int

    public init(maximumLength: Int) {
      self.maximumLength = maximumLength
    }
  }

  /// Longest line taken, in bytes, line end included.
  public let maximumLength: Int
  private var buffer: [UInt8] = []
  private var start = 0
  private var searched = 0

  public init(maximumLength: Int = 16 << 20) {
    self.maximumLength = maximumLength
  }

  /// Bytes after the last line end.
  public var remainder: ArraySlice<UInt8> { buffer[start...] }

  public mutating func append(_ bytes: some Sequence<UInt8>) {
    if start > 0 {
      buffer.removeFirst(start)
      searched -= start
      start = 0
    }
    buffer.append(contentsOf: bytes)
  }

  public mutating func append(_ bytes: ByteBuffer) {
    append(bytes.readableBytesView)
  }

  /// The next whole line with its `\n`, or nil until more bytes are there.
  public mutating func next() throws(TooLong) -> ArraySlice<UInt8>? {
    guard let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
      searched = buffer.count
      guard buffer.count - start <= maximumLength else {
        throw TooLong(maximumLength: maximumLength)
      }
      return nil
    }
    guard end + 1 - start <= maximumLength else { throw TooLong(maximumLength: maximumLength) }
    let line = buffer[start...end]
    start = end + 1
    searched = start
    return line
  }

  /// Forgets the unfinished line, as servers do with one that is too long.
  public mutating func discardRemainder() {
    buffer.removeAll()
    start = 0
    searched = 0
  }
}
