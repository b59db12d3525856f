import Addressing
import Artifact
import Ordering
import RecordLinkage
import Records
import ServerTexts
import StageKit
import Timekeeping

/// Reads what the linkage needs of each server from the tables of facts.
struct ServerFactsReader {
  private var servers: [String: ServerFacts] = [:]
  private var certificatesOf: [String: [String]] = [:]
  private var certificates: [String: Certificate] = [:]
  private var openPorts: [String: Set<String>] = [:]
  private var listedPorts: [String: Set<String>] = [:]

  /// The servers with an Electrum or TLS answer, by id.
  static func servers(
    normalized: String, features: String, context: StageContext
  ) throws -> [ServerFacts] {
    var reader = ServerFactsReader()
    for profile in try context.rows(FeatureProfile.self, folder: features) {
      reader.take(profile)
    }
    let vectors = try context.reader(BackendVector.self, folder: features)
    while let row = try vectors.next() { reader.take(row) }
    for scan in try NormalizedSeries.scans(in: normalized) {
      try context.checkInterruption()
      let folder = normalized + "/" + scan
      let rows = try context.reader(Certificate.self, folder: folder, scope: scan)
      while let row = try rows.next() { reader.take(row) }
      let endpoints = try context.reader(Endpoint.self, folder: folder, scope: scan)
      while let row = try endpoints.next() { reader.take(row) }
    }
    return reader.finished()
  }

  mutating func take(_ profile: FeatureProfile) {
    let features = profile.features
    let keys = features.set(.spkiSHA256s)
    guard profile.scansAnswered > 0 || keys?.isEmpty == false else { return }
    var facts = ServerFacts(id: profile.serverID)
    facts.implementation = features.text(.software)
    facts.software = facts.implementation.map { name in
      features.text(.softwareVersion).map { name + " " + $0 } ?? name
    }
    facts.identified = features.text(.identifiedSoftware)
    facts.keys = keys
    facts.donations = features.set(.donationCustom)
    facts.contacts = features.set(.contacts)
    facts.claims = features.set(.hostsClaimed)
    facts.names = features.set(.names)
    facts.domains = features.set(.registrableDomains)
    facts.tenantPrefixes = features.set(.tenantPrefixes)
    facts.banner = Self.banner(features)
    facts.autonomousSystems = features.set(.asns) ?? []
    facts.isOnionOnly = features.texts(.networks) == [AddressFamily.onion.rawValue]
    listedPorts[facts.id] = features.set(.ports)
    certificatesOf[facts.id] = features.texts(.certificateSHA256s)
    servers[facts.id] = facts
  }

  private static func banner(_ features: FeatureSet) -> ServerFacts.Banner {
    switch (features[.bannerMaskSHA256], features.boolean(.bannerIsDefault)) {
    case (.absent, _): .absent
    case (.text, true?): .standard
    case (.text(let digest), false?): .custom(digest)
    default: .unknown
    }
  }

  mutating func take(_ row: Certificate) { certificates[row.sha256] = row }

  mutating func take(_ row: Endpoint) {
    guard servers[row.serverID] != nil else { return }
    if !row.address.isEmpty { servers[row.serverID]?.addresses.insert(row.address) }
    let kinds = row.host.map { HostKind($0) }.filter { $0 == .name }
    servers[row.serverID]?.dialledKinds.formUnion(
      (kinds.isEmpty ? [HostKind(row.address)] : kinds).map(\.rawValue))
    if row.reached {
      openPorts[row.serverID, default: []].insert("\(row.transport.rawValue)\(row.port)")
    }
  }

  mutating func take(_ row: BackendVector) {
    guard servers[row.serverID] != nil,
      let state = NodeStates.state(
        relayFee: row.relayFee, minimumFee: row.mempoolMinimumFee, estimates: row.estimates.byTarget
      )
    else { return }
    servers[row.serverID]?.states[row.scan, default: []].insert(state)
  }

  private func finished() -> [ServerFacts] {
    servers.values.sorted { $0.id < $1.id }.map { facts in
      var facts = facts
      facts.certificates = (certificatesOf[facts.id] ?? []).compactMap { certificates[$0] }
        .map { CertificateFacts($0) }
      facts.ports =
        openPorts[facts.id]
        ?? Set((listedPorts[facts.id] ?? []).map { $0.filter { $0 != ":" } })
      return facts
    }
  }
}

extension CertificateFacts {
  init(_ row: Certificate) {
    key = row.spkiSHA256
    if row.createdPrecision == .second {
      made = row.createdAt.flatMap { UTCTime(iso8601: $0) }.map { Double($0.microseconds) / 1e6 }
    }
    shape = row.shape
    isSelfSigned = row.selfSigned == true
    issuingKey = row.issuingKeySHA256
    statedIssuer = row.authorityKeyID
    isOfPublicAuthority = row.profile == .publicAuthority
    names = Self.names(of: row)
    product = KnownProduct.name(of: [row.subject, row.issuer].compactMap { $0 })
    nameHabit = CertificateNameForm.habit(row.nameForm)
    words = row.makersWords
  }

  /// DNS names and addresses of alternative names, and the common name.
  private static func names(of row: Certificate) -> Set<String> {
    let alternatives = row.subjectAlternativeNames.compactMap { entry in
      entry.firstIndex(of: ":").map { entry[entry.index(after: $0)...].lowercased() }
    }
    let common = (row.subject ?? "").split(separator: ",").first { $0.hasPrefix("CN=") }
    return Set(alternatives).union(common.map { [$0.dropFirst(3).lowercased()] } ?? [])
  }
}

extension FeatureSet {
  /// The values of a feature: nil where it is not known, empty where the server has none.
  func set(_ feature: Feature) -> Set<String>? {
    switch self[feature] {
    case .text(let value): [value]
    case .texts(let values): Set(values)
    case .absent: []
    case .unknown, .integer, .number, .boolean: nil
    }
  }
}

/// The state of a node, as one server told it.
enum NodeStates {
  /// Fewest estimates that tell a state.
  private static let fewest = 3
  /// An estimate counts where it is above the fees by more than this share.
  private static let margin = 0.001

  /// Relay and minimum fee, and the estimates above both.
  /// - Returns: nil where that tells no state: too few, or all one number, as a floor, a default and
  ///   a node that has just started say.
  static func state(
    relayFee: Double?, minimumFee: Double?, estimates: [Int: Double]
  ) -> SharedState.State? {
    let floor = max(relayFee ?? 0, minimumFee ?? 0)
    let told = estimates.filter { $0.value > floor * (1 + margin) }
    guard told.count >= fewest, Set(told.values).count > 1 else { return nil }
    return SharedState.State(
      frame: [relayFee, minimumFee].map { $0.map { "\($0)" } ?? "" }, figures: told)
  }
}
