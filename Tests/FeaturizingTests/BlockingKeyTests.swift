import Records
import Testing

@testable import Featurizing

@Suite struct BlockingKeyTests {
  private func features(_ id: String) -> FeatureVector {
    FeatureVector(
      serverID: id, scans: 1, scansAnswered: 1, firstScan: "a", lastScan: "a", reached: true,
      bannerStatus: .unknown, donationStatus: .unknown, coverage: 0)
  }

  private func rows(
    _ servers: [(FeatureVector, Server)]
  ) -> [BlockingKey] {
    var keys = BlockingKeys()
    for (features, server) in servers { keys.take(features, server) }
    return keys.rows().sorted { $0.sortKey < $1.sortKey }
  }

  private func rows(_ servers: [FeatureVector]) -> [BlockingKey] {
    rows(servers.map { ($0, Server.made($0.serverID)) })
  }

  @Test func `what is unknown makes no key`() {
    #expect(rows([features("a"), features("b")]).isEmpty)
  }

  @Test func `every kind has its key`() {
    var one = features("a")
    one.spkiSHA256s = ["k1"]
    one.certificateProfile = "template"
    one.asns = ["64500"]
    one.registrableDomains = ["example.org"]
    one.bannerMaskSHA256 = "b1"
    one.bannerIsDefault = false
    one.donationCustom = "bc1qexample"
    one.ports = ["ssl:50002", "tcp:50001"]
    one.prefixes = ["192.0.2.0/24", "2001:db8:1::/48"]
    one.tenantPrefixes = ["2001:db8:1:2::/64"]
    var server = Server.made("a")
    server.banner = "mine: Me@Example.org"
    let rows = rows([(one, server)])
    #expect(Set(rows.map(\.kind)) == Set(BlockingKind.allCases))
    #expect(rows.map(\.kind.rawValue) == rows.map(\.kind.rawValue).sorted())
    let value = { (kind: BlockingKind) in rows.first { $0.kind == kind }?.value }
    #expect(value(.contact) == "email me@example.org")
    #expect(value(.ports) == "ssl:50002 tcp:50001")
    #expect(value(.prefix) == "192.0.2.0/24")
    #expect(value(.autonomousSystem) == "AS64500")
    #expect(value(.profileInAS)?.hasSuffix(" AS64500") == true)
    #expect(rows.allSatisfy { $0.servers == 1 && $0.frequency == 0.75 && !$0.isDropped })
  }

  @Test func `a default banner makes no key, nor do the contacts in it`() {
    var one = features("a")
    one.bannerMaskSHA256 = "b1"
    one.bannerIsDefault = true
    var server = Server.made("a")
    server.banner = "see https://software.example/ or me@example.org"
    #expect(rows([(one, server)]).isEmpty)
  }

  @Test func `a default donation and an empty banner of a series make no key`() throws {
    var one = Server.made("s")
    (one.donationStatus, one.donationAddress) = (.value, "1Ca1inCimwRhhcpFX84TPRrPQSryTgKW6N")
    (one.bannerStatus, one.banner) = (.value, "  \n ")
    let rows = try FeaturizedSeries([SeriesScan(name: "a", servers: [one])])
      .rows(BlockingKey.self)
    #expect(rows.isEmpty)
  }

  @Test func `a port set is dropped where it is common, and stays in the table`() {
    let servers = (0..<400).map { index in
      var one = features("s\(index)")
      one.ports = index < 11 ? ["ssl:1"] : index < 31 ? ["ssl:2"] : ["ssl:\(index)"]
      one.spkiSHA256s = ["k"]
      return one
    }
    let rows = rows(servers)
    let few = rows.filter { $0.value == "ssl:1" }
    let many = rows.filter { $0.value == "ssl:2" }
    // 11.5 and 20.5 of 401: below and above 0.05.
    #expect(few.count == 11 && few.allSatisfy { !$0.isDropped && $0.servers == 11 })
    #expect(few.allSatisfy { $0.frequency == 11.5 / 401 })
    #expect(many.count == 20 && many.allSatisfy { $0.isDropped })
    #expect(rows.filter { $0.kind == .spki }.allSatisfy { $0.servers == 400 && !$0.isDropped })
  }

  @Test func `a value of ten servers is never dropped`() {
    let servers = (0..<10).map { index in
      var one = features("s\(index)")
      one.asns = ["64500"]
      return one
    }
    #expect(rows(servers).allSatisfy { !$0.isDropped })
  }

  @Test func `servers that share nothing change no key, but for how frequent it is`() {
    var one = features("a")
    one.asns = ["64500"]
    var other = features("b")
    other.asns = ["64501"]
    let alone = rows([one])
    let both = rows([one, other]).filter { $0.serverID == "a" }
    #expect(alone.map(\.value) == both.map(\.value))
    #expect(alone.map(\.servers) == both.map(\.servers))
    #expect(both.map(\.frequency) == [0.5])
  }

  @Test func `the order of the servers does not show`() {
    let servers = (0..<60).map { index in
      var one = features("s\(index)")
      one.ports = ["ssl:\(index % 3)"]
      one.asns = ["\(index % 7)", "\(index % 11)"].sorted()
      return one
    }
    #expect(rows(servers) == rows(servers.reversed()))
  }
}
