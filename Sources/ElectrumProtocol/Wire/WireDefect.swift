/// Something in a line that JSON does not allow.
public struct WireDefect: Error, Sendable, Equatable, CustomStringConvertible {
  public enum Kind: String, Sendable, CaseIterable {
    // These end the reading of a line.
    case empty
    case unexpectedByte = "unexpected-byte"
    case unexpectedEnd = "unexpected-end"
    case badNumber = "bad-number"
    case badEscape = "bad-escape"
    case trailingBytes = "trailing-bytes"
    case tooDeep = "too-deep"
    case tooManyValues = "too-many-values"
    case tooLong = "too-long"
    // These are repaired and noted.
    case invalidUTF8 = "invalid-utf-8"
    case loneSurrogate = "lone-surrogate"
    case controlCharacter = "control-character"
    case notFinite = "not-finite"
    case leadingZero = "leading-zero"
  }

  public var kind: Kind
  /// 0-based position of the offending byte in the line.
  public var offset: Int

  public init(_ kind: Kind, offset: Int) {
    self.kind = kind
    self.offset = offset
  }

  public var description: String { "\(kind.rawValue) at byte \(offset)" }
}
