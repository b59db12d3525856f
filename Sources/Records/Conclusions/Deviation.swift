public import Artifact

/// How far a server's answers deviate from the protocol's truth.
public struct Deviation: ArtifactRow, Equatable {
  /// The server.
  public var serverID: String
  /// Deviation score in [0, 1]: calibrated on simulation, no probability of intent. nil: coverage is below one half: insufficient evidence.
  public var score: Double?
  /// In words.
  public var verdict: Verdict
  /// Weight of the indicators that could be evaluated over the weight of all.
  public var coverage: Double
  /// Indicators that could be evaluated.
  public var evaluated: Int
  /// Indicators that fired.
  public var fired: [String]

  public init(
    serverID: String, score: Double? = nil, verdict: Verdict, coverage: Double, evaluated: Int,
    fired: [String] = []
  ) {
    self.serverID = serverID
    self.score = score
    self.verdict = verdict
    self.coverage = coverage
    self.evaluated = evaluated
    self.fired = fired
  }
}

extension Deviation {
  static let columns: [Column] = [
    Column("server_id", .text, "The server."),
    Column(
      "score", .number(significantDigits: 6),
      "Deviation score in [0, 1]: calibrated on simulation, no probability of intent.",
      empty: "coverage is below one half: insufficient evidence"),
    Column("verdict", .word(Verdict.words), "In words."),
    Column(
      "coverage", .number(significantDigits: 6),
      "Weight of the indicators that could be evaluated over the weight of all."),
    Column("evaluated", .integer, "Indicators that could be evaluated."),
    Column("fired", .texts, "Indicators that fired."),
  ]

  public static let schema = ArtifactSchema(
    id: "scores.deviation", version: 1, encoding: .csv, key: ["server_id"],
    summary: "One row a reached server.", columns: columns)

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(serverID)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("server_id", serverID)
    encoder.number("score", score, significantDigits: 6)
    encoder.text("verdict", verdict.rawValue)
    encoder.number("coverage", coverage, significantDigits: 6)
    encoder.integer("evaluated", evaluated)
    encoder.texts("fired", fired)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    serverID = try decoder.text("server_id")
    score = try decoder.optionalNumber("score")
    verdict = try decoder.word("verdict", Verdict.self)
    coverage = try decoder.number("coverage")
    evaluated = try decoder.integer("evaluated")
    fired = try decoder.texts("fired")
  }
}
