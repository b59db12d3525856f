import ElectrumProtocol
import Probing
import SoftwareIdentification
import Statistics
import TestSupport
import Testing

/// Recorded real servers, their software string removed.
@Suite(.enabled(if: Shared.exists, "the folder of shared data is not there")) struct RecordingTests
{
  private static let servers = Result { try RecordedServer.all() }

  private static func row(_ columns: [String]) -> String {
    zip(columns, [24, 8, 12, 26, 16, 9, 7]).map { text, width in
      text + String(repeating: " ", count: max(0, width - text.count))
    }.joined(separator: " ")
  }

  private static func row(
    _ server: RecordedServer, _ scan: String, _ found: IdentifiedSoftware
  ) -> String {
    let names = found.possibilities.map(\.implementation.name).joined(separator: ", ")
    let versions = found.possibilities.map { $0.versions?.description ?? "?" }
    return row([
      server.name, scan, found.status.rawValue, names, versions.joined(separator: ", "),
      "\(found.findings.count)", "\(Set(found.findings.map(\.rule)).count)",
    ])
  }

  @Test func `each recorded server is identified and its release is in the range`() throws {
    let servers = try Self.servers.get()
    #expect(servers.count == 6)
    var right = 0
    var contained = 0
    var cases = 0
    let head = ["server", "scan", "status", "implementation", "versions", "findings", "rules"]
    print(Self.row(head))
    for server in servers {
      let plans = [("light", [SimulatedServer.light]), ("full", SimulatedServer.full)]
      for (scan, plans) in plans + SimulatedServer.full.map({ ("turn \($0.turn)", [$0]) }) {
        let found = SoftwareIdentifier.identify(server.observations(plans))
        print(Self.row(server, scan, found))
        cases += 1
        if found.implementation == server.implementation { right += 1 }
        if found.versions?.contains(server.release) == true { contained += 1 }
      }
    }
    print("implementation right \(right), release in the range \(contained), of \(cases)")
    #expect(right == cases)
    #expect(Double(contained) >= 0.95 * Double(cases))
  }

  @Test func `what is not observed widens the result and never turns it`() throws {
    var random = Xoshiro256StarStar(seed: 20_261_122)
    var identified = 0
    var subsets = 0
    for server in try Self.servers.get() {
      let whole = SoftwareIdentifier.identify(SoftwareObservations(server.replies))
      for kept in [0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8] {
        for _ in 0..<60 {
          let part = server.replies.filter { _ in random.nextUnit() < kept }
          let found = SoftwareIdentifier.identify(SoftwareObservations(part))
          subsets += 1
          if found.implementation != nil { identified += 1 }
          #expect(found.implementation == nil || found.implementation == server.implementation)
          #expect(Self.contains(found, server.implementation, server.release))
          #expect(Self.isWider(found, than: whole))
        }
      }
    }
    print("\(subsets) subsets, implementation named in \(identified), never another")
    #expect(identified > subsets / 4)
  }

  private static func contains(
    _ found: IdentifiedSoftware, _ implementation: KnownImplementation, _ release: ProtocolVersion
  ) -> Bool {
    found.possibilities.contains {
      $0.implementation == implementation && $0.versions?.contains(release) != false
    }
  }

  private static func isWider(_ part: IdentifiedSoftware, than whole: IdentifiedSoftware) -> Bool {
    whole.possibilities.allSatisfy { narrow in
      part.possibilities.contains { wide in
        guard wide.implementation == narrow.implementation else { return false }
        guard let outer = wide.versions, let inner = narrow.versions else { return true }
        return outer.first <= inner.first && inner.last <= outer.last
      }
    }
  }

  @Test func `an honest string agrees with each recorded server, another does not`() throws {
    let strings = ["ElectrumX 1.16.0", "ElectrumX 2.0.0", "Fulcrum 2.1.1", "electrs/0.11.1"]
    for server in try Self.servers.get() {
      let found = SoftwareIdentifier.identify(server.observations(SimulatedServer.full))
      let own = server.implementation == .fulcrum ? "Fulcrum" : "ElectrumX"
      #expect(found.agreement(with: "\(own) \(server.release)").verdict == .yes)
      for claim in strings where !claim.hasPrefix(own) {
        #expect(found.agreement(with: claim).verdict == .no, "\(server.name) as \(claim)")
      }
    }
  }
}
