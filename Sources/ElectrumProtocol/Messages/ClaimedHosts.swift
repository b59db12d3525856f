/// `hosts` of `server.features`: where a server says that it is, in whatever form it says so.
///
/// The protocol has an object by name, `{"a.example": {"tcp_port": 50001, "ssl_port": null}}`. Some
/// servers write ports as texts, a list, hosts by group, or the ports alone; what can be understood is read, and what
/// was odd is told.
public struct ClaimedHosts: Sendable, Equatable {
  public struct Host: Sendable, Equatable {
    /// As written.
    public let name: String
    /// By key of the protocol, of those that are ports.
    public let ports: [Port: Int]
  }

  public enum Port: String, Sendable, CaseIterable {
    case tcp = "tcp_port"
    case ssl = "ssl_port"
    case ws = "ws_port"
    case wss = "wss_port"
  }

  /// What other form than the protocol's was met.
  public enum Form: String, Sendable, CaseIterable {
    /// Ports and no name: nothing is claimed.
    case flat = "features.hosts-flat"
    case list = "features.hosts-list"
    /// Hosts by group, as `{"clearnet": {"a.example": {"tcp_port": 50001}}}`.
    case nested = "features.hosts-nested"
    /// Neither an object nor a list.
    case unreadable = "features.hosts-unreadable"
    case portAsText = "features.port-text"
    case portUnreadable = "features.port-unreadable"
  }

  /// In the order sent; of a name that is repeated the last, as in Python's `json`.
  public private(set) var hosts: [Host] = []
  public private(set) var forms: Set<Form> = []
  private var numbers: [[UInt8]: Int] = [:]

  /// - Parameter features: result of `server.features`.
  public init(_ features: WireValue) {
    switch features["hosts"] {
    case nil, .null?: break
    case .object(let members)?: for member in members { take(member) }
    case .array(let items)?:
      if !items.isEmpty { forms.insert(.list) }
      for item in items { take(item) }
    case .bool?, .number?, .string?: forms.insert(.unreadable)
    }
  }

  private mutating func take(_ member: WireMember) {
    if Port(rawValue: member.key) != nil, member.value.members == nil {
      forms.insert(.flat)
    } else if let hosts = member.value.members, Self.areHosts(hosts) {
      forms.insert(.nested)
      for host in hosts { add(host.key, host.value) }
    } else {
      add(member.key, member.value)
    }
  }

  /// Whether what stands under a key is hosts by name and no ports: each has ports of its own.
  private static func areHosts(_ members: [WireMember]) -> Bool {
    !members.isEmpty
      && members.allSatisfy { member in
        Port(rawValue: member.key) == nil
          && Port.allCases.contains { member.value[$0.rawValue] != nil }
      }
  }

  /// A name, or an object with one.
  private mutating func take(_ item: WireValue) {
    let name = item.text ?? ["host", "hostname", "name"].lazy.compactMap { item[$0]?.text }.first
    if let name { add(name, item) } else { forms.insert(.unreadable) }
  }

  private mutating func add(_ name: String, _ value: WireValue) {
    var ports: [Port: Int] = [:]
    for key in Port.allCases {
      guard let port = value[key.rawValue] else { continue }
      ports[key] = read(port)
    }
    let host = Host(name: name, ports: ports)
    if let known = numbers.updateValue(hosts.count, forKey: Array(name.utf8)) {
      numbers[Array(name.utf8)] = known
      hosts[known] = host
    } else {
      hosts.append(host)
    }
  }

  /// Null, false, zero and an empty text say that there is no such port.
  private mutating func read(_ value: WireValue) -> Int? {
    switch value {
    case .null, .bool(false), .number("0"), .string(""): return nil
    case .string(let text):
      if let port = PortText.port(text) {
        forms.insert(.portAsText)
        return port
      }
    case .number:
      if let port = value.wholeNumber, (1...65535).contains(port) { return port }
    case .bool, .array, .object: break
    }
    forms.insert(.portUnreadable)
    return nil
  }
}
