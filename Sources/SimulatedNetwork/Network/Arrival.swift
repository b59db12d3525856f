/// How a client came to a server.
struct Arrival: Sendable {
  /// What it reached.
  let endpoint: ServerEndpoint
  /// Its address as the server sees it.
  let client: String
  /// The name it gave the proxy, empty without one; nil where it came directly.
  let proxyUser: String?

  /// Whether it came through the proxy, as through Tor.
  var isProxied: Bool { proxyUser != nil }
}
