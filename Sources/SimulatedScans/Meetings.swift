import Addressing
internal import Artifact
internal import Collecting
internal import Dispatch
internal import ElectrumProtocol
internal import Probing
internal import Records
internal import SimulatedNetwork
internal import SimulatedServers
internal import StageKit
internal import Synchronization
internal import Timekeeping

/// What a connection to each listening endpoint gives at an epoch, led before the crawl and on
/// several threads: nothing that a server says depends on when in the epoch it is asked.
struct Meetings {
  /// One endpoint's.
  struct Meeting: Sendable {
    let duration: Int
    let bytesReceived: Int
    let isThrottled: Bool
    let word: Outcome
    let row: RowTemplate
    /// DER by SHA-256.
    let certificates: [(digest: String, der: [UInt8])]
    let peers: Peers
    let endpoint: ListeningEndpoint
    /// What further connections may ask about.
    let answers: EarlierAnswers
    let words: SelfDescription
    /// What is compared with others; nil where nobody is visited again, or it was not whole.
    let evidence: VisitEvidence?

    enum Peers: Sendable {
      /// As read from the reply.
      case read([AdvertisedPeer])
      /// Places in the directory.
      case places([Int])
    }

    func outcome(_ all: Meetings, startedAt: UTCTime) -> VirtualCrawl.Outcome {
      VirtualCrawl.Outcome(
        duration: duration, bytesReceived: bytesReceived, isThrottled: isThrottled,
        peers: all.told(peers), words: words, startedAt: startedAt.text,
        isAnswered: word == .answered, evidence: evidence)
    }
  }

  private var meetings: [String: Meeting] = [:]
  /// The directory's entries, as a crawl reads them; nil where they are no peer.
  private var directory: [AdvertisedPeer?] = []

  /// Of those that are known from the book, every so many are led in full, too, and compared.
  #if DEBUG
    private static let checkInterval = 1
  #else
    private static let checkInterval = 256
  #endif

  init(
    _ endpoints: [ListeningEndpoint], encounter: Encounter, connections: [String: Int],
    network: BitcoinNetwork, threads: Int
  ) throws(StageError) {
    let shared = endpoints.lazy.map(\.state.profile.peers.directory).first { !$0.entries.isEmpty }
    let results = Mutex<[(Int, Result<Meeting, StageError>)]>([])
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: max(1, threads)) { _ in
      var own: [(Int, Result<Meeting, StageError>)] = []
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < endpoints.count else { break }
        let endpoint = endpoints[index]
        let number = connections[Self.place(endpoint), default: 0] + 1
        own.append(
          (
            index,
            Result { () throws(StageError) in
              try Self.meet(
                endpoint, encounter: encounter, number: number, network: network,
                shared: shared, isChecked: index % Self.checkInterval == 0)
            }
          ))
      }
      results.withLock { [own] in $0 += own }
    }
    for (index, result) in results.withLock({ $0 }) {
      meetings[Self.place(endpoints[index])] = try result.get()
    }
    directory = shared?.entries.map { Self.read($0.advertisement, network) } ?? []
  }

  subscript(place: String) -> Meeting? { meetings[place] }

  private static func place(_ endpoint: ListeningEndpoint) -> String {
    HostAndPort(endpoint.address, endpoint.port).text
  }

  private func told(_ peers: Meeting.Peers) -> [VirtualCrawl.ToldPeer] {
    switch peers {
    case .read(let peers): peers.map { VirtualCrawl.ToldPeer(number: nil, peer: $0) }
    case .places(let places):
      places.compactMap { place in
        directory[place].map { VirtualCrawl.ToldPeer(number: place, peer: $0) }
      }
    }
  }

  private static func read(
    _ advertisement: PeerAdvertisement, _ network: BitcoinNetwork
  ) -> AdvertisedPeer? {
    PeerTuple.list(.array([advertisement.value]), network: network)?.first
      .flatMap { try? $0.get() }.map { AdvertisedPeer($0) }
  }

  /// Places have numbers in the directory that most servers share, and in no other.
  private static func told(
    _ places: [Int], _ endpoint: ListeningEndpoint, _ shared: PeerDirectory?,
    _ network: BitcoinNetwork
  ) -> Meeting.Peers {
    let directory = endpoint.state.profile.peers.directory
    if directory === shared { return .places(places) }
    return .read(places.compactMap { read(directory.entries[$0].advertisement, network) })
  }

  private static func meet(
    _ endpoint: ListeningEndpoint, encounter: Encounter, number: Int, network: BitcoinNetwork,
    shared: PeerDirectory?, isChecked: Bool
  ) throws(StageError) -> Meeting {
    let candidate = Candidate(
      network: endpoint.place.network == .ipv6 ? .ipv6 : .ipv4, address: endpoint.address,
      host: "", port: endpoint.port, transport: endpoint.tls == nil ? .tcp : .ssl)
    let start = RowTemplate.startedAt
    // What an earlier answer names is asked about on further connections.
    let known =
      encounter.hasFurtherSessions
      ? nil : encounter.known(candidate, at: endpoint, number: number, startedAt: start)
    if let known, !isChecked {
      return try meeting(
        known.connection, endpoint, encounter, peers: told(known.peers, endpoint, shared, network),
        EarlierAnswers())
    }
    let led = encounter.attempt(
      candidate, at: endpoint, session: encounter.mainSession, number: number, startedAt: start)
    if let known, known.connection != led.connection { throw disagreement(endpoint) }
    let peers: Meeting.Peers
    if let known {
      peers = told(known.peers, endpoint, shared, network)
    } else {
      let tuples = led.peers.flatMap { PeerTuple.list($0, network: network) } ?? []
      peers = .read(tuples.compactMap { (try? $0.get()).map { AdvertisedPeer($0) } })
    }
    return try meeting(led.connection, endpoint, encounter, peers: peers, led.answers)
  }

  private static func meeting(
    _ connection: Connection, _ endpoint: ListeningEndpoint, _ encounter: Encounter,
    peers: Meeting.Peers, _ answers: EarlierAnswers
  ) throws(StageError) -> Meeting {
    guard let row = RowTemplate(connection) else { throw disagreement(endpoint) }
    return Meeting(
      duration: connection.durationMicroseconds ?? 0, bytesReceived: connection.bytesReceived,
      isThrottled: connection.isThrottled, word: connection.outcome, row: row,
      certificates: connection.tls == nil ? [] : encounter.certificates(at: endpoint),
      peers: peers, endpoint: endpoint, answers: answers, words: SelfDescription(connection),
      evidence: evidence(connection, encounter))
  }

  private static func evidence(
    _ connection: Connection, _ encounter: Encounter
  ) -> VisitEvidence? {
    guard encounter.visitsAgain, connection.outcome == .answered, !connection.isThrottled else {
      return nil
    }
    var evidence = VisitEvidence()
    evidence.take(connection)
    return evidence
  }

  private static func disagreement(_ endpoint: ListeningEndpoint) -> StageError {
    StageError(
      .bug, place: place(endpoint), expected: "the answers that its sessions give",
      found: "others", remedy: "report this: the answers kept for server \(endpoint.state.plan.id)")
  }
}
