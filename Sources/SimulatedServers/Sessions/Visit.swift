import Digests
internal import ElectrumProtocol
internal import SimulatedChain

/// What every conversation keeps, whatever software answers: the profile as this client sees it,
/// who the client says it is, and how much of its operator's patience it has used.
struct Visit: Sendable {
  var context: SessionContext
  /// What the client called itself; nil before `server.version`.
  private(set) var clientName: String?
  /// The profile that all clients share, whose variants choose among them.
  private var shared: ServerProfile
  private var requests = 0
  private var selected = 0

  init(context: SessionContext) {
    self.context = context
    shared = context.server
  }

  var server: ServerProfile { context.server }
  var chain: ChainView { context.server.chain }
  var limits: ServerLimits { context.server.limits }

  /// The first variant whose prefix fits the name answers from now on.
  mutating func identify(as name: String) {
    clientName = name
    learn(shared)
  }

  /// The server's profile is now this one, or its variant for this client.
  mutating func learn(_ profile: ServerProfile) {
    shared = profile
    let variant = clientName.flatMap { name in
      profile.variants.first { name.hasPrefix($0.clientPrefix) }
    }
    context.server = variant?.server ?? profile
  }

  /// Whether one more request is within what its operator allows.
  mutating func admits(_ method: String, _ params: WireValue?) -> Bool {
    requests += 1
    if requests > server.requestLimit ?? .max { return false }
    guard let limit = server.selectiveLimit, isTarget(limit.target, method, params) else {
      return true
    }
    selected += 1
    return selected <= limit.requests
  }

  private func isTarget(
    _ target: SelectiveLimit.Target, _ method: String, _ params: WireValue?
  ) -> Bool {
    switch target {
    case .client(let prefix): return clientName?.hasPrefix(prefix) ?? false
    case .script(let kind):
      guard method.contains(".scripthash.") || method.contains(".scriptpubkey."),
        let text = (params?.elements?.first ?? params?.members?.first?.value)?.text
      else { return false }
      let asked = text.lowercased()
      return TestScript.probed.contains {
        $0.name == kind && ($0.scripthash.text == asked || Hex.text($0.scriptPubKey) == asked)
      }
    }
  }
}

extension ServerProfile {
  /// What the server says it is.
  var statedSoftware: ServerSoftware { claimedSoftware.map { ServerSoftware($0) } ?? software }
}
