import Records

/// What the later stages would conclude of the imaginary network.
extension SampleRows {
  private static func features(_ n: Int) -> FeatureSet {
    var features = FeatureSet(unknown: .outcome(outcome(n, 1)))
    features[.networks] = .texts([network(n).rawValue])
    guard outcome(n, 1) == .answered else { return features }
    features[.software] = .text(software(n).name)
    features[.softwareVersion] = .text(software(n).version)
    return features
  }

  static func vector(_ n: Int) -> FeatureVector {
    let answered = outcome(n, 1) == .answered
    return FeatureVector(epoch: SampleDataset.scans[1], serverID: id(n)).with {
      $0.scans = 1
      $0.scansAnswered = answered ? 1 : 0
      $0.reached = answered
      $0.coverage = answered ? 1 : 0
      $0.features = features(n)
    }
  }

  static func profile(_ n: Int) -> FeatureProfile {
    let answered = outcome(n, 1) == .answered
    return FeatureProfile(
      serverID: id(n), firstScan: SampleDataset.scans[0], lastScan: SampleDataset.scans[1]
    ).with {
      $0.scans = 2
      $0.scansAnswered = answered ? 2 : 0
      $0.reached = answered
      $0.coverage = answered ? 1 : 0
      $0.features = features(n)
    }
  }

  static func coverage(_ n: Int) -> [Coverage] {
    ["server.version", "server.ping", "server.features", "server.banner"].map { probe in
      let tested = outcome(n, 1).isTested
      let answered = outcome(n, 1) == .answered
      let isError = answered && probe == "server.features" && n % 5 == 0
      return Coverage(serverID: id(n), probe: probe).with {
        $0.asked = tested ? 2 : 0
        $0.answered = answered && !isError ? 2 : 0
        $0.errors = isError ? 2 : 0
        $0.unanswered = tested && !answered ? 2 : 0
        $0.untested = tested ? 0 : 2
      }
    }
  }

  static func behaviour(_ n: Int) -> BehaviourMembership {
    let answered = outcome(n, 1) == .answered
    return BehaviourMembership(serverID: id(n)).with {
      $0.classID = answered ? "c_00000000000\(n % 7)" : nil
      $0.classSize = answered ? 4 : nil
      $0.coverage = answered ? 1 : 0
    }
  }

  /// Operators: 0, 7, 14 share a key; 20…27 a domain; 30, 31 a banner.
  static func operatorID(_ n: Int) -> String {
    switch n {
    case 0, 7, 14: "o_000000000000"
    case 20...27: "o_000000000020"
    case 30, 31: "o_000000000030"
    default: "o_0000000000" + (n < 10 ? "0\(n)" : "\(n)")
    }
  }

  static func membership(_ n: Int) -> OperatorMembership {
    let mates = (0..<count).count { operatorID($0) == operatorID(n) }
    let rule =
      switch n {
      case 0, 7, 14: "key.same"
      case 20...27: "name.same-domain"
      default: "config.same-banner"
      }
    return OperatorMembership(
      serverID: id(n), identityID: mates == 3 ? "i_000000000000" : "i_0000000000\(n)",
      operatorID: operatorID(n), label: mates == 3 ? .confirmed : mates > 1 ? .likely : .single
    ).with {
      $0.operatorServers = mates
      $0.rules = mates > 1 ? [rule] : []
    }
  }

  static let links: [Link] =
    pairs([0, 7, 14]).map { link($0, "operator.same-key", "key", "proof", "ab12cd34") }
    + pairs(Array(20...27)).map {
      link($0, "operator.same-domain", "name", "support", "hosting.example")
    }
    + pairs([30, 31]).map {
      link($0, "operator.same-contact", "texts", "support", "mail@bank.example")
    }

  static let sharedValues: [SharedValue] = [
    SharedValue(rule: "operator.same-key", value: "ab12cd34").with { $0.servers = 3 },
    SharedValue(rule: "operator.same-domain", value: "hosting.example").with { $0.servers = 8 },
  ]

  private static func pairs(_ members: [Int]) -> [(Int, Int)] {
    members.flatMap { a in members.filter { $0 > a }.map { (a, $0) } }
  }

  private static func link(
    _ pair: (Int, Int), _ rule: String, _ group: String, _ strength: String, _ value: String
  ) -> Link {
    var agreement = LinkAgreement()
    agreement.bits = 7
    agreement.group = group
    agreement.rule = rule
    agreement.strength = strength
    agreement.value = value
    return Link(serverA: id(pair.0), serverB: id(pair.1)).with {
      $0.agreements = [agreement]
      $0.bits = -1
    }
  }

  static func indicators(_ n: Int) -> [Indicator] {
    guard outcome(n, 1) == .answered else { return [] }
    return [
      Indicator(
        serverID: id(n), indicator: "content.invalid-header",
        status: n == 2 ? .fired : n % 6 == 1 ? .unknown : .passed, verdictClass: .proved
      ).with {
        $0.nats = n == 2 ? 6.9 : n % 6 == 1 ? nil : -0.2
        $0.observations = 2
        $0.evidence = n == 2 ? "header at 900000 does not meet its own target" : nil
      },
      Indicator(
        serverID: id(n), indicator: "content.stale-tip", status: n % 13 == 1 ? .fired : .passed,
        verdictClass: .statistical
      ).with {
        $0.nats = n % 13 == 1 ? 1.2 : -0.1
        $0.observations = 2
        $0.evidence = n % 13 == 1 ? "4 blocks behind for 40 min" : nil
      },
      Indicator(
        serverID: id(n), indicator: "shape.no-features", status: n % 5 == 0 ? .fired : .passed,
        verdictClass: .descriptive
      ).with {
        $0.observations = 2
        $0.evidence = n % 5 == 0 ? "server.features answered with an error" : nil
      },
    ]
  }

  /// Where server 2's header was seen.
  static let indicatorEvidence = IndicatorEvidence().with {
    $0.serverID = id(2)
    $0.indicator = "content.invalid-header"
    $0.scan = SampleDataset.scans[1]
    $0.endpointID = SampleRaw.connection.endpointID
    $0.attempt = 1
    $0.sequence = 2
    $0.archived = true
  }

  static let sensitivity = ScoreSensitivityRow().with {
    $0.serverID = id(2)
    $0.assumption = "prior"
    $0.low = 0.005
    $0.high = 0.05
    $0.scoreAtLow = 0.46
    $0.scoreAtHigh = 0.9
    $0.suspectedAtHigh = true
  }

  static func deviation(_ n: Int) -> Deviation {
    Deviation(
      serverID: id(n),
      verdict: n == 2 ? .proved : n % 13 == 1 ? .suspected : n % 6 == 1 ? .insufficient : .none
    ).with {
      $0.score = n % 6 == 1 ? nil : 0.02
      $0.coverage = n % 6 == 1 ? 0.3 : 1
      $0.evaluated = 3
    }
  }

  static let exposure = GroupExposure(
    unit: "operator", groupID: "o_000000000020", variant: "race", losses: 1
  ).with {
    $0.servers = 8
    $0.listed = 2
    $0.serverShare = 0.2
    $0.mainFirst = 0.11
    $0.mainLater = 0.24
    $0.connectedFirst = 0.6
    $0.connectedLater = 0.7
    $0.seen10 = 0.74
    $0.seen30 = 0.97
    $0.seen30Low = 0.96
    $0.seen30High = 0.98
    $0.sessions50 = 5
    $0.sessions90 = 19
    $0.wallets = 2000
    $0.sessions = 30
  }

  static let sybilCost = SybilCost(policy: "status-quo", placement: "spread", servers: 25).with {
    $0.prefixes = 25
    $0.systems = 25
    $0.priceMonth = 12.5
    $0.mainLater = 0.06
    $0.connectedLater = 0.9
    $0.seen30 = 0.4
    $0.seen30Low = 0.35
    $0.seen30High = 0.45
    $0.bestResponse = true
    $0.honestLoad = 0.2
    $0.honestPeak = 0.31
    $0.losses = 1
    $0.wallets = 300
  }

  static let networkEvents = [
    NetworkEvent(
      .serverRelease, "Fulcrum 2.0", earliest: "2025-10-01T00:00:00Z",
      latest: "2025-10-31T23:59:59Z", text: "Fulcrum 2.0 is released.",
      source: "https://github.com/cculianu/Fulcrum/releases"),
    NetworkEvent(
      .versionFirstSeen, "fulcrum 2.1", earliest: "2026-01-02T03:00:00Z",
      latest: "2026-01-03T03:00:00Z", text: "A server claims this release for the first time.",
      count: 1, source: "upgrades", rows: "software=fulcrum & version=2.1"),
  ]

  static let answer = Answer(.concentration, 1, "largest-operator").with {
    $0.claim = "The largest likely operator holds 31 % of the servers that answered."
    $0.quantity = "share of the largest likely operator"
    $0.value = 0.31
    $0.low = 0.25
    $0.high = 0.4
    $0.interval = "90 % by drawing operators anew"
    $0.count = 12
    $0.denominator = 40
    $0.denominatorUnit = "servers that answered"
    $0.evidence = .inferred
    $0.artifact = "scores.concentration"
    $0.rows = "unit=operator & weighting=server & index=cr_1"
    $0.notShown = "Who connects to whom."
    $0.detectionLimit = "An operator who gives each server fields of its own is not found."
    $0.date = "2026-01-03T03:00:00Z"
  }

  static let concentration: [ConcentrationIndex] = ["as", "country", "operator", "software"]
    .flatMap { unit in ["endpoint", "server"].flatMap { indices(unit, $0) } }

  private static func indices(_ unit: String, _ weighting: String) -> [ConcentrationIndex] {
    let values: [(String, Double)] = [
      ("hhi", 0.18), ("cr_1", 0.31), ("gini", 0.42), ("nakamoto_50", 3), ("shannon", 9.1),
    ]
    let hasBand = unit == "operator"
    return values.map { index, value in
      let low: Double? = hasBand ? value * 0.8 : nil
      let high: Double? = hasBand ? value * 1.4 : nil
      return ConcentrationIndex(unit: unit, weighting: weighting, index: index).with {
        $0.value = value
        $0.low = low
        $0.high = high
        $0.units = 12
        $0.observations = 40
        $0.unknownShare = unit == "country" ? 0.17 : 0
      }
    }
  }
}
