public import Artifact
import Foundation

/// Bytes that crossed the socket at one time.
///
/// Whoever wants the bytes asks for ``bytes``; in a row they are text where they are UTF-8, and base64
/// elsewhere.
public struct Chunk: ColumnGroup, Equatable {
  public var atMicroseconds: Int?
  public var data: String?
  public var dataBase64: String?

  public init() {}

  /// - Parameter atMicroseconds: since the connection's start; nil: not known.
  public init(_ bytes: some Sequence<UInt8>, atMicroseconds: Int?) {
    let bytes = Array(bytes)
    self.atMicroseconds = atMicroseconds
    data = String(validating: bytes, as: UTF8.self)
    if data == nil { dataBase64 = Data(bytes).base64EncodedString() }
  }

  /// None where the base64 of a row cannot be read.
  public var bytes: [UInt8] {
    if let data { return Array(data.utf8) }
    return dataBase64.flatMap { Data(base64Encoded: $0) }.map { Array($0) } ?? []
  }

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.integer(
      "at_us", &atMicroseconds, "When they crossed.", unit: "µs", nil: "not known (imported)")
    try c.text("data", &data, "The bytes as text.", nil: "they are not UTF-8")
    try c.text("data_base64", &dataBase64, "The bytes in base64 (RFC 4648).", nil: "they are UTF-8")
  }
}
