public import Artifact
internal import ElectrumProtocol
internal import SimulatedServers

/// What is true of one endpoint: who runs it, what it is, what was planted.
public struct TruthRow: ArtifactRow, Equatable {
  public var address: String
  /// Its node; servers of one node share it. Nil: a node of its own.
  public var backend: String?
  /// Servers with the same name here share a certificate key; nil for plain text.
  public var certificateKey: String?
  /// Kinds of planted deviations.
  public var deviations: [String]
  public var hosts: [String]
  /// Which software really answers at epoch 0, whatever it says, in the words of `servers.software`.
  public var implementation: String
  public var kind: String
  public var operatorID: String
  /// When each deviation holds, in the order of its first epoch.
  public var planted: [PlantedSpan]
  public var port: Int
  public var server: String
  public var site: String
  public var software: String
  public var transport: String

  public static let schema = ArtifactSchema(
    id: "simulation.truth", version: 1, encoding: .jsonl, key: ["address", "port", "transport"],
    summary: "Ground truth of a simulated network, one row an endpoint.",
    columns: [
      Column("address", .text, "Address the endpoint listens on."),
      Column(
        "backend", .text, "Node behind it; servers with the same name share one.",
        empty: "a node of its own"),
      Column(
        "certificate_key", .text, "Endpoints with the same name share a certificate key.",
        empty: "plain text"),
      Column(
        "deviations", .texts, "Kinds of planted deviations that hold at any epoch, sorted."),
      Column("hosts", .texts, "Names of the server."),
      Column(
        "implementation", .text, "Software that really answers at epoch 0, as `ElectrumX`."),
      Column("kind", .text, "Kind of its operator."),
      Column("operator", .text, "Operator's id in the scenario."),
      Column(
        "planted", .objects(PlantedSpan.columns), "When each planted deviation holds."),
      Column("port", .integer, "TCP port."),
      Column("server", .text, "Server's id in the scenario."),
      Column("site", .text, "Site's id in the scenario."),
      Column("software", .text, "Identification as sent at epoch 0."),
      Column("transport", .text, "tcp or ssl."),
    ])

  public var sortKey: SortKey {
    var key = SortKey()
    key.append(address)
    key.append(port)
    key.append(transport)
    return key
  }

  public func encode(to encoder: inout RowEncoder) {
    encoder.text("address", address)
    encoder.text("backend", backend)
    encoder.text("certificate_key", certificateKey)
    encoder.texts("deviations", deviations)
    encoder.texts("hosts", hosts)
    encoder.text("implementation", implementation)
    encoder.text("kind", kind)
    encoder.text("operator", operatorID)
    encoder.objects("planted", planted) { $1.encode(to: &$0) }
    encoder.integer("port", port)
    encoder.text("server", server)
    encoder.text("site", site)
    encoder.text("software", software)
    encoder.text("transport", transport)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    address = try decoder.text("address")
    backend = try decoder.optionalText("backend")
    certificateKey = try decoder.optionalText("certificate_key")
    deviations = try decoder.texts("deviations")
    hosts = try decoder.texts("hosts")
    implementation = try decoder.text("implementation")
    kind = try decoder.text("kind")
    operatorID = try decoder.text("operator")
    planted = try decoder.objects("planted") { decoder throws(ArtifactError) in
      try PlantedSpan(from: &decoder)
    }
    port = try decoder.integer("port")
    server = try decoder.text("server")
    site = try decoder.text("site")
    software = try decoder.text("software")
    transport = try decoder.text("transport")
  }

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
}
