import RecordLinkage
import Records
import ServerTexts

/// A rule of operator evidence: what two servers have in common that tells of one operator.
struct OperatorRule: Rule {
  static let family = RuleFamily.operator

  let id: RuleID
  let group: OperatorGroup
  let statement: String
  let source: RuleSource
  let isEvaluated: Bool
  let finding: Finding

  /// What the rule may do for a pair; nil where it weighs nothing itself.
  var strength: Strength? {
    let levels =
      OperatorGroup.weighed.contains(group) ? OperatorGroup.model.groups[group.rawValue].levels : []
    return switch finding {
    case .values(let values): levels[values.level - 1].strength
    case .mutualClaim, .madeTogether, .nodeState, .nothing: levels.first?.strength
    case .domainAndDonation, .recipe: nil
    }
  }

  /// How agreement is found.
  enum Finding: Sendable {
    /// A value that both have.
    case values(Values)
    /// A place of each in what the other claims.
    case mutualClaim
    /// Certificates of one shape, made together.
    case madeTogether
    /// One state of a node.
    case nodeState
    /// A domain and a donation together, which make a unit.
    case domainAndDonation
    /// Ordinary values together.
    case recipe
    /// Not found in this release.
    case nothing
  }

  /// Values of one server by a rule, and what is special about them.
  struct Values: Sendable {
    let level: Int
    /// Whether sharing one makes a unit.
    let isRobust: Bool
    /// nil where they are not known.
    let of: @Sendable (ServerFacts, OperatorContext) -> Set<String>?
    /// Values that have one owner.
    let isOwned: @Sendable (String, OperatorContext) -> Bool

    init(
      level: Int = 1, isRobust: Bool = false,
      isOwned: @escaping @Sendable (String, OperatorContext) -> Bool = { _, _ in false },
      of: @escaping @Sendable (ServerFacts, OperatorContext) -> Set<String>?
    ) {
      self.level = level
      self.isRobust = isRobust
      self.isOwned = isOwned
      self.of = of
    }
  }

  private init(
    _ id: RuleID, _ group: OperatorGroup, _ finding: Finding, _ statement: String,
    _ source: RuleSource = .article("Likely-Operators", section: "Groups")
  ) {
    self.id = id
    self.group = group
    self.finding = finding
    self.statement = statement
    self.source = source
    if case .nothing = finding { isEvaluated = false } else { isEvaluated = true }
  }

  static let all: [OperatorRule] =
    secrets + names + texts + places + [
      OperatorRule(
        "operator.recipe", .recipe, .recipe,
        "The servers share ordinary values whose combination is far too frequent: they are deployed alike, which says nothing of who runs them.",
        .article("Likely-Operators", section: "Recipes"))
    ]
}

extension OperatorRule {
  private static let secrets = [
    OperatorRule(
      "operator.same-key", .key,
      .values(
        Values(isRobust: true) { server, context in
          server.keys?.intersection(context.provingKeys)
        }),
      "Both servers prove possession of one TLS key, made for a name or address of a server that has it, and not below one provider's domain.",
      .published("RFC 8446, section 4.4.3")),
    OperatorRule(
      "operator.resumed-ticket", .key, .nothing,
      "A TLS session ticket that one server issued is resumed by the other: not evaluated, since endpoints of which one resumes the other's ticket are one server before operators are looked for.",
      .published("RFC 8446, section 4.6.1")),
    OperatorRule(
      "operator.issuing-key", .issuer,
      .values(
        Values(level: 2, isOwned: { _, _ in true }) { server, context in
          server.certificates.isEmpty
            ? nil : server.issuingKeys.intersection(context.ownedIssuers)
        }),
      "One key verifies certificates of both servers, which is no public authority's and whose holders are one owner's.",
      .article("Likely-Operators", section: "Owned values")),
    OperatorRule(
      "operator.stated-issuer", .issuer,
      .values(
        Values { server, context in
          server.certificates.isEmpty ? nil : server.statedIssuers
        }),
      "Certificates of both servers name one key as their issuer's, which is no public authority's; nobody sent it, and anybody can name it.",
      .article("Likely-Operators", section: "Owned values")),
    OperatorRule(
      "operator.made-together", .batch, .madeTogether,
      "Both servers show self-signed certificates of one shape with different keys, made within ten minutes of each other.",
      .article("Likely-Operators", section: "Batch")),
  ]

  private static let names = [
    OperatorRule(
      "operator.owner-zone", .name,
      .values(
        Values(level: 2, isOwned: { _, _ in true }) { server, context in
          server.ownDomains.map { domains in
            domains.intersection(context.zones.owners).subtracting(context.zones.providers)
          }
        }),
      "Names below one registrable domain lead to both servers and both use it themselves, and the names below it are those that an owner gives to machines.",
      .article("Likely-Operators", section: "Names")),
    OperatorRule(
      "operator.same-domain", .name,
      .values(
        Values { server, context in server.domains?.subtracting(context.zones.providers) }),
      "Names below one registrable domain, which is no provider's, lead to both servers.",
      .article("Likely-Operators", section: "Names")),
  ]

  private static let texts = [
    OperatorRule(
      "operator.same-donation", .texts, .values(Values { server, _ in server.donations }),
      "Both servers name one donation address that is nobody's default."),
    OperatorRule(
      "operator.same-contact", .texts, .values(Values { server, _ in server.contacts }),
      "The texts of both servers name one way to reach somebody."),
    OperatorRule(
      "operator.makers-words", .texts,
      .values(
        Values { server, _ in
          server.certificates.isEmpty ? nil : Set(server.certificates.compactMap(\.words))
        }),
      "The self-signed certificates of both servers say the same of their maker, apart from what tools write where nobody says anything."
    ),
    OperatorRule(
      "operator.domain-and-donation", .texts, .domainAndDonation,
      "Names below one registrable domain, which is no provider's, lead to both servers, and both name one donation address that is nobody's default.",
      .article("Likely-Operators", section: "Robust edges and units")),
    OperatorRule(
      "operator.mutual-claim", .claim, .mutualClaim,
      "Each server names a place of the other in its own server.features."),
  ]

  private static let places = [
    OperatorRule(
      "operator.same-tenant-prefix", .tenant,
      .values(
        Values(isRobust: true) { server, _ in
          server.tenantPrefixes.flatMap { $0.isEmpty ? nil : $0 }
        }),
      "Both servers have addresses in one prefix that the hoster gives to one tenant.",
      .published("RFC 6177, section 2")),
    OperatorRule(
      "operator.same-address", .address,
      .values(Values { server, _ in server.addresses.isEmpty ? nil : server.addresses }),
      "Both servers have endpoints at one address."),
    OperatorRule(
      "operator.one-node", .node, .nodeState,
      "Both servers told the same fee estimates to the last digit, at the same relay and minimum fee.",
      .article("Likely-Operators", section: "One node behind them")),
  ]
}

extension ServerFacts {
  /// Its certificates that another key signed, and no public authority's.
  private var issued: [CertificateFacts] {
    certificates.filter { !$0.isSelfSigned && !$0.isOfPublicAuthority }
  }

  /// Keys that verify its leaf certificates, where that is no public authority's.
  var issuingKeys: Set<String> { Set(issued.compactMap(\.issuingKey)) }

  /// Identifiers of such keys that its certificates state and of which nobody sent the key.
  var statedIssuers: Set<String> {
    Set(issued.filter { $0.issuingKey == nil }.compactMap(\.statedIssuer))
  }

  /// Domains that DNS leads to it and that it uses itself, in its claims or its certificates.
  var ownDomains: Set<String>? {
    guard let domains else { return nil }
    var used = claims ?? []
    for certificate in certificates {
      used.formUnion(certificate.names.map { String($0.drop { $0 == "*" || $0 == "." }) })
    }
    return domains.filter { domain in
      used.contains { HostLabels.labels(of: $0, below: domain) != nil }
    }
  }
}
