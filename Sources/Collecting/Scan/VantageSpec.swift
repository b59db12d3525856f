import Addressing
import Artifact
import Records

/// A place to measure from, as pipeline.json says it.
struct VantageSpec: FieldObject {
  var name = ""
  private var families = ["ipv4", "ipv6"]
  private var proxy = ""
  private var proxied = ["onion"]
  private var sourceIPv4 = ""
  private var sourceIPv6 = ""

  private static let known: [AddressFamily] = [.ipv4, .ipv6, .onion]

  init() {}

  init(name: String) {
    self.name = name
  }

  mutating func fields<F: Fields>(_ f: inout F) {
    f.field("name", &name, .text, "Letters, digits, '-', '_', '.'; names the scans.")
    f.check(
      "name", ScanName.isVantage(name), expected: "letters, digits, '-', '_' or '.', at most 64",
      found: Self.quoted(name))
    f.field(
      "families", &families, .texts,
      "Address families that may be contacted: ipv4, ipv6, onion.")
    Self.check("families", families, &f)
    f.field(
      "proxy", &proxy, .text,
      "SOCKS5 proxy as address:port, such as 127.0.0.1:9050 of Tor; empty: none.")
    f.check(
      "proxy", proxy.isEmpty || proxyAddress != nil,
      expected: "address:port, the address as a literal", found: Self.quoted(proxy))
    f.check(
      "families", proxyAddress != nil || !families.contains(AddressFamily.onion.rawValue),
      expected: "a proxy for onion services", found: "\"onion without one\"")
    f.field(
      "proxied", &proxied, .texts, "Families that go through the proxy; onion always does.")
    if proxyAddress != nil { Self.check("proxied", proxied, &f) }
    f.field("source_ipv4", &sourceIPv4, .text, "Local address of IPv4 connections.")
    Self.check("source_ipv4", sourceIPv4, .ipv4, &f)
    f.field("source_ipv6", &sourceIPv6, .text, "Local address of IPv6 connections.")
    Self.check("source_ipv6", sourceIPv6, .ipv6, &f)
  }

  var vantage: Vantage {
    var sources: [AddressFamily: IPAddress] = [:]
    sources[.ipv4] = IPAddress(sourceIPv4)
    sources[.ipv6] = IPAddress(sourceIPv6)
    return Vantage(
      name: name, families: Self.networks(families), proxy: proxyAddress,
      proxied: Self.networks(proxied).union([.onion]), sources: sources)
  }

  private var proxyAddress: SOCKSProxyAddress? { SOCKSProxyAddress(proxy) }

  private static func networks(_ words: [String]) -> Set<AddressFamily> {
    Set(words.compactMap { AddressFamily(rawValue: $0) })
  }

  private static func check<F: Fields>(_ key: String, _ families: [String], _ f: inout F) {
    for word in families {
      f.check(
        key, known.contains { $0.rawValue == word }, expected: "ipv4, ipv6 or onion",
        found: quoted(word))
    }
  }

  private static func check<F: Fields>(
    _ key: String, _ address: String, _ network: AddressFamily, _ f: inout F
  ) {
    f.check(
      key, address.isEmpty || IPAddress(address)?.network == network,
      expected: "an address of \(network.rawValue)", found: quoted(address))
  }

  private static func quoted(_ text: String) -> String { "\"\(EscapedText.escape(text))\"" }
}
