import Artifact
import ElectrumProtocol
import Records
import StageKit

/// What `collect` says of a scan as a whole.
struct ScanDescription {
  let network: BitcoinNetwork
  /// Ranges that a simulated network opened; empty in a real scan.
  let allowedRanges: [AddressRange]
  /// What is known of the form of its replies.
  let replyForm: ReplyForm

  init(folder: String) throws(ArtifactError) {
    let observation = try StageManifest(path: folder + "/collect.manifest.json").lineage
      .observation
    var network = BitcoinNetwork.mainnet
    if case .string(let name)? = observation?["network"] {
      network = BitcoinNetwork(rawValue: name) ?? .mainnet
    }
    self.network = network
    var ranges: [AddressRange] = []
    if case .array(let items)? = observation?["allowed_ranges"] {
      for case .string(let text) in items { AddressRange(text).map { ranges.append($0) } }
    }
    allowedRanges = ranges
    replyForm = Self.replyForm(observation)
  }

  private static func replyForm(_ observation: JSONValue?) -> ReplyForm {
    guard case .boolean(true)? = observation?["imported"] else { return .bytes }
    if case .string("values")? = observation?["replies"] { return .value }
    return .text
  }
}

/// The evidence of one scan, put in order: endpoints, exchanges, advertisements, chain views.
struct ScanEvidence {
  private(set) var endpoints: [String: EndpointDraft] = [:]
  private(set) var replies: [ExchangeRecord] = []
  private(set) var shown = ReplyEvidence()
  private(set) var outcomes = OutcomeEvidence()
  private(set) var chain: [ChainView] = []
  private(set) var certificates = CertificateReader()
  /// Every peer tuple, up to a number of each source.
  private(set) var tuples: PeerTuples
  /// Each different tuple once, in no order.
  private(set) var advertisements: [Advertisement] = []
  /// Ports of one address that tuples name together.
  private(set) var listed = ListedPairs()
  /// Tickets of one endpoint that another took.
  private(set) var resumptions: Set<TicketResumption> = []
  private var resolved: [String: Set<String>] = [:]
  private var addressesOf: [String: Set<String>] = [:]
  private let description: ScanDescription
  private let advertisementReader: AdvertisementReader
  /// The network that the scan asked for.
  var network: BitcoinNetwork { description.network }

  init(_ description: ScanDescription, maximumTuplesPerSource: Int) {
    self.description = description
    tuples = PeerTuples(maximumPerSource: maximumTuplesPerSource)
    advertisementReader = AdvertisementReader(
      allowedRanges: description.allowedRanges, network: description.network)
  }

  mutating func take(_ evidence: CertificateEvidence) { certificates.take(evidence) }

  mutating func take(_ resolution: NameResolution) {
    let name = DNSName.canonical(resolution.name)
    for address in resolution.addresses {
      resolved[address, default: []].insert(name)
      addressesOf[name, default: []].insert(address)
    }
  }

  mutating func take(_ listing: Listing) {
    tuples.take(
      PeerTuples.Mention(
        address: listing.address, host: listing.host, features: listing.features,
        kind: AdvertisementKind(rawValue: listing.sourceKind.rawValue) ?? .import,
        source: listing.source, count: listing.count, heardAt: listing.heardAt))
  }

  /// Reads the tuples; call when all evidence is in.
  mutating func readTuples() {
    for tuple in tuples.kept {
      take(
        tuple: (tuple.address, tuple.host, tuple.features), kind: tuple.kind,
        source: tuple.source, count: tuple.count, heardAt: tuple.heardAt)
    }
  }

  /// Takes in one attempt; attempts come in the order of the artifact.
  mutating func take(_ connection: Connection) {
    connection.tls.map { certificates.take($0) }
    outcomes.take(connection)
    let id = connection.endpointID
    var draft =
      endpoints[id]
      ?? EndpointDraft(
        network: connection.network, address: connection.address, name: connection.host,
        port: connection.port, transport: connection.transport)
    draft.take(connection)
    if let resumption = TicketResumption(connection) { resumptions.insert(resumption) }
    let attempt = draft.number(of: connection)
    let lines = ReplyLines(connection.received)
    var answers = Answers()
    for (index, exchange) in connection.exchanges.enumerated() {
      let reply = Reply(
        exchange, sequence: index + 1, endpointID: id, attempt: attempt, lines: lines,
        form: description.replyForm)
      answers.take(reply)
      shown.take(
        reply, at: Self.time(of: reply.record, in: connection),
        isImported: description.replyForm != .bytes)
      replies.append(reply.record)
      reply.record.shape.map { draft.shapes[exchange.probe] = $0 }
      if reply.record.probe == "server.peers.subscribe" { takeListed(reply, from: id, connection) }
      if let tip = takeTip(reply, connection) { draft.tips.append(tip) }
    }
    answers.fill(from: draft.answers)
    draft.answers = answers
    endpoints[id] = draft
  }

  private mutating func takeListed(_ reply: Reply, from id: String, _ connection: Connection) {
    guard let peers = reply.result?.elements else { return }
    let heardAt = Self.time(of: reply.record, in: connection)
    for peer in peers {
      let parts = peer.elements ?? []
      let text = parts.map { $0.text ?? String(decoding: $0.encoded(), as: UTF8.self) }
      let features = parts.count > 2 ? parts[2].elements ?? [] : []
      tuples.take(
        PeerTuples.Mention(
          address: parts.count > 0 ? text[0] : String(decoding: peer.encoded(), as: UTF8.self),
          host: parts.count > 1 ? text[1] : "",
          features: features.map { $0.text ?? String(decoding: $0.encoded(), as: UTF8.self) },
          kind: .peers, source: id, count: 1, heardAt: heardAt))
    }
  }

  private mutating func take(
    tuple: (address: String, host: String, features: [String]), kind: AdvertisementKind,
    source: String, count: Int, heardAt: String?
  ) {
    let reading = advertisementReader.read(
      address: tuple.address, host: tuple.host, features: tuple.features, kind: kind,
      source: source, count: count, heardAt: heardAt)
    advertisements.append(reading.advertisement)
    var idsAt: [String: [String]] = [:]
    for place in reading.endpoints {
      let addresses = place.network == .unresolved ? addresses(of: place.address) : []
      let places =
        addresses.isEmpty
        ? [(place.network, place.address)] : addresses.map { ($0.network, $0.text) }
      for (network, address) in places {
        let id = add(network, address, place.port, place.transport, tuple, source)
        idsAt[address, default: []].append(id)
      }
    }
    for ids in idsAt.values where ids.count == 2 {
      listed.add(ids[0], ids[1], source: source, isList: kind != .peers)
    }
  }

  /// Adds what a source says of an endpoint.
  private mutating func add(
    _ network: Network, _ address: String, _ port: Int, _ transport: Transport,
    _ tuple: (address: String, host: String, features: [String]), _ source: String
  ) -> String {
    let isName = network == .unresolved
    let id = Identifier.endpoint(
      network: network, address: address, name: address, port: port, transport: transport)
    var draft =
      endpoints[id]
      ?? EndpointDraft(
        network: network, address: isName ? "" : address, name: address, port: port,
        transport: transport)
    draft.add(name: tuple.host)
    draft.advertisers.insert(source)
    endpoints[id] = draft
    return id
  }

  private func addresses(of name: String) -> [IPAddress] {
    (addressesOf[name] ?? []).sorted().compactMap { IPAddress($0) }
  }

  /// Marks the names whose look-up gave the endpoint's address; call when all evidence is in.
  mutating func verifyNames() {
    for id in Array(endpoints.keys) {
      guard var draft = endpoints[id] else { continue }
      draft.verifiedNames.formUnion(draft.names.intersection(resolved[draft.address] ?? []))
      endpoints[id] = draft
    }
  }

  private mutating func takeTip(_ reply: Reply, _ connection: Connection) -> TipSighting? {
    guard reply.record.probe == "blockchain.headers.subscribe",
      let height = reply.result?["height"]?.integer
    else { return nil }
    let (id, attempt) = (reply.record.endpointID, reply.record.attempt)
    let seconds = Self.seconds(of: reply.record, in: connection)
    var view = ChainView(
      endpointID: id, attempt: attempt, serverID: "",
      observedAt: seconds.map { Timestamp.text(seconds: $0) }, height: height)
    var headerTime: Int?
    if let header = reply.result?["hex"]?.text.flatMap({ BlockHeader(hex: $0) }) {
      view.headerHash = header.hashText
      view.previousHash = Hex.text(header.previousHash.reversed())
      headerTime = Int(header.time)
      view.headerTime = Timestamp.text(seconds: Int(header.time))
      view.bits = Int(header.bits)
      view.workValid = header.hasProofOfWork
    }
    if chain.last?.endpointID == id, chain.last?.attempt == attempt { chain.removeLast() }
    chain.append(view)
    return TipSighting(
      time: seconds, height: height, hash: view.headerHash, headerTime: headerTime)
  }

  /// UTC time at which the reply had arrived, to the second; that of the attempt's start where no
  /// other is known (imported).
  private static func time(of reply: ExchangeRecord, in connection: Connection) -> String? {
    seconds(of: reply, in: connection).map { Timestamp.text(seconds: $0) }
  }

  private static func seconds(of reply: ExchangeRecord, in connection: Connection) -> Int? {
    guard let start = connection.startedAt.flatMap({ Timestamp.microseconds($0) }) else {
      return nil
    }
    let sent = reply.sentMilliseconds ?? 0
    let last = reply.lastByteMilliseconds ?? 0
    return (start + Int((sent + last) * 1000)) / 1_000_000
  }
}
