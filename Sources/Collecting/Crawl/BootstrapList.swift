import Artifact
import Records
import StageKit
import Timekeeping

/// The public lists from which a crawl starts.
package struct BootstrapList: Sendable, Equatable {
  package struct Server: Sendable, Equatable {
    let host: String
    /// By transport; only those that the list names.
    let ports: [AdvertisedPeer.PortOffer]
  }

  /// Name of the list, for listings and lineage.
  let source: String
  let servers: [Server]

  package var peers: [AdvertisedPeer] {
    servers.map { AdvertisedPeer(address: $0.host, host: $0.host, ports: $0.ports) }
  }

  func listings(heardAt: UTCTime) -> [Listing] {
    var counts: [Listing.Identity: Int] = [:]
    for server in servers {
      counts[Listing.Identity(host: server.host, features: Self.features(server)), default: 0] += 1
    }
    return counts.map { identity, count in
      Listing(address: identity.host, host: identity.host, source: source, sourceKind: .bootstrap)
        .with {
          $0.count = count
          $0.features = identity.features
          $0.heardAt = heardAt.text
        }
    }
  }

  /// The ports in the letters of peer tuples.
  private static func features(_ server: Server) -> [String] {
    server.ports.map { $0.transport.featureLetter + String($0.port) }
  }
}

extension Listing {
  fileprivate struct Identity: Hashable {
    let host: String
    let features: [String]
  }
}
