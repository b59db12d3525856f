import Ordering
import RecordLinkage

/// Ordinary values of servers, of which many together are a recipe: deployed alike.
enum ServerRecipes {
  /// Fields in the order that settles ties.
  static let fields = [
    "as", "banner", "hosts", "made", "certificate shape", "certificate name", "ports", "software",
  ]

  static func table(_ servers: [ServerFacts]) -> RecipeTable {
    // Where few were asked for their hosts, the kind of name by which they were dialled stands in.
    let toldHosts = 2 * servers.count { $0.hostKinds?.isEmpty == false } >= servers.count
    let bursts = burstsOf(servers)
    return RecipeTable(
      fields: fields,
      cells: servers.enumerated().map { index, server in
        let certificate = server.certificates.filter { $0.shape != nil }
          .min { ($0.shape ?? "", $0.key ?? "") < ($1.shape ?? "", $1.key ?? "") }
        return [
          server.autonomousSystems.min().map { .value($0) } ?? .unknown,
          banner(server.banner),
          toldHosts ? set(server.hostKinds) : set(server.dialledKinds),
          bursts[index].map { .value($0) } ?? (server.certificates.isEmpty ? .unknown : .usual),
          certificate?.shape.map { .value(nameless(shape: $0)) } ?? .unknown,
          certificate.map { $0.nameHabit.map { .value($0) } ?? .usual } ?? .unknown,
          server.ports.isEmpty ? .unknown : .value(server.ports.sorted().joined(separator: " ")),
          server.software.map { .value($0) } ?? .unknown,
        ]
      },
      places: servers.map { $0.isOnionOnly ? "onion" : "net" },
      explanations: [
        .init(kinds: servers.map(\.implementation), field: fields.firstIndex(of: "software"))
      ])
  }

  /// What is known to deploy these servers alike for owners of its own each: a product that made all
  /// their certificates, or a provider below whose zone are all that have a name, and most have.
  static func product(of members: [ServerFacts], _ context: OperatorContext) -> String? {
    let products = Set(members.map { Set($0.certificates.compactMap(\.product)) })
    if products.count == 1, let product = products.first?.sorted().first { return product }
    let domains = members.compactMap { $0.domains?.isEmpty == false ? $0.domains : nil }
    let zones = domains.dropFirst().reduce(domains.first ?? []) { $0.intersection($1) }
    guard 2 * domains.count >= members.count else { return nil }
    return zones.intersection(context.zones.providers).sorted().first.map { "customers of " + $0 }
  }

  /// A shape without what follows from its server's having a name or none: the types of alternative
  /// names, and their extension.
  static func nameless(shape: String) -> String {
    var parts = shape.split(separator: "|", omittingEmptySubsequences: false).map { String($0) }
    guard parts.count > alternativesPart else { return shape }
    let extensions = parts.removeLast().split(separator: ";").filter { $0 != alternativeNamesOID }
    parts.remove(at: alternativesPart)
    return (parts + [extensions.joined(separator: ";")]).joined(separator: "|")
  }

  private static let alternativesPart = 2
  private static let alternativeNamesOID = "2.5.29.17"

  private static func banner(_ banner: ServerFacts.Banner) -> RecipeTable.Cell {
    switch banner {
    case .unknown: .unknown
    case .absent, .standard: .usual
    case .custom(let digest): .value(digest)
    }
  }

  /// What is absent is known, and no habit.
  private static func set(_ values: Set<String>?) -> RecipeTable.Cell {
    guard let values else { return .unknown }
    return values.isEmpty ? .usual : .value(values.sorted().joined(separator: "+"))
  }

  /// Per server the least likely burst in which one of its keys was made.
  private static func burstsOf(_ servers: [ServerFacts]) -> [String?] {
    var first: [String: Double] = [:]
    for certificate in servers.flatMap(\.certificates) where certificate.isSelfSigned {
      guard let key = certificate.key, let made = certificate.made else { continue }
      first[key] = min(first[key] ?? made, made)
    }
    let keys = first.keys.sorted()
    let bursts = Bursts(keys.map { first[$0] }).bursts
    var burstOf: [String: Int] = [:]
    for (number, burst) in bursts.enumerated() {
      for thing in burst.things { burstOf[keys[thing]] = number }
    }
    return servers.map { server in
      server.certificates.filter(\.isSelfSigned).compactMap { $0.key.flatMap { burstOf[$0] } }
        .min().map { "day from \(Int(bursts[$0].start)) s" }
    }
  }
}
