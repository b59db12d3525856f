public import Artifact

/// Which probes a server answered, and how, in one value.
public struct ServerBehaviour: ArtifactRow, Equatable {
  /// The server.
  public var serverID: String
  /// Probes covered as a hexadecimal number, as long for every server: bit i, worth 2 to the power of i, is the probe of bit i in features.probes.
  public var covered: String
  /// Number of probes covered.
  public var probesCovered: Int
  /// SHA-256 over the signatures of the probes covered. Two differ where other probes are covered: compare by probe, on the bits of both. nil: no probe was answered.
  public var signature: String?
  /// The same over each family of probes, as `family=` and 16 hexadecimal digits.
  public var familySignatures: [String]

  public init(
    serverID: String, covered: String, probesCovered: Int, signature: String? = nil,
    familySignatures: [String] = []
  ) {
    self.serverID = serverID
    self.covered = covered
    self.probesCovered = probesCovered
    self.signature = signature
    self.familySignatures = familySignatures
  }
}

extension ServerBehaviour {
  static let columns: [Column] = [
    Column("server_id", .text, "The server."),
    Column(
      "covered", .text,
      "Probes covered as a hexadecimal number, as long for every server: bit i, worth 2 to the power of i, is the probe of bit i in features.probes."
    ),
    Column("probes_covered", .integer, "Number of probes covered."),
    Column(
      "signature", .text,
      "SHA-256 over the signatures of the probes covered. Two differ where other probes are covered: compare by probe, on the bits of both.",
      empty: "no probe was answered"),
    Column(
      "family_signatures", .texts,
      "The same over each family of probes, as `family=` and 16 hexadecimal digits."),
  ]

  public static let schema = ArtifactSchema(
    id: "features.behaviours", version: 1, encoding: .csv, key: ["server_id"],
    summary:
      "One row a server: the probes that its behaviour signature covers, as a bitmask, and the signature as a whole and by family.",
    columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(serverID)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("server_id", serverID)
    encoder.text("covered", covered)
    encoder.integer("probes_covered", probesCovered)
    encoder.text("signature", signature)
    encoder.texts("family_signatures", familySignatures)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    serverID = try decoder.text("server_id")
    covered = try decoder.text("covered")
    probesCovered = try decoder.integer("probes_covered")
    signature = try decoder.optionalText("signature")
    familySignatures = try decoder.texts("family_signatures")
  }
}
