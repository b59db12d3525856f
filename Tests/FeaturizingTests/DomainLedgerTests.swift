import Records
import Testing

@testable import Featurizing

/// Who gives the names below a domain.
struct DomainLedgerTests {
  private func profile(_ id: String, _ name: String, _ domain: String, answered: Int = 1)
    -> FeatureProfile
  {
    var features = FeatureSet(unknown: .notAsked)
    features[.names] = .texts([name])
    features[.registrableDomains] = .texts([domain])
    return FeatureProfile(serverID: id, firstScan: "a", lastScan: "a").with {
      $0.scansAnswered = answered
      $0.features = features
    }
  }

  private func rows(_ profiles: [FeatureProfile]) -> [String: DomainNames] {
    var ledger = DomainLedger()
    for profile in profiles { ledger.take(profile) }
    return Dictionary(uniqueKeysWithValues: ledger.rows().map { ($0.domain, $0) })
  }

  @Test func `an owner names machines by function, a provider by number, people after rivers`() {
    let rows = rows([
      profile("1", "electrum1.op.example", "op.example"),
      profile("2", "node2.op.example", "op.example"),
      profile("3", "vmi468267.host.example", "host.example"),
      profile("4", "vmi468268.host.example", "host.example"),
      profile("5", "c1037.host.example", "host.example"),
      profile("6", "rhein.club.example", "club.example"),
      profile("7", "anna.club.example", "club.example"),
    ])
    #expect(rows.values.filter(\.isOwnerZone).map(\.domain) == ["op.example"])
    #expect(rows.values.filter(\.isProviderZone).map(\.domain) == ["host.example"])
    #expect(rows["host.example"]?.providerReason == "3 of 3 names are machine-made")
    #expect(rows["club.example"]?.servers == 2)
  }

  @Test func `names that are only listed change no zone`() {
    let own = profile("1", "electrum1.op.example", "op.example")
    let flood = (0..<100).map {
      profile("f\($0)", "vmi\(1000 + $0).op.example", "op.example", answered: 0)
    }
    #expect(rows([own] + flood) == rows([own]))
  }
}
