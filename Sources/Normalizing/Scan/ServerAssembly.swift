import ElectrumProtocol
import Records
import ServerTexts

/// One server of a scan: its endpoints, in order of their ids, put together.
struct ServerAssembly {
  let drafts: [EndpointDraft]
  /// All but what is attached for want of another server at the address.
  private let own: [EndpointDraft]
  private let keys: [String?]
  private let leaves: Set<String>
  private let answers: Answers
  private let names: Set<String>
  private let verifiedNames: Set<String>

  init(_ endpoints: [EndpointEvidence]) {
    drafts = endpoints.map(\.draft)
    own = endpoints.filter { !$0.isAttached }.map(\.draft)
    keys = endpoints.map { $0.isWithheld ? nil : $0.spki }
    leaves = Set(endpoints.filter { !$0.isWithheld }.compactMap { $0.draft.tls?.chain.first })
    answers = drafts.reduce(into: Answers()) { $0.fill(from: $1.answers) }
    names = drafts.reduce(into: []) { $0.formUnion($1.names) }
    verifiedNames = drafts.reduce(into: []) { $0.formUnion($1.verifiedNames) }
  }

  private var spki: [String] { Set(keys.compactMap { $0 }).sorted() }

  /// Anchors from strong to weak, as <doc:Server-Resolution> has them: key, else onion, else name,
  /// else address and port.
  var candidate: ServerRegistry.Candidate {
    var anchors = spki.map { "spki:\($0)" }
    anchors += drafts.filter { $0.network == .onion }.map { "onion:\($0.address)" }.sorted()
    anchors += own.reduce(into: Set<String>()) { $0.formUnion($1.verifiedNames) }.sorted().map {
      "name:\($0)"
    }
    anchors += own.map { "address:\($0.address):\($0.port)" }.sorted()
    return ServerRegistry.Candidate(
      endpointIDs: Set(drafts.map(\.id)), anchors: anchors, ownIDs: Set(own.map(\.id)))
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
      $0.hostsPorts = answers.hostsPorts.sorted()
      $0.banner = answers.bannerText
      $0.donationAddress = answers.donationText
      $0.spkiSHA256s = spki
    }
    describe(&server)
    server.peerFacts.firstHeardFrom =
      drafts.reduce(into: FirstHearing()) { $0.merge($1.hearing) }
      .kind
    server.certificateSHA256s = leaves.sorted()
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
    server.protocolMaxListed = ListedVersions(merging: drafts.map(\.listedVersions)).mostTold
    server.genesisHash = answers.genesisHash
    let network = answers.genesisHash.flatMap { BitcoinNetwork(genesisHash: $0) }
    let byHeaders = network?.chain(byHeaders: answers.splitHashes)
    server.chain = byHeaders ?? network?.rawValue
    server.chainEvidence = server.chain.map { _ in byHeaders == nil ? .genesis : .header }
    server.pruning = answers.pruning
    server.tipHeight = answers.tip?.height
    server.tipHash = answers.tip?.hash
    server.peersReturned = answers.peersReturned
    server.redacted = redacted(server)
  }

  /// Columns of the row in which credentials were replaced, sorted.
  private func redacted(_ server: Server) -> [String] {
    let isMarked = { (texts: [String?]) in texts.contains { Credentials.isMarked($0 ?? "") } }
    return [
      ("addresses", isMarked(server.addresses)), ("banner", answers.exactSHA256s[.banner] != nil),
      ("donation_address", answers.exactSHA256s[.donationAddress] != nil),
      ("hosts_claimed", isMarked(server.hostsClaimed)), ("names", isMarked(server.names)),
      (
        "protocol",
        isMarked([server.protocolMin, server.protocolMax, server.protocolNegotiated])
      ),
      ("server_version_text", answers.exactSHA256s[.serverVersion] != nil),
    ].compactMap { $1 ? $0 : nil }
  }

  func texts(id: String) -> [ServerText] {
    [
      (ServerTextKind.banner, answers.bannerText),
      (.donationAddress, answers.donationText), (.serverVersion, answers.versionText),
    ].compactMap { kind, text in
      text.map {
        ServerText(kind: kind, serverID: id, text: $0).with {
          $0.lineBase64 = answers.inexactLines[kind]
          $0.exactSHA256 = answers.exactSHA256s[kind]
        }
      }
    }
  }
}
