import Addressing
import Artifact
package import ElectrumProtocol
import Probing
import Records
import StageKit

/// What a scan is of: the public network, or a simulated one with its own addresses and names.
package struct ScanTarget: Sendable {
  package let network: BitcoinNetwork
  package let bootstrap: [BootstrapList]
  /// Opened for contact; not empty exactly for a simulated network.
  let simulatedRanges: [AddressRange]
  package let hosts: HostsFile
  let isSimulated: Bool
  /// Of its chain: asked only of servers that are on another one than the rest.
  let knownForks: [KnownFork]
  /// The proxy of a simulated network.
  let proxy: SOCKSProxyAddress?

  /// The object that `simnet` writes: `simnet-descriptor.v1`.
  init(descriptor path: String) throws(StageError) {
    let descriptor: SimulationDescriptor = try InputFile.object(
      path, expected: "the descriptor of a simulated network",
      remedy: "start the simulated network again, or correct the file")
    network = descriptor.network
    simulatedRanges = descriptor.ranges
    hosts = try InputFile.hosts(descriptor.hostsFile)
    bootstrap = [BootstrapList(source: "simnet", servers: descriptor.servers.map(\.server))]
    proxy = descriptor.proxy
    knownForks = descriptor.knownForkHeights.prefix(16).map { KnownFork(height: $0) }
    isSimulated = true
  }

  /// - Parameter path: `bootstrap.v1`: lists by network, each with source, commit and date.
  init(
    bootstrap path: String, network: BitcoinNetwork, hosts: HostsFile
  ) throws(StageError) {
    let file: BootstrapFile = try InputFile.object(
      path, expected: "the bootstrap servers", remedy: "correct the file")
    let bootstrap = file.lists.filter { $0.network == network.rawValue }.map {
      BootstrapList(source: $0.name, servers: $0.servers.map(\.server))
    }
    guard !bootstrap.isEmpty else {
      throw StageError(
        .badInput, place: "\(path), key lists", expected: "a list for \(network.rawValue)",
        found: "none", remedy: "correct the file")
    }
    self.network = network
    self.bootstrap = bootstrap
    self.hosts = hosts
    simulatedRanges = []
    proxy = nil
    knownForks = KnownFork.all(of: network)
    isSimulated = false
  }
}
