import Artifact
import Geolocation
import Records

/// The tables of one scan.
struct ScanTables {
  var endpoints: [Endpoint] = []
  var servers: [Server] = []
  var certificates: [Certificate] = []
  var advertisements = AdvertisementTable()
  var software: [SoftwareRecord] = []
  var backends: [BackendView] = []
  var outcomes: [FamilyOutcome] = []
  var chain: [ChainView] = []
  var resolution: [ResolutionStep] = []
  var lineage: [LineageEvent] = []
  var texts: [ServerText] = []
  var contacts: [Contact] = []
  var claims: [HostClaim] = []
  var advertises: [AdvertisedServer] = []
  /// Which networks its servers say that they are of.
  private(set) var toldChains = ToldChains([])
  /// The server of each endpoint.
  let serverOf: [String: String]
  /// Onion endpoints whose key, certificate and ticket are withheld.
  let withheld: Int

  /// Resolves servers and fills the tables.
  init(
    _ evidence: ScanEvidence, registry: inout ServerRegistry, places: inout PlaceFinder,
    software: inout SoftwareMemory, texts memory: inout TextMemory, suffixes: PublicSuffixList,
    copiedKeys: Set<String>, twins: TwinKeys
  ) throws(GeolocationError) {
    let drafts = evidence.endpoints.sorted { $0.id < $1.id }
    let members: [[EndpointEvidence]]
    (members, resolution) = try Self.resolve(drafts, evidence, &places, copiedKeys, twins)
    let withheld = Set(members.joined().lazy.filter(\.isWithheld).map(\.id))
    self.withheld = withheld.count
    // Put together twice rather than kept: a flood of peers makes many servers of little.
    let ids: [String]
    (ids, lineage) = registry.assign(members.map { ServerAssembly($0).candidate })
    servers.reserveCapacity(ids.count)
    endpoints.reserveCapacity(drafts.count)
    var serverOf = [String: String](minimumCapacity: drafts.count)
    for (members, id) in zip(members, ids) {
      let assembly = ServerAssembly(members)
      for draft in assembly.drafts { serverOf[draft.id] = id }
      let place = try Self.place(of: assembly, &places)
      servers.append(assembly.server(id: id, place: place, suffixes: suffixes))
      texts += assembly.texts(id: id)
    }
    for draft in drafts {
      let place = try places.place(of: draft.address)
      endpoints.append(
        Endpoint(
          draft, serverID: serverOf[draft.id] ?? "", place: place,
          isWithheld: withheld.contains(draft.id)))
    }
    self.serverOf = serverOf
    chain = evidence.chain.map { Self.with(serverOf[$0.endpointID], $0, \.serverID) }
    advertisements = evidence.advertisements
    describePeers(serverOf: serverOf)
    describeClaims(evidence.advertised)
    certificates = Self.certificates(
      evidence.certificates, endpoints, hidden: Self.hidden(drafts, withheld, twins))
    outcomes = evidence.outcomes.rows(serverOf: serverOf)
    describeReplies(evidence.shown, serverOf: serverOf, &software)
    toldChains = ToldChains(servers)
    let isOther = toldChains.isOtherChain(than: evidence.network)
    readTexts(
      TextReader(suffixes: suffixes, network: isOther ? nil : evidence.network), &memory)
  }

  /// The endpoints of each server, and why; nothing else of the resolution is kept.
  private static func resolve(
    _ drafts: [EndpointDraft], _ evidence: ScanEvidence, _ places: inout PlaceFinder,
    _ copiedKeys: Set<String>, _ twins: TwinKeys
  ) throws(GeolocationError) -> ([[EndpointEvidence]], [ResolutionStep]) {
    var known = ResolutionEvidence(
      endpoints: [], listed: evidence.listed, resumptions: evidence.resumptions,
      copiedKeys: copiedKeys)
    for draft in drafts {
      known.endpoints.append(
        EndpointEvidence(
          draft: draft, spki: evidence.certificates.spki(of: draft.tls?.chain.first),
          autonomousSystem: try places.place(of: draft.address).asn))
    }
    let resolver = ServerResolver(known)
    var servers = resolver.servers()
    let withheld = twins.withheld(of: servers, resumptions: evidence.resumptions)
    guard !withheld.isEmpty else { return (servers, resolver.steps()) }
    var secrets: [String: Set<String>] = [:]
    for (number, members) in servers.enumerated() {
      for (place, member) in members.enumerated() where withheld.contains(member.id) {
        servers[number][place].isWithheld = true
        secrets[member.id] = member.draft.handshakes.certificates.union(
          [member.spki].compactMap { $0 })
      }
    }
    return (servers, resolver.steps().map { $0.withholding(secrets) })
  }

  /// Certificates of onion services that nobody sent in this scan but who has them withheld.
  private static func hidden(
    _ drafts: [EndpointDraft], _ withheld: Set<String>, _ twins: TwinKeys
  ) -> Set<String> {
    drafts.reduce(into: twins.sentByOnions) { hidden, draft in
      if !withheld.contains(draft.id) { hidden.subtract(draft.handshakes.certificates) }
    }
  }

  private static func with<Row>(
    _ value: String?, _ row: Row, _ path: WritableKeyPath<Row, String>
  ) -> Row {
    var row = row
    row[keyPath: path] = value ?? ""
    return row
  }

  /// The place of a server is that of its first endpoint, in order of ids, that has one.
  private static func place(
    of assembly: ServerAssembly, _ places: inout PlaceFinder
  ) throws(GeolocationError) -> Geography {
    var best = Geography()
    for draft in assembly.drafts {
      let place = try places.place(of: draft.address)
      if best.country == nil && best.asn == nil { best = place }
    }
    return best
  }

  private static func certificates(
    _ reader: CertificateReader, _ endpoints: [Endpoint], hidden: Set<String>
  ) -> [Certificate] {
    var reader = reader
    var users: [String: [Endpoint]] = [:]
    for endpoint in endpoints {
      if let leaf = endpoint.certificateSHA256 { users[leaf, default: []].append(endpoint) }
    }
    for (sha256, endpoints) in users {
      reader.setUse(
        of: sha256, endpoints: endpoints.count,
        servers: Set(endpoints.map(\.serverID)).count,
        own: endpoints.reduce(into: []) { own, endpoint in
          own.formUnion(endpoint.host.map { $0.lowercased() } + [endpoint.address])
        })
    }
    reader.findIssuers(hidden: hidden)
    return reader.records.values.filter { !hidden.contains($0.sha256) }
  }
}

extension Endpoint {
  init(_ draft: EndpointDraft, serverID: String, place: Geography, isWithheld: Bool) {
    self.init(
      endpointID: draft.id, serverID: serverID, network: draft.network, address: draft.address,
      transport: draft.transport, outcome: draft.outcome)
    self.host = draft.names.isEmpty ? [draft.address] : draft.names.sorted()
    self.port = draft.port
    self.tested = draft.isTested
    self.reached = draft.isReached
    self.attempts = draft.attempts
    self.answeredAttempts = draft.answeredAttempts
    self.advertisers = draft.advertisers
    connectMilliseconds = Self.median(draft.connectMicroseconds)
    tlsMilliseconds = Self.median(draft.tlsMicroseconds)
    tlsVersion = draft.tls?.version
    tlsCipher = draft.tls?.cipher
    geography = place
    if isWithheld {
      handshake.withheld = UnknownReason.withheldTwin.id
    } else {
      handshake = draft.handshakes.facts
      certificateSHA256 = draft.tls?.chain.first
    }
  }

  /// Median of microseconds, in milliseconds.
  private static func median(_ values: [Int]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    let sum = sorted.count % 2 == 1 ? 2 * sorted[middle] : sorted[middle - 1] + sorted[middle]
    return Double(sum) / 2000
  }
}
