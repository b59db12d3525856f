import Addressing
import Collecting
import Records
import Testing

struct ConductRulesTests {
  private func address(_ text: String) throws -> IPAddress {
    try #require(IPAddress(text))
  }

  @Test(arguments: [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254",
    "169.254.1.1", "172.16.0.1", "172.31.255.255", "192.0.2.1", "192.168.1.1", "198.51.100.7",
    "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1",
    "fe80::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::10.0.0.1", "2002:7f00:0001::1", "2002:0a00:0001::", "64:ff9b::c0a8:1",
    "2002:c000:0201::9",
  ]) func `an address that is not global is never contacted`(text: String) throws {
    let verdict = ConductRules().verdict(on: try address(text))
    #expect(verdict != .allowed)
    #expect(verdict.outcome == .untestedNotContactable)
  }

  @Test(arguments: ["8.8.8.8", "100.63.255.255", "172.32.0.1", "2a01:4f8::1", "2600::1"])
  func `a global unicast address may be contacted`(text: String) throws {
    #expect(ConductRules().verdict(on: try address(text)) == .allowed)
  }

  @Test func `a simulated network opens its own ranges and closes everything else`() throws {
    let rules = ConductRules(simulatedRanges: [try #require(AddressRange("127.20.0.0/16"))])
    #expect(rules.verdict(on: try address("127.20.3.4")) == .allowed)
    for text in ["127.21.0.1", "127.0.0.1", "8.8.8.8", "::1", "::ffff:127.20.3.4"] {
      #expect(rules.verdict(on: try address(text)) != .allowed)
    }
  }

  @Test func `no random address outside the opened range is allowed in a simulation`() throws {
    var random = Xorshift(state: 7)
    let range = try #require(AddressRange("127.40.7.0/24"))
    let rules = ConductRules(simulatedRanges: [range])
    for _ in 0..<20_000 {
      let count = random.below(2) == 0 ? 4 : 16
      var bytes = (0..<count).map { _ in UInt8(random.below(256)) }
      if random.below(2) == 0, count == 4 { bytes[0] = 127 }
      let address = try #require(IPAddress(bytes: bytes))
      #expect((rules.verdict(on: address) == .allowed) == range.contains(address))
    }
  }

  @Test func `whatever form carries a private IPv4 address is refused`() throws {
    var random = Xorshift(state: 11)
    let rules = ConductRules()
    for _ in 0..<5_000 {
      let low = (0..<3).map { _ in UInt8(random.below(256)) }
      let inner: [UInt8] = [random.below(2) == 0 ? 10 : 127] + low
      let tail = (0..<10).map { _ in UInt8(random.below(256)) }
      let forms: [[UInt8]] = [
        [UInt8](repeating: 0, count: 10) + [0xff, 0xff] + inner,
        [0x20, 0x02] + inner + tail,
        [0, 0x64, 0xff, 0x9b] + [UInt8](repeating: 0, count: 8) + inner,
      ]
      for form in forms {
        #expect(rules.verdict(on: try #require(IPAddress(bytes: form))) != .allowed)
      }
    }
  }

  @Test func `an opt-out by name, domain, address or range holds`() throws {
    let list = try OptOutList(
      parsing: """
        # what operators asked for
        A.Example.        # a name
        *.b.example
        192.0.2.7
        8.8.0.0/16
        2a01:4f8::/32
        """, file: "opt-out.txt")
    let names = [
      ("a.example", true), ("x.a.example", false), ("b.example", true), ("x.y.b.example", true),
      ("bb.example", false),
    ]
    for (name, isListed) in names { #expect(list.contains(name: name) == isListed) }
    let rules = ConductRules(optOut: list)
    #expect(rules.verdict(on: try address("8.8.1.2")) == .optedOut)
    #expect(rules.verdict(on: try address("2002:0808:0102::1")) == .optedOut)
    #expect(rules.verdict(on: try address("2a01:4f8:1::1")).outcome == .untestedOptedOut)
    #expect(rules.verdict(on: try address("8.9.1.2")) == .allowed)
  }

  @Test(arguments: ["not a name", "1.2.3.4/33", "-", "a..b", "http://a.example"])
  func `an opt-out that cannot be read is an error, not passed over`(line: String) {
    #expect(throws: (any Error).self) {
      try OptOutList(parsing: "a.example\n\(line)\n", file: "opt-out.txt")
    }
  }

  @Test func `neighbours are a 24 of IPv4 and a 48 of IPv6`() throws {
    let pairs = [
      ("192.0.2.1", "192.0.2.254", true), ("192.0.2.1", "192.0.3.1", false),
      ("2a01:4f8:1::1", "2a01:4f8:1:ffff::1", true), ("2a01:4f8:1::1", "2a01:4f8:2::1", false),
    ]
    for (one, other, isShared) in pairs {
      #expect((neighbourhood(one) == neighbourhood(other)) == isShared)
    }
  }

  @Test func `an onion service is a neighbourhood of its own`() {
    #expect(neighbourhood("a.onion") == .name("a.onion"))
    #expect(neighbourhood("a.onion") != neighbourhood("b.onion"))
  }

  private func neighbourhood(_ address: String) -> Neighbourhood {
    ConductRules.neighbourhood(
      of: Candidate(network: .ipv4, address: address, host: "", port: 1, transport: .tcp))
  }
}

struct Xorshift {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  mutating func below(_ bound: Int) -> Int {
    Int(next() % UInt64(bound))
  }
}
