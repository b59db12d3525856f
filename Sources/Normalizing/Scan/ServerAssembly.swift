import ElectrumProtocol
import Records

/// One server of a scan: its endpoints, in order of their ids, put together.
struct ServerAssembly {
  let drafts: [EndpointDraft]
  private let keys: [String?]
  private let answers: Answers
  private let names: Set<String>
  private let verifiedNames: Set<String>

  init(_ endpoints: [EndpointEvidence]) {
    drafts = endpoints.map(\.draft)
    keys = endpoints.map(\.spki)
    answers = drafts.reduce(into: Answers()) { $0.fill(from: $1.answers) }
    names = drafts.reduce(into: []) { $0.formUnion($1.names) }
    verifiedNames = drafts.reduce(into: []) { $0.formUnion($1.verifiedNames) }
  }

  private var spki: [String] { Set(keys.compactMap { $0 }).sorted() }

  /// Anchors after methods 1.1: key, else onion, else name, else address and port.
  var candidate: ServerRegistry.Candidate {
    var anchors = spki.map { "spki:\($0)" }
    anchors += drafts.filter { $0.network == .onion }.map { "onion:\($0.address)" }.sorted()
    anchors += verifiedNames.sorted().map { "name:\($0)" }
    anchors += drafts.map { "address:\($0.address):\($0.port)" }.sorted()
    return ServerRegistry.Candidate(endpointIDs: Set(drafts.map(\.id)), anchors: anchors)
  }

  func server(id: String, place: Geography, suffixes: PublicSuffixList) -> Server {
    let best = drafts.min { ($0.outcome.rank, $0.id) < ($1.outcome.rank, $1.id) }
    var server = Server(
      serverID: id, outcome: best?.outcome ?? .untestedNotImported, bannerStatus: answers.banner,
      donationStatus: answers.donation
    ).with {
      $0.names = names.sorted()
      $0.verifiedNames = verifiedNames.sorted()
      $0.registrableDomains = Set(verifiedNames.compactMap { suffixes.registrableDomain(of: $0) })
        .sorted()
      $0.addresses = Set(drafts.map(\.address)).subtracting([""]).sorted()
      $0.networks = Set(drafts.map(\.network.rawValue)).sorted()
      $0.endpoints = drafts.count
      $0.replicas = replicas
      $0.reached = drafts.contains(where: \.isReached)
      $0.hostsClaimed = answers.hosts.map(\.name)
      $0.banner = answers.bannerText
      $0.donationAddress = answers.donationText
      $0.spkiSHA256s = spki
    }
    describe(&server)
    server.peerFacts.firstHeardFrom =
      drafts.reduce(into: FirstHearing()) { $0.merge($1.hearing) }
      .kind
    server.certificateSHA256s = Set(drafts.compactMap { $0.tls?.chain.first }).sorted()
    server.geography = place
    return server
  }

  /// Pools behind one name; nil: none was reached.
  private var replicas: Int? {
    struct Pool: Hashable {
      let name: String
      let network: AddressFamily
      let key: String
    }
    guard drafts.contains(where: \.isReached) else { return nil }
    var pools: [Pool: Set<String>] = [:]
    for (draft, key) in zip(drafts, keys) where draft.isReached {
      guard let key else { continue }
      for name in draft.verifiedNames {
        pools[Pool(name: name, network: draft.network, key: key), default: []]
          .insert(draft.address)
      }
    }
    return pools.values.map(\.count).max() ?? 1
  }

  private func describe(_ server: inout Server) {
    if let text = answers.versionText {
      let software = ServerSoftware(text)
      server.serverVersionText = text
      server.software = software.implementation.rawValue
      server.softwareVersion = software.version
    }
    server.protocolNegotiated = answers.protocolNegotiated
    server.protocolMin = answers.protocolMin
    server.protocolMax = answers.protocolMax
    server.genesisHash = answers.genesisHash
    server.chain = answers.genesisHash.flatMap { BitcoinNetwork(genesisHash: $0)?.rawValue }
    server.chainEvidence = server.chain.map { _ in .genesis }
    server.pruning = answers.pruning
    server.tipHeight = answers.tip?.height
    server.tipHash = answers.tip?.hash
    server.peersReturned = answers.peersReturned
  }

  func texts(id: String) -> [ServerText] {
    [
      (ServerTextKind.banner, answers.bannerText),
      (.donationAddress, answers.donationText), (.serverVersion, answers.versionText),
    ].compactMap { kind, text in
      text.map {
        ServerText(kind: kind, serverID: id, text: $0).with {
          $0.lineBase64 = answers.inexactLines[kind]
        }
      }
    }
  }
}
