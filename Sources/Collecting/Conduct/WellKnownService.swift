import Ordering

/// A service of another kind that is known by its port. Whoever is sent there by a stranger's word knocks
/// at doors that are nobody's business, and brings an operator an abuse notice.
///
/// Port 443 is not among them: Electrum servers behind a web server's port are common.
public struct WellKnownService: Sendable, Equatable {
  public let port: Int
  public let name: String
  public let source: Source

  /// Who says that the port is this service's.
  public enum Source: String, Sendable {
    /// Service Name and Transport Protocol Port Number Registry (RFC 6335),
    /// https://www.iana.org/assignments/service-names-port-numbers
    case iana = "IANA"
    /// Bitcoin Core, src/chainparams.cpp and src/chainparamsbase.cpp.
    case bitcoinCore = "Bitcoin Core"
    /// The manual of the program that is named: its default port.
    case manual = "the program's manual"
  }

  /// The service of a port, if it is one of these.
  public init?(port: Int) {
    guard let found = Self.byPort[port] else { return nil }
    self = found
  }

  private init(_ port: Int, _ name: String, _ source: Source) {
    self.port = port
    self.name = name
    self.source = source
  }

  private static let byPort = Dictionary(uniqueKeysWithValues: all.map { ($0.port, $0) })

  /// By port.
  public static let all: [WellKnownService] =
    (assigned.map { WellKnownService($0, $1, .iana) }
    + bitcoin.map { WellKnownService($0, $1, .bitcoinCore) }
    + usual.map { WellKnownService($0, $1, .manual) }).sorted { $0.port < $1.port }

  private static let assigned: [(Int, String)] = [
    (17, "qotd"), (19, "chargen"), (20, "FTP data"),
    (21, "FTP"),
    (22, "SSH"), (23, "Telnet"), (25, "SMTP"), (37, "time"), (43, "WHOIS"), (49, "TACACS"),
    (53, "DNS"),
    (70, "Gopher"), (79, "finger"), (80, "HTTP"), (88, "Kerberos"), (110, "POP3"), (111, "rpcbind"),
    (113, "ident"), (119, "NNTP"), (123, "NTP"), (135, "DCE endpoint resolution"),
    (137, "NetBIOS names"),
    (138, "NetBIOS datagrams"), (139, "NetBIOS sessions"), (143, "IMAP"), (161, "SNMP"),
    (162, "SNMP traps"),
    (179, "BGP"), (194, "IRC"), (389, "LDAP"), (427, "SLP"), (445, "SMB"), (464, "kpasswd"),
    (465, "SMTP submission over TLS"), (502, "Modbus"), (512, "rexec"), (513, "rlogin"),
    (514, "rsh"),
    (515, "LPD"), (543, "klogin"), (544, "kshell"), (548, "AFP"), (554, "RTSP"),
    (563, "NNTP over TLS"),
    (587, "SMTP submission"), (631, "IPP"), (636, "LDAP over TLS"), (830, "NETCONF"),
    (853, "DNS over TLS"),
    (860, "iSCSI"), (873, "rsync"), (989, "FTP data over TLS"), (990, "FTP over TLS"),
    (992, "Telnet over TLS"),
    (993, "IMAP over TLS"), (995, "POP3 over TLS"), (1080, "SOCKS"), (1194, "OpenVPN"),
    (1433, "Microsoft SQL Server"), (1434, "Microsoft SQL Monitor"), (1521, "Oracle"),
    (1723, "PPTP"),
    (1883, "MQTT"), (2049, "NFS"), (2375, "Docker"), (2376, "Docker over TLS"),
    (2379, "etcd client"),
    (2380, "etcd peers"), (3128, "Squid"), (3260, "iSCSI target"), (3306, "MySQL"), (3389, "RDP"),
    (3690, "Subversion"), (4369, "epmd"), (5060, "SIP"), (5061, "SIP over TLS"),
    (5222, "XMPP clients"),
    (5269, "XMPP servers"), (5432, "PostgreSQL"), (5671, "AMQP over TLS"), (5672, "AMQP"),
    (5900, "VNC"),
    (5984, "CouchDB"), (5985, "WinRM"), (5986, "WinRM over TLS"), (6000, "X11"), (6379, "Redis"),
    (6443, "Kubernetes API"), (6697, "IRC over TLS"), (8883, "MQTT over TLS"),
    (9100, "printers (PDL)"),
    (9418, "Git"), (11211, "memcached"), (20000, "DNP3"), (27017, "MongoDB"),
    (44818, "EtherNet/IP"),
    (47808, "BACnet"),
  ]

  private static let bitcoin: [(Int, String)] = [
    (8332, "Bitcoin RPC"), (8333, "Bitcoin"), (18332, "Bitcoin RPC, testnet3"),
    (18333, "Bitcoin, testnet3"),
    (18443, "Bitcoin RPC, regtest"), (18444, "Bitcoin, regtest"), (38332, "Bitcoin RPC, signet"),
    (38333, "Bitcoin, signet"), (48332, "Bitcoin RPC, testnet4"), (48333, "Bitcoin, testnet4"),
  ]

  private static let usual: [(Int, String)] = [
    (2181, "ZooKeeper"), (6667, "IRC"), (9042, "Cassandra"), (9050, "Tor SOCKS"),
    (9051, "Tor control"),
    (9092, "Kafka"), (9150, "Tor Browser SOCKS"), (9200, "Elasticsearch"),
    (9300, "Elasticsearch nodes"),
    (9735, "Lightning"), (10250, "kubelet"), (28332, "Bitcoin ZeroMQ"), (30303, "Ethereum"),
  ]

  /// Why an endpoint at the port is not contacted, for its row.
  package var reason: String { "port \(port) belongs to \(name), and only strangers named it" }

  /// The ports, for people.
  static var portsText: String { all.map { String($0.port) }.joined(separator: " ") }
}

/// Whose word it is that a server is at an endpoint.
public enum Word: Sendable, Hashable {
  /// A peer list, or what a server says of an address that is not its own.
  case stranger
  /// A list that is pinned in the project, or that the user gave.
  case list
  /// `features.hosts` of the server that answered at this address.
  case server(at: String)

  /// Whether it is enough to contact a port at the address that is known for another service.
  func vouches(for address: String) -> Bool {
    switch self {
    case .stranger: false
    case .list: true
    case .server(let own): own == address
    }
  }
}
