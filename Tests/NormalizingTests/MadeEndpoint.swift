import Addressing
import Records

@testable import Normalizing

/// An endpoint as server resolution sees it, made by hand.
struct MadeEndpoint {
  var address: String
  var port = 50001
  var transport = Transport.tcp
  var names: Set<String> = []
  var key: String?
  var system: Int?
  var version: String? = "ElectrumX 1.18.0"
  var genesis: String?
  /// Canonical text of server.features; nil: not answered.
  var features: String?
  var hosts: [(name: String, ports: [Int])] = []
  /// Least and greatest; nil: not told.
  var protocols: (String, String)? = ("1.4", "1.4.3")
  var tips: [TipSighting?] = []
  var shapes: [String: String] = [:]

  init(_ address: String, _ port: Int = 50001) {
    self.address = address
    self.port = port
  }

  func with(_ change: (inout MadeEndpoint) -> Void) -> MadeEndpoint {
    var other = self
    change(&other)
    return other
  }

  /// Its address and port.
  var place: String { "\(address):\(port)" }

  var evidence: EndpointEvidence {
    let network = IPAddress(address)?.network ?? .onion
    let draft = EndpointDraft(
      network: network, address: address, name: address, port: port, transport: transport)
    draft.verifiedNames = names
    draft.names = names
    draft.isReached = true
    draft.outcome = version == nil ? .closedNoReply : .answered
    draft.answers.versionText = version
    draft.answers.genesisHash = genesis
    draft.answers.featuresText = features
    draft.answers.protocolMin = protocols?.0
    draft.answers.protocolMax = protocols?.1
    draft.answers.hosts = hosts.sorted { $0.name < $1.name }
    draft.tips = tips.compactMap { $0 }
    draft.shapes = shapes
    return EndpointEvidence(draft: draft, spki: key, autonomousSystem: system)
  }

  /// What answers to three probes look like.
  static let usual = ["server.version": "array", "server.ping": "null", "server.banner": "string"]
}

/// What the resolver makes of hand-made endpoints.
struct MadeResolution {
  /// Places of each server, sorted.
  let servers: [[String]]
  /// Rule, and its decision, of each row of the audit.
  let steps: [ResolutionStep]

  var rules: [String] { steps.map(\.rule) }

  init(
    _ endpoints: [MadeEndpoint], listed: [(from: String, Int, Int)] = [],
    resumptions: [(Int, Int)] = [], copiedKeys: Set<String> = []
  ) {
    let made = endpoints.map(\.evidence)
    var evidence = ResolutionEvidence(endpoints: made, copiedKeys: copiedKeys)
    for (source, a, b) in listed {
      evidence.listed.add(made[a].id, made[b].id, source: source, isList: source == "list")
    }
    for (a, b) in resumptions {
      evidence.resumptions.insert(TicketResumption(issuer: made[a].id, resumer: made[b].id))
    }
    let resolver = ServerResolver(evidence)
    servers = resolver.servers().map { $0.map { "\($0.draft.address):\($0.draft.port)" }.sorted() }
      .sorted { $0.lexicographicallyPrecedes($1) }
    steps = resolver.steps()
  }
}
