internal import Artifact
internal import ElectrumProtocol
internal import Foundation

/// The files that stand around a simulated network: descriptor, hosts, address plan, truth.
public struct SimulationFolder: Sendable {
  /// Absolute path.
  public let path: String
  private let plan: NetworkPlan

  /// Makes the folder if it is not there.
  public init(_ plan: NetworkPlan, path: String) throws(SimulationError) {
    self.plan = plan
    self.path =
      path.hasPrefix("/")
      ? path : FileManager.default.currentDirectoryPath + "/" + path
    do throws(ArtifactError) {
      try FileBytes.createFolder(self.path)
    } catch {
      throw Self.cannotWrite(error)
    }
  }

  public var descriptorPath: String { path + "/simnet.json" }
  public var hostsPath: String { path + "/hosts" }
  public var reverseNamesPath: String { path + "/reverse-names" }
  public var geographyPath: String { path + "/address-plan.mmdb" }
  public var truthPath: String { path + "/" + TruthRow.schema.fileName }

  /// Writes everything but the descriptor, which says that the network listens.
  public func writeWorld() throws(SimulationError) {
    try writeNames(NameTables(plan, plan.states(at: 0)))
    do throws(ArtifactError) {
      let database = MaxMindDatabase(
        buildEpoch: UInt64(plan.scenario.chain.tipTime), sites: plan.scenario.sites)
      try FileBytes.write(database.encoded(), to: geographyPath)
      let writer = try ArtifactWriter<TruthRow>(folder: path)
      try writer.append(contentsOf: TruthRow.rows(of: plan))
      try writer.finish().commit(
        Lineage(
          stage: "simnet", revision: 1,
          parameters: .object([("scenario", .string(plan.scenario.name))]),
          seed: Int(exactly: plan.scenario.seed)))
    } catch {
      throw Self.cannotWrite(error)
    }
  }

  /// Writes which names lead where at an epoch.
  func writeNames(_ tables: NameTables) throws(SimulationError) {
    do throws(ArtifactError) {
      try FileBytes.write(Array(tables.hosts.utf8), to: hostsPath)
      try FileBytes.write(Array(tables.reverseNames.utf8), to: reverseNamesPath)
    } catch {
      throw Self.cannotWrite(error)
    }
  }

  /// Writes the descriptor and returns it as one JSON line without its end.
  public func writeDescriptor(
    of network: SimulatedNetwork? = nil, log: RequestLog? = nil
  ) throws(SimulationError) -> String {
    let text = descriptor(network, log).canonicalText
    do throws(ArtifactError) {
      try FileBytes.write(Array((text + "\n").utf8), to: descriptorPath)
    } catch {
      throw Self.cannotWrite(error)
    }
    return text
  }

  private func descriptor(_ network: SimulatedNetwork?, _ log: RequestLog?) -> JSONValue {
    .object([
      ("schema", .string("simnet-descriptor.v1")),
      ("scenario", .string(plan.scenario.name)),
      ("network", .string(plan.scenario.network.rawValue)),
      ("genesis_hash", .string(plan.scenario.network.genesisHash)),
      // The simulated prefixes and nothing more: other loopback addresses may be somebody's.
      ("allowed_ranges", .array(plan.scenario.sites.map { .string($0.prefix.description) })),
      ("known_forks", .array(plan.knownForkHeights.map { .integer($0) })),
      ("bootstrap", .array(bootstrap)), ("hosts_file", .string(hostsPath)),
      ("geoip", .array([.string(geographyPath)])), ("truth", .string(truthPath)),
      ("socks5", network.map { .string($0.proxyAddress) } ?? .null),
      ("reverse_names", .string(reverseNamesPath)),
      ("request_log", log.map { .string($0.path) } ?? .null),
      ("control", .string(control)), ("last_epoch", .integer(plan.epochs - 1)),
      ("pid", .integer(Int(ProcessInfo.processInfo.processIdentifier))),
    ])
  }

  private var control: String {
    "SIGUSR1 to pid advances an epoch; with --control: \(ControlCommand.remedy)"
  }

  private var bootstrap: [JSONValue] {
    plan.scenario.bootstrap.compactMap { id in
      plan.servers.first { $0.spec.id == id }.map { server in
        .object([
          ("host", .string(server.spec.names.first ?? server.address)),
          ("tcp_port", server.spec.tcpPort.map { .integer($0) } ?? .null),
          ("ssl_port", server.spec.sslPort.map { .integer($0) } ?? .null),
        ])
      }
    }
  }

  private static func cannotWrite(_ error: ArtifactError) -> SimulationError {
    SimulationError(
      .cannotWrite, place: error.file, found: error.found, remedy: "check the folder")
  }
}
