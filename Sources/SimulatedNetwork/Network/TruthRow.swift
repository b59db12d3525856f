public import Artifact
internal import Records

/// What is true of one endpoint: who runs it, what it is, what was planted.
public struct TruthRow: ArtifactRow, Equatable {
  public var address: String
  /// Servers with the same name here share a certificate key; nil for plain text.
  public var certificateKey: String?
  /// Kinds of planted deviations.
  public var deviations: [String]
  public var hosts: [String]
  public var kind: String
  public var operatorID: String
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
        "certificate_key", .text, "Endpoints with the same name share a certificate key.",
        empty: "plain text"),
      Column("deviations", .texts, "Kinds of planted deviations, in the scenario's order."),
      Column("hosts", .texts, "Names of the server."),
      Column("kind", .text, "Kind of its operator."),
      Column("operator", .text, "Operator's id in the scenario."),
      Column("port", .integer, "TCP port."),
      Column("server", .text, "Server's id in the scenario."),
      Column("site", .text, "Site's id in the scenario."),
      Column("software", .text, "Identification as sent."),
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
    encoder.text("certificate_key", certificateKey)
    encoder.texts("deviations", deviations)
    encoder.texts("hosts", hosts)
    encoder.text("kind", kind)
    encoder.text("operator", operatorID)
    encoder.integer("port", port)
    encoder.text("server", server)
    encoder.text("site", site)
    encoder.text("software", software)
    encoder.text("transport", transport)
  }

  public init(from decoder: inout RowDecoder) throws(ArtifactError) {
    address = try decoder.text("address")
    certificateKey = try decoder.optionalText("certificate_key")
    deviations = try decoder.texts("deviations")
    hosts = try decoder.texts("hosts")
    kind = try decoder.text("kind")
    operatorID = try decoder.text("operator")
    port = try decoder.integer("port")
    server = try decoder.text("server")
    site = try decoder.text("site")
    software = try decoder.text("software")
    transport = try decoder.text("transport")
  }

  init(_ server: ServerPlan, port: Int, transport: Transport) {
    address = server.address
    certificateKey = transport == .ssl ? CertificatePlan.keyName(of: server) : nil
    deviations = server.spec.deviations.map(\.word)
    hosts = server.spec.names
    kind = server.owner.kind.rawValue
    operatorID = server.owner.id
    self.port = port
    self.server = server.spec.id
    site = server.site.id
    software = server.spec.software
    self.transport = transport.rawValue
  }

  /// All endpoints of a plan in the order of the artifact.
  public static func rows(of plan: NetworkPlan) -> [TruthRow] {
    plan.servers.flatMap { server in
      [(server.spec.tcpPort, Transport.tcp), (server.spec.sslPort, .ssl)].compactMap {
        port, transport in port.map { TruthRow(server, port: $0, transport: transport) }
      }
    }
    .sorted { $0.sortKey < $1.sortKey }
  }
}
