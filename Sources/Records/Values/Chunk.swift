import Artifact

/// Bytes that crossed the socket at one time.
///
/// `data` holds them where they are UTF-8, `dataBase64` elsewhere; exactly one of the two is there.
public struct Chunk: Sendable, Equatable {
  /// When they crossed. Unit: µs. nil: not known (imported).
  public var atMicroseconds: Int?
  /// The bytes as text. nil: they are not UTF-8.
  public var data: String?
  /// The bytes in base64 (RFC 4648). nil: they are UTF-8.
  public var dataBase64: String?

  public init(
    atMicroseconds: Int? = nil, data: String? = nil, dataBase64: String? = nil
  ) {
    self.atMicroseconds = atMicroseconds
    self.data = data
    self.dataBase64 = dataBase64
  }
}

extension Chunk {
  static let columns: [Column] = [
    Column("at_us", .integer, "When they crossed.", unit: "µs", empty: "not known (imported)"),
    Column("data", .text, "The bytes as text.", empty: "they are not UTF-8"),
    Column("data_base64", .text, "The bytes in base64 (RFC 4648).", empty: "they are UTF-8"),
  ]

  func encode(to encoder: inout RowEncoder) {
    encoder.integer("at_us", atMicroseconds)
    encoder.text("data", data)
    encoder.text("data_base64", dataBase64)
  }

  init(from decoder: inout RowDecoder) throws(ArtifactError) {
    atMicroseconds = try decoder.optionalInteger("at_us")
    data = try decoder.optionalText("data")
    dataBase64 = try decoder.optionalText("data_base64")
  }
}
