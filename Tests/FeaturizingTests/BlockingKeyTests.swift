import Artifact
import Digests
import Records
import Testing

@testable import Featurizing

struct BlockingKeyTests {
  private func profile(
    _ id: String, _ change: (inout FeatureSet) -> Void = { _ in }
  ) -> FeatureProfile {
    var features = FeatureSet(unknown: .outcome(.untestedSkipped))
    change(&features)
    return FeatureProfile(serverID: id, firstScan: "a", lastScan: "a").with {
      $0.scans = 1
      $0.scansAnswered = 1
      $0.reached = true
      $0.coverage = 0
      $0.features = features
    }
  }

  private func rows(_ servers: [FeatureProfile], contacts: [Contact] = []) -> [BlockingKey] {
    var keys = BlockingKeys()
    for profile in servers { keys.take(profile, contacts: contacts) }
    return keys.rows().sorted { $0.sortKey < $1.sortKey }
  }

  @Test func `a flood of listings makes nothing common`() {
    let known = ["a", "b"].map { profile($0) { $0[.ports] = .texts(["tcp:50001"]) } }
    let listed = (0..<500).map { number in
      profile("listed-\(number)") { $0[.ports] = .texts(["tcp:50001"]) }
        .with {
          $0.scansAnswered = 0
          $0.reached = false
        }
    }
    #expect(rows(known + listed) == rows(known))
    #expect(rows(known).map(\.servers) == [2, 2])
  }

  @Test func `what is unknown makes no key`() {
    #expect(rows([profile("a"), profile("b")]).isEmpty)
  }

  @Test func `every kind has its key`() {
    let one = profile("a") {
      $0[.spkiSHA256s] = .texts(["k1"])
      $0[.certificateTemplate] = .text("template")
      $0[.asns] = .texts(["64500"])
      $0[.registrableDomains] = .texts(["example.org"])
      $0[.bannerMaskSHA256] = .text("b1")
      $0[.bannerIsDefault] = .boolean(false)
      $0[.donationCustom] = .text("bc1qexample")
      $0[.ports] = .texts(["ssl:50002", "tcp:50001"])
      $0[.prefixes] = .texts(["192.0.2.0/24", "2001:db8:1:2::/64"])
      $0[.tenantPrefixes] = .texts(["2001:db8:1:2::/64"])
    }
    let rows = rows(
      [one],
      contacts: [
        Contact(
          serverID: "a", source: .banner, kind: .email, token: "me@example.org", verdict: .unchecked
        ).with {
          $0.count = 1
        },
        Contact(
          serverID: "a", source: .donationAddress, kind: .p2wpkh, token: "bc1qexample",
          verdict: .valid
        ).with {
          $0.count = 1
        },
      ])
    #expect(rows.count { $0.kind == .contact } == 1)
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
    let one = profile("a") {
      $0[.bannerMaskSHA256] = .text("b1")
      $0[.bannerIsDefault] = .boolean(true)
    }
    let contact = Contact(
      serverID: "a", source: .banner, kind: .email, token: "me@example.org", verdict: .unchecked
    ).with {
      $0.count = 1
    }
    #expect(rows([one], contacts: [contact]).isEmpty)
  }

  @Test func `a default donation and an empty banner of a series make no key`() throws {
    var one = Server.made("s")
    (one.donationStatus, one.donationAddress) = (.value, "1Ca1inCimwRhhcpFX84TPRrPQSryTgKW6N")
    (one.bannerStatus, one.banner) = (.value, "  \n ")
    one.textFacts.bannerMaskedSHA256 = SHA256.hex("".utf8)
    let rows = try FeaturizedSeries([SeriesScan(name: "a", servers: [one])])
      .rows(BlockingKey.self)
    #expect(rows.isEmpty)
  }

  @Test func `a port set is dropped where it is common, and stays in the table`() {
    let servers = (0..<400).map { index in
      profile("s\(index)") {
        let port = index < 11 ? 1 : index < 31 ? 2 : index
        $0[.ports] = .texts(["ssl:\(port)"])
        $0[.spkiSHA256s] = .texts(["k"])
      }
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
      profile("s\(index)") { $0[.asns] = .texts(["64500"]) }
    }
    #expect(rows(servers).allSatisfy { !$0.isDropped })
  }

  @Test func `servers that share nothing change no key, but for how frequent it is`() {
    let one = profile("a") { $0[.asns] = .texts(["64500"]) }
    let other = profile("b") { $0[.asns] = .texts(["64501"]) }
    let alone = rows([one])
    let both = rows([one, other]).filter { $0.serverID == "a" }
    #expect(alone.map(\.value) == both.map(\.value))
    #expect(alone.map(\.servers) == both.map(\.servers))
    #expect(both.map(\.frequency) == [0.5])
  }

  @Test func `the order of the servers does not show`() {
    let servers = (0..<60).map { index in
      profile("s\(index)") {
        $0[.ports] = .texts(["ssl:\(index % 3)"])
        $0[.asns] = .set(["\(index % 7)", "\(index % 11)"])
      }
    }
    #expect(rows(servers) == rows(servers.reversed()))
  }
}
