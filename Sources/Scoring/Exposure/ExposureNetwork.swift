import Addressing
import Records
import WalletExposure

/// The servers of a scan as wallets meet them.
struct ExposureNetwork {
  let listing: ScanListing
  let network: WalletNetwork
  /// In the order of the network's servers.
  let serverIDs: [String]

  /// Bits of the prefix of which the client holds one connection, by family.
  private static let (bits4, bits6) = (16, 48)

  /// - Returns: nil where the wallet's list names no server of the scan: then nobody can start.
  init?(_ listing: ScanListing, _ profiles: [FeatureProfile]) throws {
    guard !listing.listed.isEmpty else { return nil }
    self.listing = listing
    serverIDs = listing.candidates.map(\.server.serverID)
    let selfSigned = Dictionary(
      uniqueKeysWithValues: profiles.map {
        ($0.serverID, $0.features.boolean(.certificateSelfSigned))
      })
    var prefixes = Numbering()
    var systems = Numbering()
    let servers = listing.candidates.enumerated().map { number, candidate in
      let address = IPAddress(candidate.address)
      let prefix = address.map { $0.prefix($0.isIPv4 ? Self.bits4 : Self.bits6) }
      let (up, tried) = candidate.reliability
      return WalletServer(
        route: Self.route(candidate.network), prefix: prefix.map { prefixes.number(of: $0) },
        system: candidate.server.geography.asn.map { systems.number(of: String($0)) },
        isListed: listing.listed.contains(number),
        hasPublicCertificate: selfSigned[candidate.server.serverID] == .some(false),
        // Mean of the posterior from a prior Beta(1/2, 1/2).
        availability: (Double(up) + 0.5) / (Double(tried) + 1),
        isSilentWhenDown: candidate.server.outcome == .connectTimedOut)
    }
    network = try WalletNetwork(
      servers: servers, regions: RoundTripModel.regions(listing.candidates), peers: listing.peers)
  }

  private static func route(_ family: AddressFamily) -> WalletServer.Route {
    switch family {
    case .ipv4, .unresolved: .ipv4
    case .ipv6: .ipv6
    case .onion: .onion
    }
  }
}

/// Numbers of names in the order in which they are first met.
private struct Numbering {
  private var numbers: [String: Int] = [:]

  mutating func number(of name: String) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = numbers.count
    return numbers.count - 1
  }
}
