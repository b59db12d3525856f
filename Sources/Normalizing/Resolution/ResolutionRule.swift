import Records

/// A rule that decides which endpoints are one server, or keeps two apart. `ServerResolver` evaluates
/// it; equal ids are one rule.
struct ResolutionRule: Rule {
  static let family = RuleFamily.resolution

  let id: RuleID
  let group: ResolutionGroup
  let statement: String
  let source: RuleSource

  private init(_ id: RuleID, _ group: ResolutionGroup, _ statement: String, section: String) {
    self.id = id
    self.group = group
    self.statement = statement
    source = .article("Server-Resolution", section: section)
  }

  /// All rules, the numbered ones by their number.
  static let all: [ResolutionRule] = [
    severalNames, sameKey, mutualHosts, sameFeatures, sameBehaviour, resumedTicket, dualStackTwin,
    onionTwin, silentPort, listedTogether, copiedKey, otherGenesis, height, otherSoftware, otherKey,
    mutualClaim, oneSidedClaim, listedClaim,
  ]
}

extension ResolutionRule: Hashable {
  static func == (one: ResolutionRule, other: ResolutionRule) -> Bool { one.id == other.id }

  func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// What a rule of resolution does.
enum ResolutionGroup: String, RuleGroup, CaseIterable {
  /// Several names of one endpoint: there is nothing to join.
  case identity
  /// Who has the secret is the server.
  case proof
  /// Each says the same of the other.
  case mutual
  /// Equal words at one address.
  case words
  /// Somebody names both together.
  case listed
  /// Nobody was heard there, and one server is at the address.
  case silent
  /// Keeps two apart, whatever would join them.
  case veto
  /// A statement that nobody confirms: kept, and never a reason to join.
  case claim
}

/// What a rule's evidence amounts to. The stronger decides first.
enum EvidenceStrength {
  /// Possession of one secret: also of servers that are upgraded one after the other.
  case proof
  /// What servers say of themselves and each other: equal words alone.
  case word
}

// MARK: What joins

extension ResolutionRule {
  private static let order = "The rules, in their order"

  /// Joins nothing: there is one endpoint.
  static let severalNames = ResolutionRule(
    "resolution.several-names", .identity,
    "S1: several verified names lead to one address and port, which is one endpoint.",
    section: order)
  static let sameKey = ResolutionRule(
    "resolution.same-key", .proof,
    "S2: both endpoints show one public key at one address, or at the addresses of one name.",
    section: order)
  static let mutualHosts = ResolutionRule(
    "resolution.mutual-hosts", .mutual,
    "S3: each of the two endpoints names the other in server.features, and they are at one address, or one at an IPv4 and one at an IPv6 address: then of one release and protocol range, with tips a block apart at most, and each names exactly one place of the other's family.",
    section: order)
  static let sameFeatures = ResolutionRule(
    "resolution.same-address-features", .words,
    "S4: two endpoints at one address tell equal server.features and have tips that agree.",
    section: order)
  static let sameBehaviour = ResolutionRule(
    "resolution.same-address-behaviour", .words,
    "S4: two endpoints at one address tell no features, identify themselves alike and behave alike.",
    section: order)
  static let resumedTicket = ResolutionRule(
    "resolution.resumed-ticket", .proof,
    "S5: a TLS session ticket that one endpoint issued is taken by the other.", section: order)
  static let dualStackTwin = ResolutionRule(
    "resolution.dual-stack-twin", .proof,
    "S6: one key is at exactly one IPv4 and one IPv6 address of an autonomous system, neither has a name, and both behave alike.",
    section: order)
  /// A common key is no reason: who keeps an onion service apart from a clearnet server may have one.
  static let onionTwin = ResolutionRule(
    "resolution.onion-twin", .mutual,
    "S7: an onion service and a clearnet server name each other in server.features, with what S3 asks of two families.",
    section: order)
  static let silentPort = ResolutionRule(
    "resolution.silent-port", .silent,
    "S8: the endpoint never answered, and exactly one server answers at its address.",
    section: order)
  static let listedTogether = ResolutionRule(
    "resolution.listed-together", .listed,
    "Those concerned name two ports of one address in one peer tuple.", section: order)
}

// MARK: What keeps apart

extension ResolutionRule {
  static let copiedKey = ResolutionRule(
    "veto.copied-key", .veto,
    "V1: the key is published, is at two implementations, or is in five autonomous systems.",
    section: "Vetoes")
  static let otherGenesis = ResolutionRule(
    "veto.other-genesis", .veto, "V2: the two endpoints serve different chains.",
    section: "Vetoes")
  static let height = ResolutionRule(
    "veto.height", .veto,
    "V3: the tips of the two endpoints are more than two blocks apart for more than ten minutes.",
    section: "Vetoes")
  static let otherSoftware = ResolutionRule(
    "veto.other-software", .veto,
    "The two endpoints identify themselves as different software.", section: "Vetoes")
  static let otherKey = ResolutionRule(
    "veto.other-key", .veto,
    "S8: the silent endpoint shows a public key, and the server at its address shows only others.",
    section: "Vetoes")
  static let mutualClaim = ResolutionRule(
    "claim.mutual", .claim,
    "S3: each of the two endpoints names the other in server.features, which two people can agree on, and nothing more shows that they are one server.",
    section: "Vetoes")
  static let oneSidedClaim = ResolutionRule(
    "claim.one-sided", .claim,
    "V4: one endpoint names the other in server.features, and the other does not name it.",
    section: "Vetoes")
  static let listedClaim = ResolutionRule(
    "claim.listed-together", .claim,
    "V4: a peer tuple names two ports together, and those who answer there do not.",
    section: "Vetoes")
}
