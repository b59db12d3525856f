import Addressing
import Artifact
import Digests
import ElectrumProtocol
import Records
import ServerTexts
import Timekeeping

/// The evidence of one scan, put in order: endpoints, exchanges, advertisements, chain views.
struct ScanEvidence {
  private(set) var endpoints: [EndpointDraft] = []
  private var endpointNumbers: [String: Int] = [:]
  private(set) var exchanges = ExchangeTable()
  private(set) var shown = ReplyEvidence()
  private(set) var outcomes = OutcomeEvidence()
  private(set) var facts: FactReader
  private(set) var chain: [ChainView] = []
  private(set) var certificates: CertificateReader
  /// Every peer tuple, up to a number of each source.
  private var tuples: PeerTuples
  /// What the sources say, and what that means; nothing before `readTuples`.
  private(set) var advertisements = AdvertisementTable()
  /// Reached endpoints that an endpoint names as peers.
  private(set) var advertised: [String: Set<String>] = [:]
  /// Ports of one address that tuples name together.
  private(set) var listed = ListedPairs()
  /// Odd forms that were met.
  private(set) var forms = FormTally()
  /// Tickets of one endpoint that another took.
  private(set) var resumptions: Set<TicketResumption> = []
  private var resolved: [String: Set<String>] = [:]
  private var addressesOf: [String: Set<String>] = [:]
  private let description: ScanDescription
  private let lines: LineMemory
  private let advertisementReader: AdvertisementReader
  /// The network that the scan asked for.
  var network: BitcoinNetwork { description.network }

  /// - Parameters:
  ///   - certificates: those of the scan before.
  ///   - lines: replies of the scans before.
  init(
    _ description: ScanDescription, maximumTuplesPerSource: Int,
    certificates: CertificateReader? = nil, lines: LineMemory = LineMemory()
  ) {
    self.description = description
    facts = FactReader(scan: description.row.scan)
    self.lines = lines
    self.certificates = CertificateReader(after: certificates)
    tuples = PeerTuples(maximumPerSource: maximumTuplesPerSource)
    advertisementReader = AdvertisementReader(
      allowedRanges: description.allowedRanges, network: description.network)
  }

  mutating func take(_ evidence: CertificateEvidence) { certificates.take(evidence) }

  mutating func take(_ resolution: NameResolution) {
    let name = DNSName.canonical(
      Credentials.redacted(place: resolution.name) ?? resolution.name)
    for address in resolution.addresses {
      resolved[address, default: []].insert(name)
      addressesOf[name, default: []].insert(address)
    }
  }

  mutating func take(_ listing: Listing) {
    tuples.take(
      PeerTuples.Mention(
        address: listing.address,
        host: listing.host,
        features: listing.features,
        kind: AdvertisementKind(rawValue: listing.sourceKind.rawValue) ?? .import,
        source: Credentials.redacted(text: listing.source) ?? listing.source,
        count: listing.count, heardAt: listing.heardAt
      ).withoutCredentials)
  }

  /// Reads the tuples, each different one once; call when all evidence is in.
  mutating func readTuples() {
    let told = tuples.told()
    let catalog = tuples.takeCatalog(told)
    var named = [NamedPorts](repeating: NamedPorts(), count: catalog.limit)
    var readings = [AdvertisementReader.Reading](repeating: .init(), count: catalog.limit)
    for number in 0..<catalog.limit where catalog.isUsed(number) {
      let tuple = catalog[number]
      readings[number] = advertisementReader.read(
        address: tuple.address, host: tuple.host, features: tuple.features,
        exactSHA256: tuple.exactSHA256)
      named[number] = place(readings[number])
      readings[number].endpoints = []
      for form in readings[number].forms { forms.count(form, example: tuple.address) }
    }
    // By name, so that a source that is met again has just been met.
    for source in told.sorted(by: { $0.source.name < $1.source.name }) {
      for tuple in source.tuples {
        let ports = named[tuple.number]
        for endpoint in ports.endpoints {
          endpoints[endpoint].add(
            advertiser: source.source.name, source.source.kind, at: tuple.heardAt,
            version: readings[tuple.number].protocolMax)
          if source.source.kind == .peers, endpoints[endpoint].isReached {
            advertised[source.source.name, default: []].insert(endpoints[endpoint].id)
          }
        }
        for (one, other) in ports.pairs { witness(one, other, source.source) }
      }
    }
    advertisements = AdvertisementTable(told: told, catalog: catalog, readings: readings)
    endpointNumbers = [:]
  }

  /// Takes in one attempt; attempts come in the order of the artifact.
  mutating func take(_ connection: Connection) {
    var connection = connection
    if let host = Credentials.redacted(place: connection.host) { connection.host = host }
    if let address = Credentials.redacted(place: connection.address) {
      connection.address = address
    }
    if connection.network == .unresolved { connection.host = DNSName.canonical(connection.host) }
    connection.tls.map { certificates.take($0) }
    if Self.isImpossible(connection) {
      forms.count(.attemptOnion, example: connection.address)
      return
    }
    outcomes.take(connection)
    let id = connection.endpointID
    let number = number(
      of: id,
      or: EndpointDraft(
        id: id, network: connection.network, address: connection.address, name: connection.host,
        port: connection.port, transport: connection.transport))
    endpoints[number].take(connection)
    if let resumption = TicketResumption(connection) { resumptions.insert(resumption) }
    let attempt = endpoints[number].number(of: connection)
    let received = ReplyLines(connection.received)
    let start = connection.startedAt.flatMap { UTCTime.microseconds($0) }
    var answers = Answers()
    var replies: [Reply] = []
    replies.reserveCapacity(connection.exchanges.count)
    for (index, exchange) in connection.exchanges.enumerated() {
      let reply = Reply(
        exchange, sequence: index + 1, endpointID: id, attempt: attempt, lines: received,
        form: description.replyForm, memory: lines)
      answers.take(reply)
      replies.append(reply)
      shown.take(
        reply, at: Self.time(of: reply.record, since: start),
        isImported: description.replyForm != .bytes)
      exchanges.append(reply.record)
      reply.record.shape.map { endpoints[number].shapes[exchange.probe] = $0 }
      if reply.record.probe == "server.peers.subscribe" {
        takeListed(reply, from: id, since: start)
      }
      if let tip = takeTip(reply, since: start) { endpoints[number].tips.append(tip) }
    }
    facts.take(connection, replies, since: start)
    answers.fill(from: endpoints[number].answers)
    endpoints[number].answers = answers
  }

  /// Whether an attempt was made at an onion name that cannot exist, and nothing speaks against that.
  private static func isImpossible(_ connection: Connection) -> Bool {
    guard connection.network == .onion, !connection.outcome.isReached,
      connection.received.isEmpty
    else { return false }
    do throws(Place.Defect) {
      _ = try Place(connection.address)
      return false
    } catch {
      return error.isOnion
    }
  }

  /// The odd forms in answers and certificates beside those of peers and attempts; call when all
  /// evidence is in.
  func allForms() -> FormTally {
    var forms = forms
    for endpoint in endpoints {
      for form in endpoint.answers.forms { forms.count(form, example: endpoint.id) }
    }
    for digest in certificates.unreadable {
      forms.count(.certificateUnreadable, example: digest)
    }
    return forms
  }

  /// The number of an endpoint, which is `new` where it is met for the first time.
  private mutating func number(of id: String, or new: @autoclosure () -> EndpointDraft) -> Int {
    if let number = endpointNumbers[id] { return number }
    let number = endpoints.count
    endpointNumbers[id] = number
    endpoints.append(new())
    return number
  }

  private mutating func takeListed(_ reply: Reply, from id: String, since start: Int?) {
    guard let peers = reply.result?.elements else { return }
    let source = PeerTuples.Source(kind: .peers, name: id)
    let heardAt = Self.time(of: reply.record, since: start)
    for peer in peers {
      if !peer.mayHoldCredentials, tuples.repeats(peer, of: source, heardAt: heardAt) { continue }
      let parts = peer.elements ?? []
      let features = parts.count > 2 ? parts[2].elements ?? [] : []
      tuples.take(
        PeerTuples.Mention(
          address: Self.text(of: parts.first ?? peer),
          host: parts.count > 1 ? Self.text(of: parts[1]) : "",
          features: features.map(Self.text),
          kind: .peers, source: id, count: 1, heardAt: heardAt
        ).withoutCredentials)
    }
  }

  /// A part of a peer as text, without what stands before an `@`: nobody's password is passed on.
  private static func text(of part: WireValue) -> String {
    part.text ?? String(decoding: part.encoded(), as: UTF8.self)
  }

  /// Endpoints that a tuple names, by number.
  private struct NamedPorts {
    var endpoints: [Int] = []
    /// Two ports of one address.
    var pairs: [(Int, Int)] = []
  }

  /// Adds what a tuple names, whoever says so.
  private mutating func place(_ reading: AdvertisementReader.Reading) -> NamedPorts {
    var named = NamedPorts()
    var numbersAt: [String: [Int]] = [:]
    for place in reading.endpoints {
      let addresses = place.network == .unresolved ? addresses(of: place.address) : []
      let places =
        addresses.isEmpty
        ? [(place.network, place.address)] : addresses.map { ($0.network, $0.text) }
      for (network, address) in places {
        let number = add(network, address, place.port, place.transport, reading.name)
        named.endpoints.append(number)
        numbersAt[address, default: []].append(number)
      }
    }
    for numbers in numbersAt.values where numbers.count == 2 {
      named.pairs.append((numbers[0], numbers[1]))
      listed.add(endpoints[numbers[0]].id, endpoints[numbers[1]].id)
    }
    return named
  }

  private mutating func add(
    _ network: AddressFamily, _ address: String, _ port: Int, _ transport: Transport,
    _ name: String?
  ) -> Int {
    let id = Identifier.endpoint(
      network: network, address: address, name: address, port: port, transport: transport)
    let number = number(
      of: id,
      or: EndpointDraft(
        id: id, network: network, address: network == .unresolved ? "" : address, name: address,
        port: port, transport: transport))
    name.map { endpoints[number].add(name: $0) }
    return number
  }

  /// Notes who names two ports together, strangers aside.
  private mutating func witness(_ one: Int, _ other: Int, _ source: PeerTuples.Source) {
    let isList = source.kind != .peers
    let (first, second) = (endpoints[one].id, endpoints[other].id)
    guard isList || source.name == first || source.name == second else { return }
    listed.add(first, second, source: source.name, isList: isList)
  }

  private func addresses(of name: String) -> [IPAddress] {
    (addressesOf[name] ?? []).sorted().compactMap { IPAddress($0) }
  }

  /// Takes the facts, when all evidence is in.
  mutating func takeFacts() -> FactTables {
    facts.finish()
    defer { facts = FactReader(scan: description.row.scan) }
    return facts.tables
  }

  /// Marks the names whose look-up gave the endpoint's address; call when all evidence is in.
  mutating func verifyNames() {
    for number in endpoints.indices {
      guard let names = resolved[endpoints[number].address] else { continue }
      endpoints[number].verifiedNames.formUnion(endpoints[number].names.intersection(names))
    }
  }

  private mutating func takeTip(_ reply: Reply, since start: Int?) -> TipSighting? {
    guard reply.record.probe == "blockchain.headers.subscribe",
      let height = reply.result?["height"]?.integer
    else { return nil }
    let (id, attempt) = (reply.record.endpointID, reply.record.attempt)
    let seconds = Self.seconds(of: reply.record, since: start)
    var view = ChainView(endpointID: id, serverID: "").with {
      $0.attempt = attempt
      $0.observedAt = seconds.map { UTCTime.text(seconds: $0) }
      $0.height = height
    }
    var headerTime: Int?
    if let header = reply.result?["hex"]?.text.flatMap({ BlockHeader(hex: $0) }) {
      view.headerHash = header.hashText
      view.previousHash = Hex.text(header.previousHash.reversed())
      headerTime = Int(header.time)
      view.headerTime = UTCTime.text(seconds: Int(header.time))
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
  /// - Parameter start: of the attempt, in microseconds since 1970; nil: not known.
  private static func time(of reply: ExchangeRecord, since start: Int?) -> String? {
    seconds(of: reply, since: start).map { UTCTime.text(seconds: $0) }
  }

  private static func seconds(of reply: ExchangeRecord, since start: Int?) -> Int? {
    guard let start else { return nil }
    let sent = reply.sentMilliseconds ?? 0
    let last = reply.lastByteMilliseconds ?? 0
    return (start + Int((sent + last) * 1000)) / 1_000_000
  }
}
