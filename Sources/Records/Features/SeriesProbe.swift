public import Artifact

/// A probe of the series and the number of its bit.
public struct SeriesProbe: ArtifactRow, Equatable {
  /// Number of its bit, from 0, in the byte order of the ids.
  public var bit: Int
  /// Permanent id of the probe.
  public var probe: String
  /// Family of probes; `other` where these programs do not know it.
  public var family: String
  /// Why it is asked. nil: these programs do not know it.
  public var purpose: String?
  /// What its usual answer costs a client under the model of ElectrumX, which closes a session at 10000. nil: these programs do not know it.
  public var cost: Double?
  /// Servers whose signature covers it.
  public var servers: Int

  public init(
    bit: Int, probe: String, family: String, purpose: String? = nil, cost: Double? = nil,
    servers: Int
  ) {
    self.bit = bit
    self.probe = probe
    self.family = family
    self.purpose = purpose
    self.cost = cost
    self.servers = servers
  }
}

extension SeriesProbe {
  static let columns: [Column] = [
    Column("bit", .integer, "Number of its bit, from 0, in the byte order of the ids."),
    Column("probe", .text, "Permanent id of the probe."),
    Column("family", .text, "Family of probes; `other` where these programs do not know it."),
    Column("purpose", .text, "Why it is asked.", empty: "these programs do not know it"),
    Column(
      "cost", .number(significantDigits: 6),
      "What its usual answer costs a client under the model of ElectrumX, which closes a session at 10000.",
      empty: "these programs do not know it"),
    Column("servers", .integer, "Servers whose signature covers it."),
  ]

  public static let schema = ArtifactSchema(
    id: "features.probes", version: 1, encoding: .csv, key: ["bit"],
    summary:
      "The probes of the series, numbered: what the bits of a mask stand for, in this dataset only.",
    columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(bit)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.integer("bit", bit)
    encoder.text("probe", probe)
    encoder.text("family", family)
    encoder.text("purpose", purpose)
    encoder.number("cost", cost, significantDigits: 6)
    encoder.integer("servers", servers)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    bit = try decoder.integer("bit")
    probe = try decoder.text("probe")
    family = try decoder.text("family")
    purpose = try decoder.optionalText("purpose")
    cost = try decoder.optionalNumber("cost")
    servers = try decoder.integer("servers")
  }
}
