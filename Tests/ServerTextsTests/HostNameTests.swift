import Addressing
import ServerTexts
import Testing

/// What a host name tells of who runs the server.
struct HostNameTests {
  private let shared = SharedDomains([
    "ddns.net", "amazonaws.com", "contaboserver.net", "ip-#-#-#.eu", "your-server.de",
  ])

  private func verdict(_ name: String) -> RegistrableDomain {
    RegistrableDomain(of: name, shared: shared) { name in
      let labels = name.split(separator: ".")
      return labels.count < 2 || name == "co.uk" ? nil : labels.suffix(2).joined(separator: ".")
    }
  }

  @Test func `host templates mask digits of the left-most label, and of all of a hoster's name`() {
    #expect(HostTemplate.template(of: "node14.b2.example") == "node#")
    #expect(HostTemplate.template(of: "a1b2.example") == "a#b#")
    #expect(HostTemplate.template(of: "localhost") == nil)
    #expect(HostTemplate.template(of: "x.onion") == nil)
    let names = [
      "vmi123456.contaboserver.net": "vmi#.contaboserver.net",
      "static.45.67.9.5.clients.your-server.de": "static.#.#.#.#.clients.your-server.de",
      "ec2-1-2-3-4.compute-1.amazonaws.com": "ec#-#-#-#-#.compute-#.amazonaws.com",
      "node4.example.org": "node#",
    ]
    for (name, template) in names {
      #expect(HostTemplate.template(of: name, shared: shared) == template)
    }
  }

  @Test(arguments: [
    "alice.ddns.net", "DDNS.net", "a.b.ddns.net.", "ns3.ip-54-37-91.eu", "ip-1-2-3.eu",
  ]) func `a name at or below a shared domain is nobody's, also where the domain holds an address`(
    name: String
  ) {
    #expect(verdict(name) == .unknown(.sharedDomain))
  }

  @Test func `a name that only ends in the letters of a shared domain is its owner's`() {
    #expect(verdict("x.myddns.net") == .domain("myddns.net"))
    #expect(verdict("ip-1-2.eu") == .domain("ip-1-2.eu"))
    #expect(verdict("Bücher.example") == .domain("xn--bcher-kva.example"))
    #expect(verdict("co.uk") == .unknown(.publicSuffix))
  }

  @Test(arguments: [
    "198.51.100.7", "2001:db8::1", "x.onion", "localhost", "", "a b.example", "...",
  ]) func `an address, an onion name or a single label is no domain name`(name: String) {
    #expect(verdict(name) == .unknown(.notADomainName))
  }

  @Test func `an onion name of version 3 is recognised by its checksum (rend-spec-v3)`() throws {
    let name = "duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion"
    let onion = try #require(OnionName("WWW." + name.uppercased() + "."))
    #expect(onion.text == name)
    #expect(onion.publicKey.count == 32)
    var wrong = Array(name)
    for index in wrong.indices.dropLast(6) {
      let right = wrong[index]
      wrong[index] = right == "a" ? "b" : "a"
      #expect(OnionName(String(wrong)) == nil, "character \(index)")
      wrong[index] = right
    }
    for text in ["expyuzz4wqqyqhjn.onion", "onion", ".onion", "a.onion", name + ".example"] {
      #expect(OnionName(text) == nil)
    }
  }
}
