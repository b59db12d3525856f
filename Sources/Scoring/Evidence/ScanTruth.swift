import ChainTruth
import ElectrumProtocol
import Ordering
import Records
import Statistics
import Timekeeping

/// What a scan's servers together show to be true: by proof, else by the votes of likely operators.
struct ScanTruth: Sendable {
  let scan: String
  /// Start of the scan. Unit: seconds since 1970; nil: not recorded.
  let startedAt: Int?
  /// Whether the scan's raw bytes are archived; those of an import are not.
  let hasBytes: Bool
  let chain: ScanChain
  let reference: ReferenceChain
  let headers: ReferenceHeaders
  let histories: HistoryUnion
  let proofs: ProofJudge
  let fees: [Int: FeeConsensus]
  let peers: PeerCensus
  /// By server.
  let standings: [String: ChainStanding]
  private let claims: [String: ChainClaims]

  init(_ servers: [ScanEvidence], _ description: ScanDescription) {
    scan = description.scan
    startedAt = description.startedAt
    hasBytes = description.hasBytes
    chain = description.chain
    let claims = Dictionary(uniqueKeysWithValues: servers.map { ($0.serverID, ChainClaims($0)) })
    self.claims = claims
    let genesis = chain.expectedGenesis.flatMap { ChainHash(printed: $0) }
    let reference = ReferenceChain(Array(claims.values), genesis: genesis)
    self.reference = reference
    standings = Dictionary(
      uniqueKeysWithValues: servers.map { server in
        (server.serverID, Self.standing(server, claims[server.serverID], reference))
      })
    let members = servers.filter { reference.standing(of: ChainClaims($0)) == .onChain }
      .sorted { $0.serverID < $1.serverID }
    headers = Self.headers(members, reference, description.network)
    let roots = Self.roots(members, reference, headers)
    let told = members.flatMap { $0.toldHistories(reference.provenHeight(of: ChainClaims($0))) }
    histories = HistoryUnion(
      told, proved: Self.proved(members, roots), voters: Set(members.map(\.voter)).count)
    proofs = ProofJudge(members.flatMap { $0.proofs.map(\.told) }, merkleRoots: roots)
    // Fees of another chain are of another market.
    let standings = self.standings
    fees = FeeConsensus.all(
      servers.filter { standings[$0.serverID] != .another }
        .sorted { $0.serverID < $1.serverID })
    peers = PeerCensus(servers)
  }

  /// A contradiction is one of a single connection: behind one name two servers may stand.
  private static func standing(
    _ server: ScanEvidence, _ claims: ChainClaims?, _ reference: ReferenceChain
  ) -> ChainStanding {
    guard let claims else { return .unknown }
    let whole = reference.standing(of: claims)
    guard case .contradictsItself = whole else { return whole }
    return server.connectionClaims.map { reference.standing(of: $0) }
      .first { if case .contradictsItself = $0 { true } else { false } } ?? .another
  }

  /// Headers of the chain by height, of anchors and of tips that the chain has.
  private static func headers(
    _ members: [ScanEvidence], _ reference: ReferenceChain, _ network: BitcoinNetwork?
  ) -> ReferenceHeaders {
    var known: [Int: HeaderFacts] = [:]
    for header in members.lazy.flatMap(\.headers) {
      guard let facts = header.header,
        reference.anchors[.header(height: header.height)] == facts.hash
      else { continue }
      // Of two sources of one header, the one that kept its bytes.
      if known[header.height]?.merkleRoot == nil { known[header.height] = facts }
    }
    return ReferenceHeaders(known, network: network)
  }

  /// Roots that proofs are held against: of anchors, and of headers whose work nobody does to deceive.
  private static func roots(
    _ members: [ScanEvidence], _ reference: ReferenceChain, _ headers: ReferenceHeaders
  ) -> [Int: ChainHash] {
    var roots: [Int: ChainHash] = [:]
    for header in members.lazy.flatMap(\.headers) {
      guard let facts = header.header, let root = facts.merkleRoot else { continue }
      let isKnown = headers[header.height]?.hash == facts.hash
      if isKnown || roots[header.height] == nil && headers.isCostly(facts, at: header.height) {
        roots[header.height] = root
      }
    }
    return roots
  }

  /// What is proved to exist, by script: bytes that touch it, and a branch from them to a known root.
  private static func proved(
    _ members: [ScanEvidence], _ roots: [Int: ChainHash]
  ) -> [String: Set<ListedTransaction>] {
    var proved: [String: Set<ListedTransaction>] = [:]
    for server in members {
      var heights: [String: Int] = [:]
      for proof in server.proofs where !proof.told.branch.siblings.isEmpty {
        guard let root = roots[proof.told.height], proof.told.root == root else { continue }
        heights[proof.told.transaction.printed] = proof.told.height
      }
      for transaction in server.transactions {
        guard case .bytes(let id, let scripts, let isOfNodeSize) = transaction.answer,
          id == transaction.asked, !isOfNodeSize, let height = heights[id]
        else { continue }
        for script in scripts {
          proved[script, default: []].insert(ListedTransaction(id, height: height))
        }
      }
    }
    return proved
  }

  /// Whether anything that depends on the chain can be said of a server.
  func isOnChain(_ server: ScanEvidence) -> Bool {
    if chain.isOther { return false }
    return switch standings[server.serverID] {
    case .onChain, .contradictsItself: true
    case .another, .unknown, nil: false
    }
  }

  /// Whether a server is known to be of another chain than the scan.
  func isOnAnotherChain(_ server: ScanEvidence) -> Bool {
    standings[server.serverID] == .another
  }

  func provenHeight(_ server: ScanEvidence) -> Int? {
    claims[server.serverID].flatMap { reference.provenHeight(of: $0) }
  }

  /// Whether one of a server's own tips is a header of the reference chain.
  func hasTipOnChain(_ server: ScanEvidence) -> Bool {
    claims[server.serverID]?.tips.contains { reference.has($0) } ?? false
  }
}

/// What is known of a scan beside its servers.
struct ScanDescription: Sendable {
  let scan: String
  /// Start. Unit: seconds since 1970; nil: not recorded.
  let startedAt: Int?
  /// Whether the raw bytes are archived; those of an import are not.
  let hasBytes: Bool
  let chain: ScanChain
  let network: BitcoinNetwork?
}

extension ScanDescription {
  init(_ scan: String, _ row: Scan?) {
    self.init(
      scan: scan,
      startedAt: row?.startedAt.flatMap { UTCTime(iso8601: $0) }
        .map { $0.microseconds / 1_000_000 },
      hasBytes: row?.imported != true,
      chain: row.map { ScanChain($0) } ?? ScanChain(genesisHash: nil),
      network: row.flatMap { BitcoinNetwork(rawValue: $0.chain) })
  }
}

extension ChainClaims {
  /// All that a server says.
  init(_ server: ScanEvidence) {
    self.init(server, headers: server.headers, subtrees: server.subtrees)
  }

  init(
    _ server: ScanEvidence, headers: [ScanEvidence.Header], subtrees: [ScanEvidence.Subtree]
  ) {
    self.init(server: server.serverID, voter: server.voter)
    for header in headers {
      guard let facts = header.header else { continue }
      commitments.insert(ChainCommitment(.header(height: header.height), facts.hash))
      if header.isTip {
        tips.insert(
          Tip(
            statedHeight: header.height, hash: facts.hash, previous: facts.previous,
            time: facts.time))
      }
    }
    for subtree in subtrees {
      commitments.insert(ChainCommitment(.subtree(level: subtree.level), subtree.value))
    }
  }
}

extension ScanEvidence {
  /// What it says on each connection.
  fileprivate var connectionClaims: [ChainClaims] {
    let headers = Dictionary(grouping: headers, by: \.place.connection)
    let subtrees = Dictionary(grouping: subtrees, by: \.place.connection)
    return Set(headers.keys).union(subtrees.keys)
      .sorted { ($0.endpointID, $0.attempt) < ($1.endpointID, $1.attempt) }
      .map { ChainClaims(self, headers: headers[$0] ?? [], subtrees: subtrees[$0] ?? []) }
  }

  func toldHistories(_ provenHeight: Int?) -> [ToldHistory] {
    histories.map { told($0, provenHeight) }
  }

  func told(_ history: History, _ provenHeight: Int?) -> ToldHistory {
    ToldHistory(
      server: serverID, voter: voter, script: history.script, entries: history.entries,
      provenHeight: provenHeight)
  }
}
