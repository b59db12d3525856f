/// In which encoding the first bytes of a text say that it is written.
public struct TextEncoding: Sendable, Equatable {
  /// Bytes of the byte order mark of UTF-8; 0: there is none.
  public let markLength: Int
  /// Name of an encoding other than UTF-8; nil: nothing tells of one.
  public let foreignName: String?

  /// - Parameter first: the text, or its first four bytes or more.
  public init(of first: some Collection<UInt8>) {
    let head = Array(first.prefix(4))
    markLength = head.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    let marks: [([UInt8], String)] = [
      ([0xff, 0xfe, 0, 0], "UTF-32"), ([0, 0, 0xfe, 0xff], "UTF-32"), ([0xff, 0xfe], "UTF-16"),
      ([0xfe, 0xff], "UTF-16"),
    ]
    if let mark = marks.first(where: { head.starts(with: $0.0) }) {
      foreignName = "\(mark.1) (it begins with that byte order mark)"
    } else {
      // The first character of JSON is ASCII: without a mark, zeros tell how wide it is.
      switch head.map({ $0 == 0 }) {
      case [false, true, true, true], [true, true, true, false]: foreignName = "UTF-32"
      case [false, true, false, true], [true, false, true, false], [false, true], [true, false]:
        foreignName = "UTF-16"
      default: foreignName = nil
      }
    }
  }
}
