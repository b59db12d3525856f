internal import Records
internal import Statistics

extension Evaluation {
  /// The four partitions, likely operators under other assumptions, and simple rules beside them.
  mutating func judgeOperators(_ servers: [ServerTruth], _ derived: DerivedDataset) {
    let truth = servers.map(\.operatorID)
    func judge(_ label: (String) -> String?) -> PartitionComparison {
      PartitionComparison(
        truth: truth, prediction: servers.map { label($0.serverID) ?? $0.serverID })
    }
    let members = derived.operators
    add("operators.identity", judge { members[$0]?.identityID })
    add("operators.likely", judge { members[$0]?.operatorID })
    add("operators.declared", judge { members[$0]?.declaredID })
    add("operators.cohort", judge { members[$0]?.cohortID })
    for (variant, operators) in derived.bands.sorted(by: { $0.key < $1.key }) {
      add("operators.\(variant)", judge { operators[$0] })
    }
    for baseline in Baseline.allCases {
      add(
        "operators.baseline-\(baseline.rawValue)",
        PartitionComparison(truth: truth, prediction: baseline.partition(servers, derived)))
    }
    judgeLabels(servers, derived)
  }

  /// How pure the clusters of each label are, and how many false pairs were expected.
  private mutating func judgeLabels(_ servers: [ServerTruth], _ derived: DerivedDataset) {
    let operatorOf = Dictionary(
      servers.map { ($0.serverID, $0.operatorID) }, uniquingKeysWith: { first, _ in first })
    for label in [OperatorLabel.confirmed, .probable, .likely] {
      var clusters: [String: [String]] = [:]
      for (server, owner) in operatorOf {
        guard let member = derived.operators[server], member.label == label else { continue }
        clusters[member.operatorID, default: []].append(owner)
      }
      let task = "operators.label-\(label.rawValue)"
      add(task, "clusters", Double(clusters.count))
      add(task, "clusters.impure", Double(clusters.values.count { Set($0).count > 1 }))
    }
  }

  /// Linked pairs by their bits: more of them ought to mean one operator.
  mutating func judgePairs(_ servers: [ServerTruth], _ derived: DerivedDataset) {
    let operatorOf = Dictionary(
      servers.map { ($0.serverID, $0.operatorID) }, uniquingKeysWith: { first, _ in first })
    let pairs = derived.links.compactMap { link -> (score: Double, isPositive: Bool)? in
      guard let a = operatorOf[link.serverA], let b = operatorOf[link.serverB] else { return nil }
      return (link.bits, a == b)
    }
    add("operators.pairs", "pairs.linked", Double(pairs.count))
    addRanking("operators.pairs", BinaryScoring(pairs))
  }
}

/// Rules that anybody would try first: servers with a value in common are one operator's.
private enum Baseline: String, CaseIterable {
  case certificate
  case certificateOrBanner = "certificate-or-banner"
  /// All that 0.1.0 joined by.
  case rulesOfFirstVersion = "rules-of-0.1.0"

  private func values(_ features: FeatureSet) -> [String] {
    let certificates = features.texts(.certificateSHA256s).map { "certificate " + $0 }
    let banner =
      features.boolean(.bannerIsDefault) == false
      ? [features.text(.bannerMaskSHA256)].compactMap { $0 }.map { "banner " + $0 } : []
    switch self {
    case .certificate: return certificates
    case .certificateOrBanner: return certificates + banner
    case .rulesOfFirstVersion:
      return banner + features.texts(.spkiSHA256s).map { "key " + $0 }
        + features.texts(.registrableDomains).map { "domain " + $0 }
        + features.texts(.tenantPrefixes).map { "tenant " + $0 }
        + [features.text(.donationCustom)].compactMap { $0 }.map { "donation " + $0 }
    }
  }

  func partition(_ servers: [ServerTruth], _ derived: DerivedDataset) -> [Int] {
    var sets = UnionFind(count: servers.count)
    var first: [String: Int] = [:]
    for (index, server) in servers.enumerated() {
      let told = derived.features[server.serverID].map { values($0) } ?? []
      for value in ["server " + server.serverID] + told {
        if let other = first[value] { sets.union(other, index) } else { first[value] = index }
      }
    }
    return servers.indices.map { sets.representative(of: $0) }
  }
}
