internal import ElectrumProtocol

/// What holds between the parts of a scenario.
enum ScenarioValidation {
  /// Names nobody can own: RFC 2606 and RFC 7686.
  private static let reservedDomains = [".example", ".test", ".invalid", ".onion"]

  static func check(_ scenario: Scenario) throws(ScenarioError) {
    try unique(scenario.sites.map(\.id), "sites", "site id")
    try unique(scenario.operators.map(\.id), "operators", "operator id")
    try unique(scenario.servers.map(\.id), "operators", "server id")
    try unique(scenario.servers.flatMap(\.names), "operators", "host name")
    try unique(
      scenario.servers.flatMap { server in
        [server.tcpPort, server.sslPort].compactMap { port in
          server.address.flatMap { address in port.map { "\(address):\($0)" } }
        }
      }, "operators", "address and port")
    try sites(scenario)
    let sites = Dictionary(uniqueKeysWithValues: scenario.sites.map { ($0.id, $0) })
    for server in scenario.servers { try check(server, sites: sites) }
    let servers = Set(scenario.servers.map(\.id))
    for (index, phantom) in scenario.phantoms.enumerated() {
      let place = "phantoms[\(index)]"
      if let site = phantom.site { try known(site, Set(sites.keys), "\(place).site", "a site") }
      if let host = phantom.host { try name(host, "\(place).host", allowsAddress: true) }
      for id in phantom.toldBy { try known(id, servers, "\(place).told_by", "a server") }
    }
    guard !scenario.bootstrap.isEmpty else {
      throw ScenarioError(
        .missingKey, place: "bootstrap", expected: "at least one server", found: "none")
    }
    try references(scenario, servers: servers, sites: Set(sites.keys))
    for id in scenario.bootstrap { try known(id, servers, "bootstrap", "a server") }
  }

  /// What names another part of the scenario names one that is there.
  private static func references(
    _ scenario: Scenario, servers: Set<String>, sites: Set<String>
  ) throws(ScenarioError) {
    try unique(scenario.nodes.map(\.id), "nodes", "node id")
    try unique(scenario.wallets.map(\.id), "wallets", "wallet id")
    let owners = Set(scenario.operators.map(\.id))
    let numbers = Set(scenario.sites.map { String($0.autonomousSystem) })
    for (index, outage) in scenario.outages.enumerated() {
      let place = "outages[\(index)]"
      switch outage.scope {
      case .site(let id): try known(id, sites, "\(place).site", "a site")
      case .owner(let id): try known(id, owners, "\(place).operator", "an operator")
      case .autonomousSystem(let number):
        try known(String(number), numbers, "\(place).asn", "an autonomous system of the sites")
      }
    }
    let nodes = Set(scenario.nodes.map(\.id))
    for server in scenario.servers {
      for id in server.settings.alsoNames {
        try known(id, servers, "server \(server.id).also_names", "a server")
      }
      if let id = server.settings.backend {
        try known(id, nodes, "server \(server.id).backend", "a node")
      }
      for deviation in server.deviations {
        if let id = (deviation as? FalsePeers)?.victim {
          try known(id, servers, "server \(server.id).deviations", "a server")
        }
        if let flood = deviation as? NameFlood {
          try name("x.\(flood.domain)", "server \(server.id).deviations", allowsAddress: false)
        }
      }
    }
  }

  private static func check(
    _ server: ServerSpec, sites: [String: Site]
  ) throws(ScenarioError) {
    let place = "server \(server.id)"
    try known(server.site, Set(sites.keys), "\(place).site", "a site")
    if let text = server.address {
      guard let address = IPv4.number(text), sites[server.site]?.prefix.contains(address) == true
      else {
        throw ScenarioError(
          .outOfRange, place: "\(place).address", expected: "an address of its site",
          found: "\"\(text)\"")
      }
    }
    for host in server.names { try name(host, "\(place).names", allowsAddress: false) }
    if case .given(let text)? = server.onion, !text.hasSuffix(".onion") {
      throw ScenarioError(
        .outOfRange, place: "\(place).onion", expected: "a name under .onion", found: "\"\(text)\"")
    }
    if case .given(let text)? = server.ipv6, !text.hasPrefix("2001:db8:"), text != "::1" {
      throw ScenarioError(
        .outOfRange, place: "\(place).ipv6", expected: "an address of 2001:db8::/32 or ::1",
        found: "\"\(text)\"")
    }
    if case .others(let hosts)? = server.settings.statedHosts {
      for host in hosts { try name(host, "\(place).features_hosts", allowsAddress: true) }
    }
  }

  private static func sites(_ scenario: Scenario) throws(ScenarioError) {
    for (index, site) in scenario.sites.enumerated() {
      for other in scenario.sites[..<index] where site.prefix.overlaps(other.prefix) {
        throw ScenarioError(
          .notUnique, place: "sites[\(index)].prefix", expected: "prefixes that do not overlap",
          found: "one that overlaps \(other.id)'s")
      }
    }
  }

  private static func unique(
    _ names: [String], _ place: String, _ noun: String
  ) throws(ScenarioError) {
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      throw ScenarioError(
        .notUnique, place: place, expected: "each \(noun) once", found: "\"\(name)\" again")
    }
  }

  private static func known(
    _ name: String, _ names: Set<String>, _ place: String, _ noun: String
  ) throws(ScenarioError) {
    if names.contains(name) { return }
    throw ScenarioError(
      .unknownName, place: place, expected: "the id of \(noun)", found: "\"\(name)\"")
  }

  private static func name(
    _ host: String, _ place: String, allowsAddress: Bool
  ) throws(ScenarioError) {
    if allowsAddress, IPv4.number(host) != nil || host.contains(":") { return }
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    let isPlain = host.utf8.allSatisfy { byte in
      byte == 45 || byte == 46 || (48...57).contains(byte) || (97...122).contains(byte)
    }
    guard isPlain, labels.allSatisfy({ (1...63).contains($0.utf8.count) }),
      reservedDomains.contains(where: { host.hasSuffix($0) })
    else {
      throw ScenarioError(
        .outOfRange, place: place,
        expected: "a lower-case host name under \(reservedDomains.joined(separator: ", "))",
        found: "\"\(host)\"")
    }
  }
}
