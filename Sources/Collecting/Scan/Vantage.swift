import Artifact
package import Records
import StageKit

/// A place that is measured from: its address families, where connections come from, its proxy.
package struct Vantage: Sendable, Equatable {
  package let name: String
  /// Families that are contacted, where there is a route.
  package let families: Set<Network>
  package let proxy: SOCKSProxyAddress?
  /// Families that go through the proxy.
  package let proxied: Set<Network>
  /// Local addresses that connections come from, by family; the system's choice elsewhere.
  package let sources: [Network: IPAddress]

  package init(
    name: String, families: Set<Network>, proxy: SOCKSProxyAddress? = nil,
    proxied: Set<Network> = [.onion], sources: [Network: IPAddress] = [:]
  ) {
    self.name = name
    self.families = families
    self.proxy = proxy
    self.proxied = proxy == nil ? [] : proxied
    self.sources = sources
  }

  /// Its form in pipeline.json.
  static let fields = [
    ParameterField(
      "name", .text, default: .string(""), "Letters, digits, '-', '_', '.'; names the scans."),
    ParameterField(
      "families", .texts, default: .array([.string("ipv4"), .string("ipv6")]),
      "Address families that may be contacted: ipv4, ipv6, onion."),
    ParameterField(
      "proxy", .text, default: .string(""),
      "SOCKS5 proxy as address:port, such as 127.0.0.1:9050 of Tor; empty: none."),
    ParameterField(
      "proxied", .texts, default: .array([.string("onion")]),
      "Families that go through the proxy; onion always does."),
    ParameterField(
      "source_ipv4", .text, default: .string(""), "Local address of IPv4 connections."),
    ParameterField(
      "source_ipv6", .text, default: .string(""), "Local address of IPv6 connections."),
  ]

  init(_ values: ParameterValues) throws(StageError) {
    name = try values.text("name")
    guard ScanName.isVantage(name) else {
      throw values.refusal("name", expected: "letters, digits, '-', '_' or '.', at most 64", name)
    }
    families = try Self.networks(values, "families")
    let proxyText = try values.text("proxy")
    proxy = SOCKSProxyAddress(proxyText)
    if proxy == nil, !proxyText.isEmpty {
      throw values.refusal("proxy", expected: "address:port, the address as a literal", proxyText)
    }
    proxied = proxy == nil ? [] : try Self.networks(values, "proxied").union([.onion])
    if families.contains(.onion), proxy == nil {
      throw values.refusal("families", expected: "a proxy for onion services", "onion without one")
    }
    var sources: [Network: IPAddress] = [:]
    for (key, network) in [("source_ipv4", Network.ipv4), ("source_ipv6", .ipv6)] {
      let text = try values.text(key)
      if text.isEmpty { continue }
      guard let address = IPAddress(text), address.network == network else {
        throw values.refusal(key, expected: "an address of \(network.rawValue)", text)
      }
      sources[network] = address
    }
    self.sources = sources
  }

  private static func networks(
    _ values: ParameterValues, _ key: String
  ) throws(StageError) -> Set<Network> {
    var networks: Set<Network> = []
    for word in try values.texts(key) {
      guard let network = Network(rawValue: word), [.ipv4, .ipv6, .onion].contains(network) else {
        throw values.refusal(key, expected: "ipv4, ipv6 or onion", word)
      }
      networks.insert(network)
    }
    return networks
  }

  /// The same place in a simulated network: its proxy is the simulated one, and no other.
  func simulated(proxy: SOCKSProxyAddress?) -> Vantage {
    Vantage(
      name: name, families: families, proxy: self.proxy == nil ? nil : proxy, proxied: proxied,
      sources: sources)
  }

  /// For the plan: its name, and how it differs from a plain one.
  var text: String {
    var parts = [name]
    if let proxy {
      let families = proxied.intersection(families).map(\.rawValue).sorted()
      parts.append("\(families.joined(separator: ", ")) through \(proxy.text)")
    }
    for (network, source) in sources.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      parts.append("\(network.rawValue) from \(source.text)")
    }
    return parts.joined(separator: "; ")
  }

  /// Families that can be reached from here.
  ///
  /// - Parameter direct: those with a route that needs no proxy.
  func routes(direct: Set<Network>) -> Set<Network> {
    families.filter { proxied.contains($0) ? proxy != nil : direct.contains($0) }
  }
}

extension CollectParameters {
  /// - Parameter name: nil: the one that the parameters say.
  /// - Throws: `stage.usage` where no vantage has the name.
  func vantage(named name: String?) throws(StageError) -> Vantage {
    let name = name ?? vantage
    if let found = vantages.first(where: { $0.name == name }) { return found }
    throw StageError(
      .usage, place: "--vantage",
      expected: "one of \(vantages.map(\.name).joined(separator: ", "))",
      found: "\"\(EscapedText.escape(name))\"",
      remedy: "add it to collect.vantages in pipeline.json")
  }
}
