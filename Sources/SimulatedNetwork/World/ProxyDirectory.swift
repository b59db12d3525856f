internal import Synchronization

/// Which server stands behind a name or address and a port: all that the proxy knows, so that it
/// leads nowhere else.
final class ProxyDirectory: Sendable {
  struct Destination: Sendable {
    let server: LiveServer
    let endpoint: ServerEndpoint
  }

  private struct HostPort: Hashable {
    let host: String
    let port: Int
  }

  private struct Content {
    var destinations: [HostPort: Destination] = [:]
    /// Hosts of servers that are up, and of those that are down.
    var isUp: [String: Bool] = [:]
  }

  private let content = Mutex(Content())

  /// From now on these servers stand behind their names and addresses. Where a name leads to
  /// several endpoints of a port, the first in the order of ``ServerState/endpoints`` holds.
  func become(_ servers: [(server: LiveServer, state: ServerState)]) {
    var next = Content()
    for (server, state) in servers {
      for endpoint in state.endpoints {
        let destination = Destination(server: server, endpoint: endpoint)
        var hosts = [endpoint.address]
        if endpoint.network != .onion { hosts += state.names }
        for host in hosts.compactMap(AddressText.host) {
          next.isUp[host] = next.isUp[host] == true || state.isUp
          let place = HostPort(host: host, port: endpoint.port)
          if state.isUp, next.destinations[place] == nil {
            next.destinations[place] = destination
          }
        }
      }
    }
    content.withLock { $0 = next }
  }

  /// The destination, or why there is none.
  func find(_ target: SOCKSTarget) -> Result<Destination, Refusal> {
    content.withLock { content in
      if let found = content.destinations[HostPort(host: target.host, port: target.port)] {
        return .success(found)
      }
      return switch content.isUp[target.host] {
      case nil: .failure(Refusal(reply: .notAllowed))
      case false?: .failure(Refusal(reply: .hostUnreachable))
      case true?: .failure(Refusal(reply: .connectionRefused))
      }
    }
  }

  struct Refusal: Error {
    let reply: SOCKSReply
  }
}
