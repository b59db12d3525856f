public import Artifact

/// One host name that collect looked up, and all answers.
public struct NameResolution: ArtifactRow, Equatable {
  /// Addresses in canonical form, sorted.
  public var addresses: [String]
  /// The name, lower case, without the trailing dot.
  public var name: String
  /// `answered`, `resolve.failed` or `resolve.timed-out`.
  public var outcome: Outcome
  /// Duration of the look-up. Unit: µs. nil: not known.
  public var resolveMicroseconds: Int?

  public init(
    addresses: [String] = [], name: String, outcome: Outcome, resolveMicroseconds: Int? = nil
  ) {
    self.addresses = addresses
    self.name = name
    self.outcome = outcome
    self.resolveMicroseconds = resolveMicroseconds
  }
}

extension NameResolution {
  static let columns: [Column] = [
    Column("addresses", .texts, "Addresses in canonical form, sorted."),
    Column("name", .text, "The name, lower case, without the trailing dot."),
    Column("outcome", .word(Outcome.words), "`answered`, `resolve.failed` or `resolve.timed-out`."),
    Column("resolve_us", .integer, "Duration of the look-up.", unit: "µs", empty: "not known"),
  ]

  public static let schema = ArtifactSchema(
    id: "raw.resolutions", version: 1, encoding: .jsonl, key: ["name"],
    summary: "Every host name that was looked up in a scan, with its addresses.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(name)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.texts("addresses", addresses)
    encoder.text("name", name)
    encoder.text("outcome", outcome.rawValue)
    encoder.integer("resolve_us", resolveMicroseconds)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    addresses = try decoder.texts("addresses")
    name = try decoder.text("name")
    outcome = try decoder.word("outcome", Outcome.self)
    resolveMicroseconds = try decoder.optionalInteger("resolve_us")
  }
}
