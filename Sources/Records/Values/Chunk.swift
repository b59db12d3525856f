public import Artifact

/// Bytes that crossed the socket at one time.
///
/// `data` holds them where they are UTF-8, `dataBase64` elsewhere; exactly one of the two is there.
public struct Chunk: ColumnGroup, Equatable {
  public var atMicroseconds: Int?
  public var data: String?
  public var dataBase64: String?

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.integer(
      "at_us", &atMicroseconds, "When they crossed.", unit: "µs", nil: "not known (imported)")
    try c.text("data", &data, "The bytes as text.", nil: "they are not UTF-8")
    try c.text("data_base64", &dataBase64, "The bytes in base64 (RFC 4648).", nil: "they are UTF-8")
  }
}
