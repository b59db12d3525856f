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

  /// - Parameter json: a list of objects with `host` and any of `tcp_port`, `ssl_port`, `ws_port`,
  ///   `wss_port`.
  init(source: String, json: JSONValue?, file: String, key: String) throws(StageError) {
    guard case .array(let items)? = json else {
      throw Self.bad(file, key, "a list of servers", json?.kind ?? "nothing")
    }
    var servers: [Server] = []
    for (index, item) in items.enumerated() {
      let place = "\(key)[\(index)]"
      guard case .string(let host)? = item["host"], !host.isEmpty, host.utf8.count <= 255 else {
        throw Self.bad(file, place + ".host", "a name or address", item["host"]?.kind ?? "nothing")
      }
      servers.append(Server(host: host, ports: try Self.ports(item, file, place)))
    }
    self.source = source
    self.servers = servers
  }

  private static func ports(
    _ item: JSONValue, _ file: String, _ place: String
  ) throws(StageError) -> [AdvertisedPeer.PortOffer] {
    var ports: [AdvertisedPeer.PortOffer] = []
    let keys: [(String, Transport)] = [
      ("tcp_port", .tcp), ("ssl_port", .ssl), ("ws_port", .ws), ("wss_port", .wss),
    ]
    for (key, transport) in keys {
      switch item[key] {
      case nil, .null?: continue
      case .integer(let port)? where (1...65535).contains(port):
        ports.append(.init(port, transport))
      case let other?: throw bad(file, "\(place).\(key)", "a port, 1 to 65535", other.kind)
      }
    }
    return ports
  }

  private static func bad(
    _ file: String, _ key: String, _ expected: String, _ found: String
  ) -> StageError {
    StageError(
      .badInput, place: "\(file), key \(key)", expected: expected, found: found,
      remedy: "correct the file")
  }
}

extension Listing {
  fileprivate struct Identity: Hashable {
    let host: String
    let features: [String]
  }
}
