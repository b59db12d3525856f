import Artifact
import Records

/// Rows of the imaginary network: server `n` of 48.
enum SampleRows {
  static let count = 48

  private static let places: [(country: String, latitude: Double, longitude: Double)] = [
    ("DE", 50.1, 8.7), ("US", 40.7, -74), ("FR", 48.9, 2.3), ("NL", 52.4, 4.9), ("JP", 35.7, 139.7),
    ("FI", 60.2, 24.9), ("SG", 1.3, 103.8), ("CA", 45.5, -73.6), ("BR", -23.5, -46.6),
    ("AU", -33.9, 151.2), ("DE", 49.5, 11.1), ("US", 37.4, -122.1),
  ]

  static func id(_ n: Int) -> String {
    "s_" + String(repeating: "0", count: 10) + (n < 10 ? "0\(n)" : "\(n)")
  }
  static func endpointID(_ n: Int, _ transport: Transport) -> String {
    "e_" + String(repeating: "0", count: 12) + (n < 10 ? "0\(n)" : "\(n)")
      + (transport == .tcp ? "aa" : "bb")
  }

  static func network(_ n: Int) -> AddressFamily {
    n % 8 == 7 ? .onion : n % 6 == 5 ? .ipv6 : .ipv4
  }

  static func outcome(_ n: Int, _ scan: Int) -> Outcome {
    if network(n) != .ipv4 { return .untestedNoRoute }
    switch (n + scan) % 9 {
    case 4: return .connectTimedOut
    case 6: return .connectRefused
    case 8: return .throttled
    default: return .answered
    }
  }

  static func software(_ n: Int) -> (name: String, version: String, low: String, high: String) {
    switch n % 7 {
    case 0, 1, 2: ("ElectrumX", "1.18.0", "1.4", "1.4.3")
    case 3, 4: ("ElectrumX", "1.16.0", "1.4", "1.4.2")
    case 5: ("Fulcrum", "2.1.0", "1.4", "1.6")
    default: ("electrs-esplora", "0.4.1", "1.4", "1.4")
    }
  }

  static func address(_ n: Int) -> String {
    switch network(n) {
    case .onion: "service\(n)aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.onion"
    case .ipv6: "2001:db8::\(n)"
    default: "192.0.2.\(n)"
    }
  }

  static func server(_ n: Int, _ scan: Int) -> Server {
    let result = outcome(n, scan)
    let software = software(n)
    let answered = result == .answered
    let place = network(n) == .onion || n % 11 == 10 ? nil : places[n % places.count]
    return Server(
      serverID: id(n), outcome: result, bannerStatus: answered ? .value : .unknown,
      donationStatus: answered ? .absent : .unknown
    ).with {
      $0.names = ["node\(n).example"]
      $0.verifiedNames = ["node\(n).example"]
      $0.addresses = [address(n)]
      $0.networks = [network(n).rawValue]
      $0.endpoints = 2
      $0.reached = result.isReached
      $0.software = answered ? software.name : nil
      $0.softwareVersion = answered ? software.version : nil
      $0.serverVersionText = answered ? "\(software.name) \(software.version)" : nil
      $0.protocolNegotiated = answered ? "1.4" : nil
      $0.protocolMin = answered ? software.low : nil
      $0.protocolMax = answered ? software.high : nil
      $0.tipHeight = answered ? 900_000 : nil
      $0.banner = answered ? "Welcome to node \(n)" : nil
      $0.peersReturned = answered ? 12 : nil
      $0.certificateSHA256s = answered ? [certificateDigest(n)] : []
      $0.geography.country = place?.country
      $0.geography.asn = place.map { _ in 64500 + n % 5 }
      $0.geography.asName = place.map { _ in "Example Hosting \(n % 5)" }
      $0.geography.latitude = place?.latitude
      $0.geography.longitude = place?.longitude
      $0.geography.locationPrecision = place.map { _ in n % 4 == 0 ? .countryCentroid : .coordinates
      }
    }
  }

  static func endpoints(_ n: Int, _ scan: Int) -> [Endpoint] {
    [Transport.tcp, .ssl].map { transport in
      let result = outcome(n, scan)
      return Endpoint(
        endpointID: endpointID(n, transport), serverID: id(n), network: network(n),
        address: address(n), transport: transport, outcome: result
      ).with {
        $0.host = ["node\(n).example"]
        $0.port = transport == .tcp ? 50001 : 50002
        $0.tested = result.isTested
        $0.reached = result.isReached
        $0.attempts = result.isTested ? 1 : 0
        $0.answeredAttempts = result == .answered ? 1 : 0
        $0.advertisers = 3
        $0.connectMilliseconds = result.isReached ? 12.5 : nil
        $0.tlsVersion = transport == .ssl && result.isReached ? "TLSv1.\(n % 5 == 0 ? 2 : 3)" : nil
        $0.certificateSHA256 = transport == .ssl && result.isReached ? certificateDigest(n) : nil
      }
    }
  }

  /// Servers 0, 7 and 14 share a certificate.
  static func certificateDigest(_ n: Int) -> String {
    let k = n == 7 || n == 14 ? 0 : n
    return String(repeating: "c", count: 60) + "00" + (k < 10 ? "0\(k)" : "\(k)")
  }

  static let certificates: [Certificate] = (0..<count).filter { $0 != 7 && $0 != 14 }.map { n in
    Certificate(sha256: certificateDigest(n)).with {
      $0.subject = "CN=node\(n).example"
      $0.issuer = "CN=node\(n).example"
      $0.validityDays = n % 3 == 0 ? 3650 : n % 3 == 1 ? 365 : 90
      $0.keyType = n % 4 == 0 ? "EC" : "RSA"
      $0.keyBits = n % 4 == 0 ? 256 : 2048
      $0.selfSigned = n % 3 != 2
      $0.isLeaf = true
      $0.endpoints = n == 0 ? 3 : 1
      $0.servers = n == 0 ? 3 : 1
    }
  }

  static let advertisements: [Advertisement] =
    (0..<12).map { n in
      Advertisement(
        sourceKind: .peers, source: endpointID(1, .ssl), address: address(n),
        host: "node\(n).example", network: network(n)
      ).with {
        $0.features = ["v1.4", "s50002"]
        $0.valid = true
        $0.protocolMax = "1.4"
        $0.sslPort = 50002
        $0.count = 1
      }
    }
    + [("127.0.1.1", "loopback"), ("10.0.0.7", "private"), ("0.0.0.0", "unspecified")].map {
      address, reason in
      Advertisement(
        sourceKind: .peers, source: endpointID(2, .ssl), address: address, host: address,
        network: .ipv4
      ).with {
        $0.features = ["v1.4"]
        $0.valid = false
        $0.reason = reason
        $0.count = 1
      }
    }

  static func scan(_ name: String) -> Scan {
    Scan(scan: name, chain: "mainnet").with {
      $0.vantage = "local"
      $0.startedAt = "2026-01-02T03:00:00Z"
      $0.endedAt = "2026-01-02T03:02:00Z"
      $0.complete = true
      $0.simulated = false
      $0.imported = false
      $0.plan = "light.v1"
      $0.routes = ["ipv4"]
      $0.dropped = ["not_contactable 3"]
    }
  }
  static let exchanges = [
    ExchangeRecord(
      endpointID: endpointID(1, .ssl), serverID: id(1), probe: "server.version", outcome: .answered
    ).with {
      $0.attempt = 1
      $0.sequence = 1
      $0.resultKind = "array"
      $0.firstByteMilliseconds = 14.5
    }
  ]
  static let software = SoftwareRecord(serverID: id(1), status: .identified, claimAgrees: .yes).with
  {
    $0.implementation = "ElectrumX"
    $0.versionFrom = "1.18.0"
    $0.versionTo = "1.18.0"
    $0.versionBefore = "1.19.0"
    $0.claimedText = "ElectrumX 1.18.0"
    $0.possibilities = ["ElectrumX 1.18.0"]
    $0.deciding = ["software.padding server.version some"]
    $0.replies = 20
    $0.rulesMet = 9
  }
  static let backend = BackendView(endpointID: endpointID(1, .ssl), serverID: id(1)).with {
    $0.attempt = 1
    $0.observedAt = "2026-01-02T03:01:00Z"
    $0.histogramPairs = 0
    $0.mempoolSize = 0
    $0.sizeAtLeast = Array(repeating: "0", count: 64)
    $0.relayFee = 1
    $0.estimates.estimate2Status = .absent
  }
  static let form = FormCount(.featuresPruningText, count: 2, example: "")
  static let database = DatabaseUse().with {
    $0.position = 1
    $0.asked = 20
    $0.known = 12
  }
  static let familyOutcome = FamilyOutcome(
    endpointID: endpointID(1, .ssl), family: "backend", serverID: id(1)
  ).with {
    $0.sessions = 1
    $0.sessionsCutShort = 0
    $0.probes = 7
    $0.probesAnswered = 5
    $0.asked = 6
    $0.results = 5
    $0.errors = 0
    $0.silent = 1
    $0.throttled = 0
    $0.failed = 0
    $0.notApplicable = 1
    $0.untested = 0
    $0.reasons = ["reply.none 1", "untested.not-applicable 1"]
  }
  static let chain = ChainView(endpointID: endpointID(1, .ssl), serverID: id(1)).with {
    $0.attempt = 1
    $0.observedAt = "2026-01-02T03:01:00Z"
    $0.height = 900_000
  }
  static let resolution = ResolutionStep(
    endpointA: endpointID(1, .tcp), endpointB: endpointID(1, .ssl), rule: "server.same-address",
    decision: .merged, evidence: "192.0.2.1")
  static let lineage = LineageEvent(serverID: id(1), kind: .carried).with {
    $0.overlap = 1
  }
  static let text = ServerText(kind: .banner, serverID: id(1), text: "Welcome to node 1")
  static let contact = Contact(
    serverID: id(1), source: .banner, kind: .email, token: "node1@example.org", verdict: .unchecked
  ).with {
    $0.registrableDomain = "example.org"
    $0.count = 1
  }
  static let timeline = TimelineEntry(
    serverID: id(1), scan: SampleDataset.scans[0], outcome: .answered, vantage: "local", state: .up
  ).with {
    $0.reached = true
  }
  static let lifetime = ListingLifetime(
    sourceKind: .bootstrap, source: "list", host: "n1.example", firstScan: SampleDataset.scans[0],
    lastScan: SampleDataset.scans[0]
  ).with {
    $0.names = ["n1.example"]
    $0.fromFirstState = true
    $0.statesListed = 1
    $0.listStates = 2
    $0.spells = 1
    $0.daysListed = 1
    $0.stillListed = false
  }
  static let survival = ListingSurvival(sourceKind: .bootstrap, source: "list", departure: .first)
    .with {
      $0.step = 1
      $0.days = 1
      $0.atRisk = 1
      $0.left = 1
      $0.censored = 0
      $0.survival = 0
    }
  static let signature = ProbeSignature(
    serverID: id(1), probe: "server.version", status: "result", signature: "00112233445566aa"
  ).with {
    $0.observations = 2
    $0.variants = 1
  }
}
