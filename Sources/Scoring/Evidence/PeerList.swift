import Artifact
import Records
import Statistics

/// Whom a server names as its peers.
struct PeerList: Sendable {
  /// Where it told of them first.
  var place: EvidencePlace
  /// Other servers that its entries lead to.
  var servers: Set<String> = []
  /// Entries that the scan followed, or that can lead nowhere, and those of them that answered.
  var followed = 0
  var answering = 0
}

/// Whom addresses and names with ports lead to.
struct PeerPlaces: Sendable {
  struct Place: Sendable {
    let server: String
    let isTested: Bool
    let isReached: Bool
  }

  /// Server of each endpoint.
  private(set) var serverOf: [String: String] = [:]
  /// By host or address and port.
  private var places: [String: Place] = [:]

  mutating func take(_ endpoint: Endpoint) {
    serverOf[endpoint.endpointID] = endpoint.serverID
    let place = Place(
      server: endpoint.serverID, isTested: endpoint.tested, isReached: endpoint.reached)
    for host in Set(endpoint.host + [endpoint.address]) where !host.isEmpty {
      let key = "\(host) \(endpoint.port)"
      if places[key]?.isReached != true { places[key] = place }
    }
  }

  /// Where an entry of a list leads: to the endpoint that answered, if any did.
  func place(_ entry: Advertisement) -> Place? {
    var found: Place?
    for host in [entry.address, entry.host] {
      for port in [entry.sslPort, entry.tcpPort].compactMap(\.self) {
        guard let place = places["\(host) \(port)"] else { continue }
        if place.isReached { return place }
        if found?.isTested != true { found = place }
      }
    }
    return found
  }
}

/// Whom all servers of a scan name as their peers.
struct PeerCensus: Sendable {
  private var voters: [String: String] = [:]
  /// Servers that name a server.
  private var tellers: [String: Int] = [:]

  init(_ servers: [ScanEvidence]) {
    for server in servers {
      voters[server.serverID] = server.voter
      for peer in server.peers?.servers ?? [] { tellers[peer, default: 0] += 1 }
    }
  }

  /// How a list stands to the union of the others'.
  struct Share: Sendable, Equatable {
    /// Servers in the union, and those of them that are of the teller's likely operator.
    var union = 0
    var unionOfOwn = 0
    /// The same in its list.
    var listed = 0
    var listedOfOwn = 0

    /// Chance that a list of the same length, drawn from the union, has as many of its own.
    var pValue: Double {
      Hypergeometric(population: union, marked: unionOfOwn, draws: listed).upperTail(listedOfOwn)
    }
  }

  func share(of server: ScanEvidence) -> Share? {
    guard let list = server.peers else { return nil }
    var share = Share()
    for (peer, count) in tellers where peer != server.serverID {
      let isListed = list.servers.contains(peer)
      guard count > (isListed ? 1 : 0) else { continue }
      let isOwn = voters[peer] == server.voter
      share.union += 1
      share.unionOfOwn += isOwn ? 1 : 0
      share.listed += isListed ? 1 : 0
      share.listedOfOwn += isListed && isOwn ? 1 : 0
    }
    return share
  }
}

extension ScanReader {
  mutating func readPeers() throws {
    let rows = try self.rows(Advertisement.self)
    var known: [Entry: PeerPlaces.Place?] = [:]
    while let row = try rows.next() {
      guard row.sourceKind == .peers, let teller = places.serverOf[row.source] else { continue }
      let entry = Entry(row)
      let led = known[entry] ?? places.place(row)
      known[entry] = .some(led)
      let place = EvidencePlace(scan: scan, endpointID: row.source, attempt: 1)
      with(teller) { server in
        var list = server.peers ?? PeerList(place: place)
        list.place = min(list.place, place)
        if let led, led.server != teller {
          list.servers.insert(led.server)
          list.followed += led.isTested ? 1 : 0
          list.answering += led.isReached ? 1 : 0
        } else if led == nil, !row.valid {
          list.followed += 1
        }
        server.peers = list
      }
    }
  }

  /// What of an entry says where it leads.
  private struct Entry: Hashable {
    let address: String
    let host: String
    let ports: [Int?]

    init(_ row: Advertisement) {
      (address, host, ports) = (row.address, row.host, [row.sslPort, row.tcpPort])
    }
  }
}
