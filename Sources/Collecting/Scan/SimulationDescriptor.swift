import Addressing
import Artifact
import ElectrumProtocol
import Records

/// What a running simulated network says of itself (`simnet-descriptor.v1`). It can open loopback
/// and nothing else.
struct SimulationDescriptor: FieldObject {
  static let isOpen = true
  private static let schema = "simnet-descriptor.v1"

  private var schema = Self.schema
  private(set) var network = BitcoinNetwork.regtest
  private(set) var ranges: [AddressRange] = []
  private(set) var hostsFile = ""
  private(set) var servers: [BootstrapServer] = []
  private(set) var proxy: SOCKSProxyAddress?
  private(set) var knownForkHeights: [Int] = []

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("schema", &schema, .constant(Self.schema), "The form of the file.")
    f.required("network", &network, .word, "The chain whose genesis hash its servers state.")
    f.required(
      "allowed_ranges", &ranges, .list(.loopbackRange, minimum: 1),
      "Ranges that a scan of it may contact.")
    f.required("hosts_file", &hostsFile, .text, "Path of its names.")
    f.required("bootstrap", &servers, .list(.object), "Servers that a crawl starts from.")
    f.field(
      "socks5", &proxy, .nullable(.loopbackProxy), "Its proxy; null: it has none.")
    f.field(
      "known_forks", &knownForkHeights, .list(.integer(1...100_000_000)),
      "Heights behind which its chains split.")
  }
}

extension FieldForm where Value == AddressRange {
  fileprivate static var loopbackRange: FieldForm {
    FieldForm<String>.text.converted(
      expected: "a loopback range",
      into: { text in
        guard let range = AddressRange(text) else { return nil }
        let minimum = range.base.isIPv4 ? 8 : 128
        return range.length >= minimum && AddressScope(range.base) == .loopback ? range : nil
      }, from: { $0.description })
  }
}

extension FieldForm where Value == SOCKSProxyAddress {
  fileprivate static var loopbackProxy: FieldForm {
    FieldForm<String>.text.converted(
      expected: "a loopback address and port",
      into: { text in
        guard let proxy = SOCKSProxyAddress(text), AddressScope(proxy.address) == .loopback
        else { return nil }
        return proxy
      }, from: { $0.text })
  }
}
