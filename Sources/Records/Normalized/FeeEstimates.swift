public import Artifact

/// Fee rates that a server's node estimates: columns of backend views and vectors.
public struct FeeEstimates: ColumnGroup, Equatable {
  public var estimate2Status = ValueStatus.unknown
  public var estimate2: Double?
  public var estimate5Status = ValueStatus.unknown
  public var estimate5: Double?
  public var estimate6Status = ValueStatus.unknown
  public var estimate6: Double?
  public var estimate10Status = ValueStatus.unknown
  public var estimate10: Double?
  public var estimate25Status = ValueStatus.unknown
  public var estimate25: Double?
  public var estimate144Status = ValueStatus.unknown
  public var estimate144: Double?

  public init() {}

  /// Estimates that were observed, by blocks.
  public var byTarget: [Int: Double] {
    let all = [
      2: estimate2, 5: estimate5, 6: estimate6, 10: estimate10, 25: estimate25, 144: estimate144,
    ]
    return all.compactMapValues { $0 }
  }

  /// Whether any was observed, or that its node has none.
  public var isToldAny: Bool {
    [
      estimate2Status, estimate5Status, estimate6Status, estimate10Status, estimate25Status,
      estimate144Status,
    ].contains { $0 != .unknown }
  }

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.word(
      "estimate_2_status", &estimate2Status,
      "Whether an estimate for 2 blocks was observed; absent: its node answered that it has none (-1)."
    )
    try c.number(
      "estimate_2", &estimate2, digits: 9, "Fee rate that its node estimates for 2 blocks.",
      unit: "sat/vB", nil: "absent or unknown: see estimate_2_status")
    try c.word(
      "estimate_5_status", &estimate5Status,
      "Whether an estimate for 5 blocks was observed; absent: its node answered that it has none (-1)."
    )
    try c.number(
      "estimate_5", &estimate5, digits: 9, "Fee rate that its node estimates for 5 blocks.",
      unit: "sat/vB", nil: "absent or unknown: see estimate_5_status")
    try c.word(
      "estimate_6_status", &estimate6Status,
      "Whether an estimate for 6 blocks, which plans before full.v2 asked for, was observed; absent: its node answered that it has none (-1)."
    )
    try c.number(
      "estimate_6", &estimate6, digits: 9, "Fee rate that its node estimates for 6 blocks.",
      unit: "sat/vB", nil: "absent or unknown: see estimate_6_status")
    try c.word(
      "estimate_10_status", &estimate10Status,
      "Whether an estimate for 10 blocks was observed; absent: its node answered that it has none (-1)."
    )
    try c.number(
      "estimate_10", &estimate10, digits: 9, "Fee rate that its node estimates for 10 blocks.",
      unit: "sat/vB", nil: "absent or unknown: see estimate_10_status")
    try c.word(
      "estimate_25_status", &estimate25Status,
      "Whether an estimate for 25 blocks was observed; absent: its node answered that it has none (-1)."
    )
    try c.number(
      "estimate_25", &estimate25, digits: 9, "Fee rate that its node estimates for 25 blocks.",
      unit: "sat/vB", nil: "absent or unknown: see estimate_25_status")
    try c.word(
      "estimate_144_status", &estimate144Status,
      "Whether an estimate for 144 blocks was observed; absent: its node answered that it has none (-1)."
    )
    try c.number(
      "estimate_144", &estimate144, digits: 9, "Fee rate that its node estimates for 144 blocks.",
      unit: "sat/vB", nil: "absent or unknown: see estimate_144_status")
  }
}
