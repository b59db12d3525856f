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
    let json = try InputFile.json(path, expected: "the descriptor of a simulated network")
    func text(_ key: String) throws(StageError) -> String {
      guard case .string(let value)? = json[key] else {
        throw Self.bad(path, key, "text", json[key]?.kind ?? "nothing")
      }
      return value
    }
    guard try text("schema") == "simnet-descriptor.v1" else {
      throw Self.bad(path, "schema", "simnet-descriptor.v1", "another")
    }
    guard let network = BitcoinNetwork(rawValue: try text("network")) else {
      throw Self.bad(path, "network", "a known network", try text("network"))
    }
    self.network = network
    guard case .array(let items)? = json["allowed_ranges"] else {
      throw Self.bad(path, "allowed_ranges", "a list", json["allowed_ranges"]?.kind ?? "nothing")
    }
    var ranges: [AddressRange] = []
    for item in items {
      guard case .string(let text) = item, let range = AddressRange(text),
        Self.isOnlyLoopback(range)
      else { throw Self.bad(path, "allowed_ranges", "loopback ranges", item.kind) }
      ranges.append(range)
    }
    guard !ranges.isEmpty else {
      throw Self.bad(path, "allowed_ranges", "at least one range", "none")
    }
    simulatedRanges = ranges
    hosts = try InputFile.hosts(try text("hosts_file"))
    bootstrap = [
      try BootstrapList(
        source: "simnet", json: json["bootstrap"], file: path, key: "bootstrap")
    ]
    proxy = try Self.proxy(json, path)
    knownForks = try Self.forks(json, path)
    isSimulated = true
  }

  /// - Parameter path: `bootstrap.v1`: lists by network, each with source, commit and date.
  init(
    bootstrap path: String, network: BitcoinNetwork, hosts: HostsFile
  ) throws(StageError) {
    let json = try InputFile.json(path, expected: "the bootstrap servers")
    guard case .array(let lists)? = json["lists"] else {
      throw Self.bad(path, "lists", "a list", json["lists"]?.kind ?? "nothing")
    }
    var bootstrap: [BootstrapList] = []
    for (index, list) in lists.enumerated() {
      guard case .string(let name)? = list["name"], case .string(let of)? = list["network"] else {
        throw Self.bad(path, "lists[\(index)]", "name and network", list.kind)
      }
      if of != network.rawValue { continue }
      bootstrap.append(
        try BootstrapList(
          source: name, json: list["servers"], file: path, key: "lists[\(index)].servers"))
    }
    guard !bootstrap.isEmpty else {
      throw Self.bad(path, "lists", "a list for \(network.rawValue)", "none")
    }
    self.network = network
    self.bootstrap = bootstrap
    self.hosts = hosts
    simulatedRanges = []
    proxy = nil
    knownForks = KnownFork.all(of: network)
    isSimulated = false
  }

  private static func proxy(
    _ json: JSONValue, _ path: String
  ) throws(StageError) -> SOCKSProxyAddress? {
    guard case .string(let text)? = json["socks5"] else { return nil }
    guard let proxy = SOCKSProxyAddress(text), AddressScope(proxy.address) == .loopback else {
      throw bad(path, "socks5", "a loopback address and port", "another")
    }
    return proxy
  }

  /// Heights behind which chains split; none where the descriptor names none.
  private static func forks(
    _ json: JSONValue, _ path: String
  ) throws(StageError) -> [KnownFork] {
    guard let value = json["known_forks"] else { return [] }
    guard case .array(let items) = value, items.count <= 16 else {
      throw bad(path, "known_forks", "a list of 16 heights at most", value.kind)
    }
    var forks: [KnownFork] = []
    for item in items {
      guard case .integer(let height) = item, (1...100_000_000).contains(height) else {
        throw bad(path, "known_forks", "heights", item.kind)
      }
      forks.append(KnownFork(height: height))
    }
    return forks
  }

  /// A descriptor can open loopback and nothing else.
  private static func isOnlyLoopback(_ range: AddressRange) -> Bool {
    let minimum = range.base.isIPv4 ? 8 : 128
    return range.length >= minimum && AddressScope(range.base) == .loopback
  }

  private static func bad(
    _ path: String, _ key: String, _ expected: String, _ found: String
  ) -> StageError {
    StageError(
      .badInput, place: "\(path), key \(key)", expected: expected, found: found,
      remedy: "start the simulated network again, or correct the file")
  }
}
