import Addressing
import Artifact
import Ordering
import Records
import StageKit
import Statistics
import WalletExposure

/// What the stage says of the network as a whole: concentration, exposure, cost of added servers, answers.
struct NetworkStage {
  let parameters: ScoreParameters
  let context: StageContext
  /// Of the servers that were reached.
  let profiles: [FeatureProfile]
  let membership: [String: OperatorMembership]
  /// Endpoints of each server that were reached.
  let endpoints: [String: Int]

  func run(
    normalized: String, features: String, clusters: String, deviations: [Deviation]
  ) throws {
    let outside: ExposureReference? = try context.reference(
      "exposure", parameters.exposureFile, expected: "prices and networks (exposure.v1)")
    let pinned: WalletLists? = try context.reference(
      "wallet_lists", parameters.walletListsFile, expected: "lists of servers (bootstrap.v1)")
    let listing = try NormalizedSeries.scans(in: normalized).last.map {
      try ScanListing(
        context, folder: normalized, features: features, scan: $0, list: parameters.walletList,
        pinned: pinned)
    }
    let exposure = try listing.flatMap { try ExposureNetwork($0, profiles) }
    let (groups, mains) = try expose(exposure)
    try context.write(groups)
    try context.checkInterruption()
    let cost = SybilCostTable(
      parameters: parameters, prices: outside?.prices, threads: context.threads)
    try context.write(try exposure.map { try cost.rows($0.network) } ?? [])
    let estimate = Chao2(
      incidences: listing.map { Array($0.advertisers.values) } ?? [],
      samples: listing?.sources ?? 0)
    let concentration = try concentration(clusters, listing, mains, estimate)
    try context.write(concentration)
    let facts = facts(listing, outside, deviations, concentration, groups, estimate)
    try context.write(AnswerTable(facts: facts).rows)
  }

  // MARK: Exposure

  /// - Returns: the rows, and of each server the later sessions of the central assumption whose main server
  ///   it is.
  private func expose(_ exposure: ExposureNetwork?) throws -> ([GroupExposure], [String: Int]?) {
    guard let exposure else { return ([], nil) }
    let table = ExposureTable(parameters: parameters, threads: context.threads)
    let groups = groups(exposure.serverIDs)
    var rows: [GroupExposure] = []
    var mains: [String: Int] = [:]
    for assumption in table.assumptions {
      try context.checkInterruption()
      let met = try table.rows(exposure, groups, assumption)
      rows += met.rows
      guard assumption.isCentral else { continue }
      for (server, sessions) in zip(exposure.serverIDs, met.mains) { mains[server] = sessions }
    }
    return (rows, mains)
  }

  private func groups(_ servers: [String]) -> [(unit: String, of: [String?])] {
    [
      ("operator", servers.map { membership[$0]?.operatorID ?? $0 }),
      ("operator.cohort", servers.map { membership[$0]?.cohortID }),
      ("operator.declared", servers.map { membership[$0]?.declaredID ?? $0 }),
      ("server", servers),
    ]
  }

  // MARK: Concentration

  private func concentration(
    _ clusters: String, _ listing: ScanListing?, _ mains: [String: Int]?, _ estimate: Chao2
  ) throws -> [ConcentrationIndex] {
    let organisations = (listing?.candidates ?? []).compactMap { candidate in
      candidate.server.geography.asName.map { (candidate.server.serverID, $0) }
    }
    let measured = NetworkConcentration(
      profiles: profiles, membership: membership,
      bands: try context.rows(OperatorBand.self, folder: clusters), endpoints: endpoints,
      mains: mains, lists: listing.map(Self.lists) ?? [:],
      hosters: Dictionary(organisations, uniquingKeysWith: { first, _ in first }),
      nodes: nodes(try context.rows(NodeMembership.self, folder: clusters)),
      unseen: Int(estimate.unseen.rounded()))
    return try measured.rows(ConcentrationTable(parameters: parameters)) {
      try context.checkInterruption()
    }
  }

  /// The node behind each server that told of one, in the last scan in which several told of the same.
  private func nodes(_ rows: [NodeMembership]) -> [String: String] {
    var nodes: [String: String] = [:]
    for profile in profiles {
      if case .unknown = profile.features[.relayFee] { continue }
      nodes[profile.serverID] = profile.serverID
    }
    let last = rows.map(\.scan).max()
    for row in rows where row.scan == last { nodes[row.serverID] = row.nodeID }
    return nodes
  }

  // MARK: Answers

  private func facts(
    _ listing: ScanListing?, _ reference: ExposureReference?, _ deviations: [Deviation],
    _ concentration: [ConcentrationIndex], _ exposure: [GroupExposure], _ estimate: Chao2
  ) -> AnswerFacts {
    let named = reference.map { Set($0.companies.flatMap(\.networks)) }
    return AnswerFacts(
      date: listing?.scan.startedAt, isSimulated: listing?.scan.simulated ?? false,
      profiles: profiles, membership: membership, deviations: deviations,
      concentration: concentration, exposure: exposure,
      list: listing.flatMap { list in
        list.listName.map { ($0, list.listed.count, list.isListPinned) }
      },
      losses: parameters.losses, estimate: estimate,
      attributed: profiles.map(Self.isAttributed),
      namedNetworks: named?.count,
      inNamedNetworks: profiles.count { profile in
        named.map { Self.stands(profile, in: $0) } ?? false
      })
  }

  /// Of each wallet's list the ids of its servers.
  private static func lists(_ listing: ScanListing) -> [String: [String]] {
    listing.lists.mapValues { numbers in
      numbers.sorted().map { listing.candidates[$0].server.serverID }
    }
  }

  /// Whether somebody is named who stands for a server, by a domain of its own or a contact; nil: one of
  /// them is not known, and the other names nobody.
  private static func isAttributed(_ profile: FeatureProfile) -> Bool? {
    let features = profile.features
    if !features.texts(.registrableDomains).isEmpty || !features.texts(.contacts).isEmpty {
      return true
    }
    let domain = features[.registrableDomains]
    // A name below somebody else's domain is none of its own.
    let hasNoDomain = domain == .absent || domain == .unknown(.sharedDomain)
    return hasNoDomain && features[.contacts] == .absent ? false : nil
  }

  private static func stands(_ profile: FeatureProfile, in networks: Set<String>) -> Bool {
    let systems = profile.features.texts(.asns).map { "AS" + $0 }
    let prefixes =
      profile.features.texts(.prefixes) + profile.features.texts(.widePrefixes)
    return !networks.isDisjoint(with: systems) || !networks.isDisjoint(with: prefixes)
  }
}

extension StageContext {
  /// Reads reference data, whose digest the manifest then names.
  /// - Returns: nil where no file is named.
  func reference<Value: FieldObject>(
    _ name: String, _ path: String, expected: String
  ) throws -> Value? {
    guard !path.isEmpty else { return nil }
    let value: Value = try InputFile.object(path, expected: expected, remedy: "correct the file")
    try record(reference: name, path: path)
    return value
  }
}
