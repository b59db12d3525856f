package import Addressing
import Artifact
import Ordering
package import Records
import StageKit

/// A place that is measured from: its address families, where connections come from, its proxy.
package struct Vantage: Sendable, Equatable {
  package let name: String
  /// Families that are contacted, where there is a route.
  package let families: Set<AddressFamily>
  package let proxy: SOCKSProxyAddress?
  /// Families that go through the proxy.
  package let proxied: Set<AddressFamily>
  /// Local addresses that connections come from, by family; the system's choice elsewhere.
  package let sources: [AddressFamily: IPAddress]

  package init(
    name: String, families: Set<AddressFamily>, proxy: SOCKSProxyAddress? = nil,
    proxied: Set<AddressFamily> = [.onion], sources: [AddressFamily: IPAddress] = [:]
  ) {
    self.name = name
    self.families = families
    self.proxy = proxy
    self.proxied = proxy == nil ? [] : proxied
    self.sources = sources
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
  func routes(direct: Set<AddressFamily>) -> Set<AddressFamily> {
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
