public import Artifact
internal import ElectrumProtocol
internal import SimulatedServers

/// What is true of one endpoint: who runs it, what it is, what was planted.
public struct TruthRow: ListedRow, Equatable {
  public static let schema = table(
    "simulation.truth", version: 1, .jsonl, key: ["address", "port", "transport"],
    "Ground truth of a simulated network, one row an endpoint.")

  public var address = ""
  public var backend: String?
  public var certificateKey: String?
  public var deviations: [String] = []
  public var hosts: [String] = []
  public var implementation = ""
  public var kind = ""
  public var operatorID = ""
  public var planted: [PlantedSpan] = []
  public var port = 0
  public var server = ""
  public var site = ""
  public var software = ""
  public var transport = ""

  init(_ state: ServerState, _ place: ServerEndpoint, planted: [PlantedSpan]) {
    let server = state.plan
    address = place.address
    backend = server.backend
    certificateKey = place.transport == .ssl ? state.certificate?.keyName : nil
    deviations = Set(planted.map(\.kind)).sorted()
    hosts = state.names
    implementation = state.profile.software.implementation.rawValue
    kind = server.owner.kind.rawValue
    operatorID = server.owner.id
    self.planted = planted
    port = place.port
    self.server = server.spec.id
    site = server.site.id
    software = state.profile.claimedSoftware ?? server.spec.software
    transport = place.transport.rawValue
  }

  /// All endpoints of a plan in the order of the artifact.
  public static func rows(of plan: NetworkPlan) -> [TruthRow] {
    var spans = PlantedSpans(count: plan.servers.count)
    var first: [ServerState] = []
    for epoch in 0..<plan.epochs {
      let states = plan.states(at: epoch)
      if epoch == 0 { first = states }
      spans.add(states, epoch: epoch)
    }
    return zip(first, spans.all(lastEpoch: plan.epochs - 1)).flatMap { state, planted in
      state.endpoints.map { TruthRow(state, $0, planted: planted) }
    }
    .sorted { $0.sortKey < $1.sortKey }
  }

  public init() {}

  public mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.text("address", &address, "Address the endpoint listens on.")
    try c.text(
      "backend", &backend, "Node behind it; servers with the same name share one.",
      nil: "a node of its own")
    try c.text(
      "certificate_key", &certificateKey, "Endpoints with the same name share a certificate key.",
      nil: "plain text")
    try c.texts(
      "deviations", &deviations, "Kinds of planted deviations that hold at any epoch, sorted.")
    try c.texts("hosts", &hosts, "Names of the server.")
    try c.text(
      "implementation", &implementation, "Software that really answers at epoch 0, as `ElectrumX`.")
    try c.text("kind", &kind, "Kind of its operator.")
    try c.text("operator", &operatorID, "Operator's id in the scenario.")
    try c.objects("planted", &planted, "When each planted deviation holds.")
    try c.integer("port", &port, "TCP port.")
    try c.text("server", &server, "Server's id in the scenario.")
    try c.text("site", &site, "Site's id in the scenario.")
    try c.text("software", &software, "Identification as sent at epoch 0.")
    try c.text("transport", &transport, "tcp or ssl.")
  }

  public var sortKey: SortKey { .of(address, port, transport) }
}
