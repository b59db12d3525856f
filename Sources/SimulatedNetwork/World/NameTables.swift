/// Which names lead to which addresses at an epoch, and back: what DNS would say.
struct NameTables {
  private let plan: NetworkPlan
  private let states: [ServerState]

  init(_ plan: NetworkPlan, _ states: [ServerState]) {
    self.plan = plan
    self.states = states
  }

  /// hosts(5): each name and address once, IPv4 before IPv6. Addresses that only the proxy leads
  /// to are not in it.
  var hosts: String {
    var lines: Set<Line> = []
    for state in states {
      for address in Set(state.endpoints.filter(\.isLoopback).map(\.address)) {
        for name in state.names { lines.insert(Line(address: address, name: name)) }
      }
    }
    for phantom in plan.phantoms where phantom.isSimulated && phantom.host != phantom.address {
      lines.insert(Line(address: phantom.address, name: phantom.host))
    }
    return lines.sorted().map(\.text).joined()
  }

  /// The same form: an address and its one PTR name, for every address that servers have.
  var reverseNames: String {
    var lines: Set<Line> = []
    for state in states {
      for endpoint in state.endpoints where endpoint.network != .onion {
        lines.insert(
          Line(address: endpoint.address, name: reverseName(of: endpoint.address, state.plan.site)))
      }
    }
    return lines.sorted().map(\.text).joined()
  }

  /// As hosters name their addresses: the address in front of a zone of the network's owner.
  private func reverseName(of address: String, _ site: Site) -> String {
    let host = address.map { $0 == "." || $0 == ":" ? "-" : String($0) }.joined()
    let zone = site.organization.lowercased().unicodeScalars.map {
      $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
        ? String($0) : "-"
    }.joined()
    return "static-\(host).\(zone).example"
  }

  private struct Line: Hashable, Comparable {
    let address: String
    let name: String

    var text: String { "\(address) \(name)\n" }

    static func < (left: Line, right: Line) -> Bool {
      (left.name, left.address.contains(":") ? 1 : 0, left.address)
        < (right.name, right.address.contains(":") ? 1 : 0, right.address)
    }
  }
}
