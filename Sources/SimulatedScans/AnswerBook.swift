import Addressing
internal import ElectrumProtocol
internal import Probing
internal import Records
internal import SimulatedChain
internal import SimulatedNetwork
internal import SimulatedServers
internal import Statistics
internal import Synchronization

/// What servers answer to a plan, each asked as seldom as possible: of what depends on the chain,
/// one answer serves all servers of one software and node; the rest is kept until the server changes.
/// Peers are drawn for each connection.
///
/// Servers that tell clients apart, count requests or break off are never in it.
final class AnswerBook: Sendable {
  /// What an endpoint said when it was last asked.
  private struct Face {
    let profile: ServerProfile
    let answers: KnownAnswers
    let version: String
  }

  private struct ChainKey: Hashable {
    let software: String
    let version: String
    let node: ObjectIdentifier
    let genesis: String
    /// Empty where the chain is told truly.
    let liar: String
  }

  private struct Contents {
    var faces: [String: Face] = [:]
    var chains: [ChainKey: KnownAnswers] = [:]
    var directories: [PeerTexts.Key: PeerTexts] = [:]
  }

  private let session: ProbeSession
  private let byteLimit: Int
  private let ofChain: [Bool]
  private let peersProbe: Int?
  private let contents = Mutex(Contents())

  /// Draws of the conversations that fill the book.
  private static let askingRandom = Xoshiro256StarStar(seed: 0)

  init(_ session: ProbeSession, byteLimit: Int) {
    self.session = session
    self.byteLimit = byteLimit
    ofChain = session.probes.map { probe in
      if case .method(let name, _) = probe.question { return !name.hasPrefix("server.") }
      return true
    }
    peersProbe = session.probes.firstIndex { $0.id == "server.peers.subscribe" }
  }

  /// Node states and directories are of one epoch.
  func beginEpoch() {
    contents.withLock { contents in
      contents.chains = [:]
      contents.directories = [:]
    }
  }

  /// Nil where the connection must be led in full.
  ///
  /// - Parameter random: the connection's draws.
  /// - Returns: the answers, and the places in the directory of the peers among them.
  func answers(
    of endpoint: ListeningEndpoint, random: Xoshiro256StarStar
  ) -> (answers: KnownAnswers, peers: [Int])? {
    let state = endpoint.state
    guard Self.isPlain(state), var answers = known(endpoint) else { return nil }
    var (random, places) = (random, [Int]())
    for index in answers.lines.indices {
      if index == peersProbe, let told = peers(of: state, answers.lines[index], &random) {
        (answers.lines[index], places) = told
      } else if index == peersProbe, Self.tellsOfPeers(state) {
        return nil
      }
      answers.seconds[index] = answers.times[index].draw(&random)
    }
    return (answers, places)
  }

  private static func tellsOfPeers(_ state: ServerState) -> Bool {
    ServerImplementation(state.profile.software)?.tellsOfPeers == true
  }

  /// The reply with the peers of one connection, and their places; nil where it must be asked for.
  private func peers(
    of state: ServerState, _ empty: [UInt8], _ random: inout Xoshiro256StarStar
  ) -> (line: [UInt8], places: [Int])? {
    let knowledge = state.profile.peers
    guard Self.tellsOfPeers(state), knowledge.additions.isEmpty else { return nil }
    let places =
      ServerImplementation(state.profile.software) == .electrumX
      ? knowledge.sampledEntries(&random) : knowledge.knownEntries()
    let texts = texts(knowledge.directory, like: empty)
    return texts.line(places, in: empty).map { ($0, places) }
  }

  private static func isPlain(_ state: ServerState) -> Bool {
    let profile = state.profile
    return profile.requestLimit == nil && profile.variants.isEmpty
      && profile.selectiveLimit == nil && profile.serviceDelay == 0
      && state.answersEvenly
  }

  // MARK: Answers

  private func known(_ endpoint: ListeningEndpoint) -> KnownAnswers? {
    let profile = endpoint.state.profile
    let place = HostAndPort(endpoint.address, endpoint.port).text
    let face = contents.withLock { $0.faces[place] }
    if let face, face.profile.speaks(as: profile) {
      let key = chainKey(endpoint, version: face.version)
      if let told = contents.withLock({ $0.chains[key] }) {
        var answers = face.answers
        for index in told.lines.indices where ofChain[index] {
          answers.lines[index] = told.lines[index]
          answers.requests[index] = told.requests[index]
          answers.times[index] = told.times[index]
          answers.outcomes[index] = told.outcomes[index]
        }
        return answers
      }
    }
    guard let (answers, version) = ask(endpoint) else { return nil }
    let key = chainKey(endpoint, version: version)
    contents.withLock { contents in
      contents.faces[place] = Face(profile: profile, answers: answers, version: version)
      contents.chains[key] = answers
    }
    return answers
  }

  private func chainKey(_ endpoint: ListeningEndpoint, version: String) -> ChainKey {
    let profile = endpoint.state.profile
    return ChainKey(
      software: profile.software.raw, version: version,
      node: ObjectIdentifier(profile.chain.node), genesis: profile.chain.genesisHash,
      liar: profile.chain.lies == ChainLies() ? "" : endpoint.state.plan.id)
  }

  /// Leads the whole conversation once, with the real parts on both sides, but for the peers.
  private func ask(_ endpoint: ListeningEndpoint) -> (KnownAnswers, version: String)? {
    var profile = endpoint.state.profile
    profile.peers = []
    var speaker = endpoint.state.session(
      SessionContext(
        server: profile, localAddress: endpoint.address, localPort: endpoint.port,
        isTLS: endpoint.tls != nil, random: Self.askingRandom))
    var client = Conversation(session: session, byteLimit: byteLimit)
    let count = session.probes.count
    var requests = [[UInt8]?](repeating: nil, count: count)
    var lines = [[UInt8]](repeating: [], count: count)
    var times = [ServiceTime](repeating: .none, count: count)
    var random = Self.askingRandom
    guard let implementation = ServerImplementation(profile.software) else { return nil }
    while let request = client.nextRequest(at: 0) {
      guard let place = client.lastAsked else { return nil }
      let effects = speaker.receive(request[...], at: 0)
      let method = (try? WireDocument(parsing: request))?.value["method"]?.text ?? ""
      guard effects.count == 1, let (line, seconds) = Self.message(effects[0]),
        !line.contains(UInt8(ascii: "\n")),
        let time = ServiceTime(of: method, seconds: seconds, by: implementation, &random)
      else { return nil }
      requests[place] = request
      lines[place] = line
      times[place] = time
      client.receive(line + speaker.lineEnd, at: 0)
    }
    guard client.end == .complete, let version = client.identification?.protocolVersion,
      client.received.count * 2 < byteLimit
    else { return nil }
    let answers = KnownAnswers(
      requests: requests, lines: lines, times: times, seconds: times.map { _ in 0 },
      outcomes: client.exchanges.map(\.outcome), software: client.identification?.software,
      lineEnd: speaker.lineEnd, padding: speaker.padding)
    return (answers, version)
  }

  private static func message(_ effect: SessionEffect) -> (line: [UInt8], seconds: Double)? {
    switch effect {
    case .send(let line): (line, 0)
    case .sendLater(let line, let seconds): (line, seconds)
    default: nil
    }
  }

  // MARK: Peers

  private func texts(_ directory: PeerDirectory, like line: [UInt8]) -> PeerTexts {
    let key = PeerTexts.Key(directory: ObjectIdentifier(directory), isSpaced: line.contains(0x20))
    if let known = contents.withLock({ $0.directories[key] }) { return known }
    let made = PeerTexts(directory, isSpaced: key.isSpaced)
    contents.withLock { $0.directories[key] = made }
    return made
  }
}

/// Every advertisement of a directory as a server writes it.
struct PeerTexts: Sendable {
  struct Key: Hashable {
    let directory: ObjectIdentifier
    let isSpaced: Bool
  }

  private let texts: [[UInt8]]
  private let separator: [UInt8]
  private let isPlain: Bool

  init(_ directory: PeerDirectory, isSpaced: Bool) {
    let style = WireStyle(spaced: isSpaced)
    texts = directory.entries.map { $0.advertisement.value.encoded(style) }
    separator = Array((isSpaced ? ", " : ",").utf8)
    isPlain = texts.allSatisfy { $0.allSatisfy { $0 < 0x80 } }
  }

  /// The reply with these peers, from that without any; nil where writers may differ.
  func line(_ places: [Int], in empty: [UInt8]) -> [UInt8]? {
    guard isPlain, let start = empty.firstIndex(of: UInt8(ascii: "[")),
      empty.index(after: start) < empty.endIndex, empty[start + 1] == UInt8(ascii: "]")
    else { return nil }
    var line: [UInt8] = []
    line.reserveCapacity(empty.count + places.count * 90)
    line += empty[...start]
    for (index, place) in places.enumerated() {
      if index > 0 { line += separator }
      line += texts[place]
    }
    line += empty[(start + 1)...]
    return line
  }
}

extension ServerProfile {
  /// Whether it answers what does not depend on chain and peers as `other` does.
  fileprivate func speaks(as other: ServerProfile) -> Bool {
    software == other.software && claimedSoftware == other.claimedSoftware
      && namedHosts == other.namedHosts && tcpPort == other.tcpPort && sslPort == other.sslPort
      && banner == other.banner && donationAddress == other.donationAddress
      && reportsHosts == other.reportsHosts
      && pruning == other.pruning && limits == other.limits
      && chain.genesisHash == other.chain.genesisHash
  }
}
