public import Artifact

/// What two servers have in common as operators' evidence, to the last bit.
public struct Link: ListedRow, Equatable {
  public static let schema = table(
    "clusters.links", version: 1, .jsonl, key: ["server_a", "server_b"],
    "Pairs of servers with operator evidence, each group with its bits. Bounded for each value: see `clusters.shared_values`; the strongest links that hold an operator together are always there."
  )

  public var agreements: [LinkAgreement] = []
  public var bits = 0.0
  public var posterior = 0.0
  public var prior = 0.0
  public var says = LinkWord.apart
  public var serverA = ""
  public var serverB = ""
  public var spanning = false

  public init(serverA: String, serverB: String) {
    self.serverA = serverA
    self.serverB = serverB
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.objects(
      "agreements", &agreements, "What they agree on, one entry an evidence group.")
    try c.number(
      "bits", &bits, digits: 12, "W: the prior and the bits of all agreements.", unit: "bits")
    try c.number(
      "posterior", &posterior, digits: 9, "Probability of one operator that W amounts to.")
    try c.number(
      "prior", &prior, digits: 12, "log2 of the odds of two servers of which nothing is known.",
      unit: "bits")
    try c.word("says", &says, "What may be said of the pair.")
    try c.text("server_a", &serverA, "The smaller server id.")
    try c.text("server_b", &serverB, "The greater server id.")
    try c.boolean(
      "spanning", &spanning,
      "True for one of the strongest links that hold a likely operator together.")
  }

  public var sortKey: SortKey { .of(serverA, serverB) }
}

/// What two servers agree on in one group of evidence.
public struct LinkAgreement: ColumnGroup, Equatable {
  public var anotherHolder: Double?
  public var bits = 0.0
  public var cap = 0.0
  public var chance: Double?
  public var group = ""
  public var holders: Int?
  public var known: Int?
  public var level = 0
  public var rule = ""
  public var share: Double?
  public var strength = ""
  public var value = ""

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.number(
      "another_holder", &anotherHolder, digits: 9,
      "Change of the bits were there another unit with the value.", unit: "bits",
      nil: "it would change nothing, or the null is no frequency")
    try c.number("bits", &bits, digits: 12, "What it earns.", unit: "bits")
    try c.number("cap", &cap, digits: 12, "The most that the group may earn here.", unit: "bits")
    try c.number(
      "chance", &chance, digits: 9,
      "Chance of the agreement between strangers: tf, u, or of so many that tell one state.",
      nil: "it earns the cap")
    try c.text("group", &group, "The group of evidence.")
    try c.integer(
      "holders", &holders,
      "c: units other than those of the two that hold the value; of a node, all units that told its state.",
      nil: "no value is counted")
    try c.integer(
      "known", &known,
      "U: units other than these of which the field is known; of a node, servers that told a state.",
      nil: "no value is counted")
    try c.integer("level", &level, "Level of the agreement within the group.")
    try c.text("rule", &rule, "Rule (permanent id).")
    try c.number(
      "share", &share, digits: 9, "m: share of an operator's pairs that agree so.",
      nil: "it earns the cap")
    try c.text("strength", &strength, "What it may do: proof, alone or support.")
    try c.text("value", &value, "What both have, exact.")
  }
}

/// What may be said of two servers.
public enum LinkWord: String, ColumnWord {
  /// One key, or a ticket resumed.
  case proved
  /// Of one identity.
  case oneIdentity = "one-identity"
  /// Of one likely operator, whose label is confirmed or probable.
  case likely
  /// Of one likely operator, whose label is likely.
  case possibly
  /// Joined by what servers say of themselves only.
  case declared
  /// Deployed alike.
  case deployedAlike = "deployed-alike"
  /// Not joined, whatever they have in common.
  case apart
}
