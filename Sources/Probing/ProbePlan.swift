public import ElectrumProtocol

/// What a scan asks a server, in order.
///
/// The first probe is `server.version`; what follows is sent only after an identification. Probes
/// that stand alone are sent one at a time, so that their time is a service time; the rest is
/// pipelined.
public struct ProbePlan: Sendable, Equatable {
  /// Permanent name and version of the plan, for manifests.
  public let id: String
  public let probes: [Probe]
  /// The first this many probes stand alone.
  public let aloneCount: Int
  /// Requests in flight at most.
  public let window: Int

  public static let versionRange: [WireValue] = [.string("1.4"), .string("1.7")]

  /// Identify, tip, peers, and one balance and history for each address type.
  public static func basic(clientName: String) -> ProbePlan {
    let version = Probe(
      "server.version",
      .method("server.version", [.string(clientName), .array(versionRange)]), .identification)
    let fixed: [(String, Probe.Expectation)] = [
      ("server.ping", .anything), ("server.features", .object), ("server.banner", .text),
      ("server.donation_address", .textOrNull), ("blockchain.headers.subscribe", .object),
      ("server.peers.subscribe", .list),
    ]
    let scripts: [Probe] = [("balance", "get_balance"), ("history", "get_history")]
      .flatMap { family, operation in
        TestScript.probed.map { script in
          Probe(
            "\(family).\(script.name)", .script(operation: operation, script),
            family == "balance" ? .object : .listOrObject)
        }
      }
    return ProbePlan(
      id: "basic.v1",
      probes: [version] + fixed.map { Probe($0, .method($0, []), $1) } + scripts,
      aloneCount: 2, window: 8)
  }
}
