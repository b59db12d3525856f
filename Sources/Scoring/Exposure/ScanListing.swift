import Addressing
import Artifact
import Ordering
import Records
import StageKit

/// Who stands in which list, in one scan: the hard-coded list of the wallet, and whom servers name.
struct ScanListing {
  /// A server with TLS that a wallet may choose.
  struct Candidate {
    let server: Server
    /// Its clearnet address where it has one; else its onion name.
    let address: String
    let network: AddressFamily
    var connectMilliseconds: Double?
    var reliability: (up: Int, tried: Int) = (0, 0)
  }

  let scan: Scan
  /// In the order of their ids.
  private(set) var candidates: [Candidate] = []
  /// Numbers of the candidates in the wallet's list.
  private(set) var listed: Set<Int> = []
  private(set) var listName: String?
  /// Whether that list is a pinned one, because the scan started from none.
  private(set) var isListPinned = false
  /// Numbers of the candidates in each list that a wallet starts with: the pinned ones, or where none of
  /// them is given the scan's own.
  private(set) var lists: [String: Set<Int>] = [:]
  /// Whom each candidate names, by numbers; nil: its answer is not known.
  private(set) var peers: [[Int]?] = []
  /// By server: how many others name it.
  private(set) var advertisers: [String: Int] = [:]
  /// Servers whose lists are known.
  private(set) var sources = 0

  private struct Tuple: Hashable {
    let host: String
    let port: Int
  }

  /// - Parameters:
  ///   - list: name of the hard-coded list: among those that the scan started from, else the only one of
  ///     these, else among the pinned ones. What a foreign scan lists is nobody's.
  ///   - pinned: public lists that wallets start with; nil: not given.
  init(
    _ context: StageContext, folder: String, features: String, scan name: String, list: String,
    pinned: WalletLists?
  ) throws {
    let place = folder + "/" + name
    // The indicators have read these tables: the manifest names them already.
    scan =
      try ArtifactReader<Scan>(folder: place).all().first ?? Scan(scan: name, chain: "mainnet")
    let servers = try ArtifactReader<Server>(folder: place).all()
    let endpoints = try ArtifactReader<Endpoint>(folder: place).all()
    readCandidates(servers, endpoints)
    let reliability = try context.rows(ServerReliability.self, folder: features)
    for row in reliability where row.vantage == "*" { take(row) }
    serverOf = Self.servers(of: endpoints)
    let own = try readLists(
      context.reader(Advertisement.self, folder: place, scope: name), endpoints)
    let known = listed(by: pinned?.ofWallets(on: scan.chain) ?? [])
    lists = known.isEmpty ? own : known
    choose(list, among: own, known)
  }

  private var numbers: [String: Int] = [:]
  private var serverOf: [Tuple: String] = [:]

  private mutating func readCandidates(_ servers: [Server], _ endpoints: [Endpoint]) {
    let secure = Dictionary(
      grouping: endpoints.filter { $0.transport == .ssl && !$0.address.isEmpty }, by: \.serverID)
    for server in servers.sorted(by: { $0.serverID < $1.serverID }) {
      let own = (secure[server.serverID] ?? []).sorted {
        ($0.network.rank, $0.endpointID) < ($1.network.rank, $1.endpointID)
      }
      guard let endpoint = own.first else { continue }
      numbers[server.serverID] = candidates.count
      candidates.append(
        Candidate(
          server: server, address: endpoint.address, network: endpoint.network,
          connectMilliseconds: own.compactMap(\.connectMilliseconds).min()))
    }
    peers = [[Int]?](repeating: nil, count: candidates.count)
  }

  private mutating func take(_ row: ServerReliability) {
    guard let number = numbers[row.serverID] else { return }
    candidates[number].reliability = (row.scansUp, row.scansUp + row.scansDown)
  }

  private static func servers(of endpoints: [Endpoint]) -> [Tuple: String] {
    var serverOf: [Tuple: String] = [:]
    for endpoint in endpoints where endpoint.transport == .ssl {
      for host in endpoint.host + [endpoint.address] where !host.isEmpty {
        serverOf[Tuple(host: host.lowercased(), port: endpoint.port)] = endpoint.serverID
      }
    }
    return serverOf
  }

  private func server(_ host: String, _ port: Int) -> String? {
    serverOf[Tuple(host: host.lowercased(), port: port)]
  }

  /// - Returns: the lists that the scan started from.
  private mutating func readLists(
    _ rows: ArtifactReader<Advertisement>, _ endpoints: [Endpoint]
  ) throws -> [String: Set<Int>] {
    let owner = Dictionary(
      endpoints.map { ($0.endpointID, $0.serverID) }, uniquingKeysWith: { first, _ in first })
    var own: [String: Set<Int>] = [:]
    var named: [String: Set<String>] = [:]
    while let row = try rows.next() {
      guard row.valid, let port = row.sslPort else { continue }
      let server = server(row.host, port) ?? server(row.address, port)
      switch row.sourceKind {
      case .import: continue
      case .bootstrap:
        if let number = server.flatMap({ numbers[$0] }) {
          own[row.source, default: []].insert(number)
        }
      case .peers:
        guard let source = owner[row.source] else { continue }
        named[source, default: []].formUnion(server.map { [$0] } ?? [])
      }
    }
    count(named)
    return own
  }

  /// Candidates in each list; a list of which the scan knows nobody is left out.
  private func listed(by pinned: [WalletList]) -> [String: Set<Int>] {
    var known: [String: Set<Int>] = [:]
    for list in pinned {
      let members = list.servers.compactMap { entry in
        entry.securePort.flatMap { server(entry.host, $0) }.flatMap { numbers[$0] }
      }
      if !members.isEmpty { known[list.name] = Set(members) }
    }
    return known
  }

  private mutating func choose(
    _ wanted: String, among own: [String: Set<Int>], _ pinned: [String: Set<Int>]
  ) {
    listName = own[wanted] != nil ? wanted : own.count == 1 ? own.keys.first : nil
    if listName == nil, pinned[wanted] != nil { (listName, isListPinned) = (wanted, true) }
    listed = listName.flatMap { own[$0] ?? pinned[$0] } ?? []
  }

  private mutating func count(_ named: [String: Set<String>]) {
    sources = named.count
    for (source, servers) in named {
      for server in servers where server != source { advertisers[server, default: 0] += 1 }
      if let number = numbers[source] {
        peers[number] = servers.compactMap { numbers[$0] }.sorted()
      }
    }
  }
}

extension AddressFamily {
  /// Which address of a server a wallet without Tor uses first.
  fileprivate var rank: Int {
    switch self {
    case .ipv4: 0
    case .ipv6: 1
    case .onion: 2
    case .unresolved: 3
    }
  }
}
