public import Artifact

/// How often a family comes back when a fifth of the servers and of the probes is left out.
public enum FamilyStability: String, ColumnWord {
  case highlyStable = "highly-stable"
  case stable
  case pattern
  case dissolved

  /// By the mean of the greatest Jaccard overlaps (Hennig 2007).
  public init(meanOverlap: Double) {
    self =
      meanOverlap >= 0.85
      ? .highlyStable : meanOverlap >= 0.75 ? .stable : meanOverlap >= 0.6 ? .pattern : .dissolved
  }
}

/// A family of behaviour classes that differ in little.
public struct BehaviourFamily: ListedRow, Equatable {
  public static let schema = table(
    "clusters.behaviour_families", version: 1, .jsonl, key: ["family_id"],
    "Families of behaviour classes: near each other, and apart from the rest.")

  public var familyID = ""
  public var classes: [String] = []
  public var servers = 0
  public var meanOverlap: Double?
  public var stability: FamilyStability?
  public var nearestFamily: String?
  public var nearestDistance: Double?
  public var differingProbes: [String] = []

  public init(familyID: String) { self.familyID = familyID }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.texts("classes", &classes, "Its classes.")
    try c.texts(
      "differing_probes", &differingProbes,
      "Minimal difference: probes in which the two nearest classes of this family and the nearest one differ."
    )
    try c.text("family_id", &familyID, "The family.")
    try c.number(
      "mean_overlap", &meanOverlap, digits: 6,
      "Mean over resamples of the greatest Jaccard overlap with a family found there.",
      nil: "no resample held one of its servers")
    try c.number(
      "nearest_distance", &nearestDistance, digits: 9, "Distance to the nearest family.",
      nil: "the only family")
    try c.text("nearest_family", &nearestFamily, "The nearest family.", nil: "the only family")
    try c.integer("servers", &servers, "Servers in its classes.")
    try c.word(
      "stability", &stability,
      "By mean_overlap: highly-stable from .85, stable from .75, pattern from .6, else dissolved: not reported as a family.",
      nil: "mean_overlap is not known")
  }

  public var sortKey: SortKey { .of(familyID) }
}

/// An answer that tells a family from the rest.
public struct BehaviourTrait: ListedRow, Equatable {
  public static let schema = table(
    "clusters.behaviour_traits", version: 1, .csv, key: ["family_id", "rank"],
    "The most characteristic answers of each family.")

  public var familyID = ""
  public var rank = 0
  public var probe = ""
  public var signature = ""
  public var lift = 0.0
  public var familyShare = 0.0
  public var share = 0.0

  public init(familyID: String, rank: Int) {
    self.familyID = familyID
    self.rank = rank
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("family_id", &familyID, "The family.")
    try c.integer("rank", &rank, "1 is the most characteristic.")
    try c.text("probe", &probe, "The probe.")
    try c.text("signature", &signature, "The answer's signature (features.signatures).")
    try c.number(
      "lift", &lift, digits: 6,
      "P(signature | family) / P(signature), each from counts smoothed by one a value.")
    try c.number(
      "family_share", &familyShare, digits: 6,
      "Share of the family's servers that answered the probe so, of those that answered it.")
    try c.number(
      "share", &share, digits: 6, "Share of all servers that answered the probe so, likewise.")
  }

  public var sortKey: SortKey { .of(familyID, rank) }
}

/// A class that behaves unlike the others near it.
public struct BehaviourOutlier: ListedRow, Equatable {
  public static let schema = table(
    "clusters.behaviour_outliers", version: 1, .jsonl, key: ["class_id"],
    "Classes that stand apart: by outlier score, by an answer nobody else gives, or in no family.")

  public var classID = ""
  public var servers: [String] = []
  public var score = 0.0
  public var familyID: String?
  public var nearestClass: String?
  public var nearestDistance: Double?
  public var differingProbes: [String] = []
  public var sharedProbes = 0

  public init(classID: String) { self.classID = classID }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("class_id", &classID, "The class.")
    try c.texts(
      "differing_probes", &differingProbes, "Probes in which it differs from the nearest class.")
    try c.text("family_id", &familyID, "Its family.", nil: "in no family")
    try c.text("nearest_class", &nearestClass, "The nearest other class.", nil: "the only class")
    try c.number(
      "nearest_distance", &nearestDistance, digits: 9, "Distance to it.", nil: "the only class")
    try c.number(
      "score", &score, digits: 9,
      "GLOSH: 0 as dense as the densest near it, towards 1 the further apart.")
    try c.texts("servers", &servers, "Its servers.")
    try c.integer("shared_probes", &sharedProbes, "Probes known of both.")
  }

  public var sortKey: SortKey { .of(classID) }
}
