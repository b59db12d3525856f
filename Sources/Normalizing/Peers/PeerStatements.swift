import Addressing
import Artifact
import Digests
import ElectrumProtocol
import Records

/// What servers say of their peers: each peer that several sources tell is read once.
struct PeerStatements {
  /// A peer by address and name, both in canonical form.
  private struct Peer {
    let address: String
    let name: String
    let digest: Digest
  }

  /// The first 16 bytes of a SHA-256.
  private struct Digest: Hashable, Comparable {
    let high: UInt64
    let low: UInt64

    init(_ bytes: [UInt8]) {
      func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
      high = number(bytes[..<8])
      low = number(bytes[8..<16])
    }

    static func < (left: Digest, right: Digest) -> Bool {
      left.high == right.high ? left.low < right.low : left.high < right.high
    }

    func append(to bytes: inout [UInt8]) {
      for number in [high, low] {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
      }
    }

    /// Its first 12 hexadecimal digits.
    var short: String { withUnsafeBytes(of: high.bigEndian) { Hex.text($0.prefix(6)) } }
  }

  private let catalog: TupleCatalog
  private var shared: [Int: Peer] = [:]

  init(_ catalog: TupleCatalog) { self.catalog = catalog }

  /// Fills what a server says in all its replies.
  /// - Parameters:
  ///   - told: by its endpoints.
  ///   - own: its addresses and verified names.
  mutating func describe(
    _ told: [PeerTuples.Statement], own: Set<String>, in facts: inout PeerFacts
  ) {
    var digests: Set<Digest> = []
    var isItself = false
    for source in told {
      for tuple in source.tuples {
        let peer = peer(tuple.number)
        if digests.insert(peer.digest).inserted, !isItself {
          isItself = own.contains(peer.address) || own.contains(peer.name)
        }
      }
    }
    let isWhole = told.allSatisfy { $0.dropped == 0 }
    facts.advertisesItself = isItself ? true : isWhole ? false : nil
    guard isWhole else { return }
    facts.advertised = digests.count
    if digests.isEmpty { return }
    let sorted = digests.sorted()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16 * sorted.count)
    for digest in sorted { digest.append(to: &bytes) }
    facts.sha256 = SHA256.hex(bytes)
    facts.sketch = sorted.prefix(PeerFacts.sketchSize).map(\.short)
  }

  private mutating func peer(_ number: Int) -> Peer {
    if let peer = shared[number] { return peer }
    let tuple = catalog[number]
    let address = Self.canonical(tuple.address)
    let name = Self.canonical(tuple.host)
    let peer = Peer(
      address: address, name: name,
      digest: Digest(SHA256.digest(Array(address.utf8) + [0] + Array(name.utf8))))
    if tuple.uses > 1 { shared[number] = peer }
    return peer
  }

  private static func canonical(_ text: String) -> String {
    IPAddress(text)?.text ?? DNSName.canonical(text)
  }
}

extension ScanTables {
  /// Fills what servers say of their peers; call when servers and advertisements are there.
  mutating func describePeers(serverOf: [String: String]) {
    var told: [String: [PeerTuples.Statement]] = [:]
    for source in advertisements.told where source.source.kind == .peers {
      if let server = serverOf[source.source.name] { told[server, default: []].append(source) }
    }
    var peers = PeerStatements(advertisements.catalog)
    for index in servers.indices where servers[index].peersReturned != nil {
      let own = Set(servers[index].addresses + servers[index].verifiedNames)
      peers.describe(
        told[servers[index].serverID] ?? [], own: own, in: &servers[index].peerFacts)
    }
  }
}
