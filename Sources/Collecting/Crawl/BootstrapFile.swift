import Artifact
import ElectrumProtocol
import Records

/// The file of public server lists (`bootstrap.v1`). What else its objects say is for people.
struct BootstrapFile: FieldObject {
  static let isOpen = true

  private(set) var lists: [NamedServerList] = []

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("lists", &lists, .list(.object), "Lists, each of one network.")
  }
}

/// One list of servers that somebody publishes.
struct NamedServerList: FieldObject {
  static let isOpen = true

  private(set) var name = ""
  private(set) var network = ""
  private(set) var servers: [BootstrapServer] = []

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("name", &name, .text, "Name of the list.")
    f.required("network", &network, .text, "The chain that its servers follow.")
    f.required("servers", &servers, .list(.object), "Its servers.")
  }
}

/// A server of a list.
struct BootstrapServer: FieldObject {
  static let isOpen = true

  private var host = ""
  private var ports: [Transport: Int?] = [:]

  private static let keys: [(String, Transport)] = [
    ("tcp_port", .tcp), ("ssl_port", .ssl), ("ws_port", .ws), ("wss_port", .wss),
  ]

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("host", &host, .text, "A name or address.")
    f.check(
      "host", (1...255).contains(host.utf8.count), expected: "a name or address",
      found: "a text of \(host.utf8.count) bytes")
    for (key, transport) in Self.keys {
      f.field(key, &ports[transport, default: nil], .nullable(.integer(1...65_535)), "A port.")
    }
  }

  var server: BootstrapList.Server {
    BootstrapList.Server(
      host: host,
      ports: Self.keys.compactMap { _, transport in
        (ports[transport] ?? nil).map { .init($0, transport) }
      })
  }
}
