import ElectrumProtocol
import Probing
import Records
import SoftwareIdentification
import Testing

/// Simulated servers whose software is known, asked as a scan asks.
struct SimulationTests {
  private static func all(_ server: SimulatedServer) throws -> SoftwareObservations {
    var all = SoftwareObservations()
    for plan in SimulatedServer.full {
      for reply in try server.observations(plan).replies { all.take(reply) }
    }
    return all
  }

  private static func line(_ name: String, _ found: IdentifiedSoftware) -> String {
    let left = found.possibilities.map {
      "\($0.implementation.name) \($0.versions?.description ?? "")"
    }
    return "  \(name): \(found.status.rawValue), \(left.joined(separator: ", ")), "
      + "\(found.findings.count) findings"
  }

  @Test(arguments: SimulatedServer.kinds.map(\.software))
  func `a full scan tells what a server is, and that it says so`(software: String) throws {
    let truth = try #require(SimulatedServer.kinds.first { $0.software == software })
    let server = SimulatedServer(software: software)
    let version = try #require(ServerSoftware(software).version.flatMap { ProtocolVersion($0) })
    for plan in SimulatedServer.full {
      let found = SoftwareIdentifier.identify(try server.observations(plan))
      print(Self.line("\(software), turn \(plan.turn)", found))
      #expect(found.implementation == truth.implementation)
      #expect(found.versions?.contains(version) == true)
      #expect(found.agreement(with: software).verdict == .yes)
    }
  }

  @Test(arguments: SimulatedServer.kinds.map(\.software))
  func `a light scan never says no to an honest server`(software: String) throws {
    let truth = try #require(SimulatedServer.kinds.first { $0.software == software })
    let server = SimulatedServer(software: software)
    let found = SoftwareIdentifier.identify(try server.observations(SimulatedServer.light))
    print(Self.line("\(software), light", found))
    #expect(found.possibilities.contains { $0.implementation == truth.implementation })
    #expect(found.implementation == nil || found.implementation == truth.implementation)
    #expect(found.agreement(with: software).verdict != .no)
  }

  /// As which each is simulated, one of every implementation; and what is claimed besides.
  private static let disguises = [
    "ElectrumX 1.18.0", "Fulcrum 2.1.1", "electrs/0.11.1", "electrs-esplora 0.4.2",
    SimulatedServer.personal, "bwt 0.2.4", "Floresta 0.8.0", "jelectum absurd",
  ]
  private static let claims =
    SimulatedServer.kinds.map(\.software) + [SimulatedServer.closing, "electrs/0.8.12"]

  @Test(arguments: SimulatedServer.kinds.map(\.software))
  func `a server that claims another software is caught by a full scan`(software: String) throws {
    let truth = try #require(SimulatedServer.kinds.first { $0.software == software })
    let isOther = { (claim: String) in
      !KnownImplementation.called(ServerSoftware(claim).implementation)
        .contains(truth.implementation)
    }
    for disguise in Self.disguises.filter(isOther) {
      let server = SimulatedServer(software: software, claim: disguise)
      let found = SoftwareIdentifier.identify(try server.observations(SimulatedServer.full[0]))
      #expect(found.implementation == truth.implementation, "\(software) as \(disguise)")
      for claim in [disguise] + Self.claims.filter(isOther) {
        let agreement = found.agreement(with: claim)
        #expect(agreement.verdict == .no, "\(software) as \(claim)")
        #expect(!agreement.contradictions.isEmpty)
      }
    }
  }

  @Test func `electrs is not the electrs before its rewriting`() throws {
    let server = SimulatedServer(software: "electrs/0.11.1", claim: "electrs/0.8.12")
    let found = SoftwareIdentifier.identify(try server.observations(SimulatedServer.light))
    #expect(found.agreement(with: "electrs/0.8.12").verdict == .no)
  }

  @Test(arguments: [
    ("ElectrumX 1.16.0", "ElectrumX 1.18.0"), ("ElectrumX 1.16.0", "ElectrumX 2.0.0"),
    ("ElectrumX 1.18.0", "ElectrumX 1.17.0"), ("ElectrumX 1.20.0", "ElectrumX 1.18.0"),
    ("Fulcrum 1.9.1", "Fulcrum 2.1.1"), ("Fulcrum 2.1.1", "Fulcrum 1.12.0"),
    ("Fulcrum 1.8.2", "Fulcrum 1.9.1"),
  ]) func `a server that claims another age of its own software is caught even by a light scan`(
    software: String, claim: String
  ) throws {
    let server = SimulatedServer(software: software, claim: claim)
    let found = SoftwareIdentifier.identify(try server.observations(SimulatedServer.light))
    #expect(found.agreement(with: claim).verdict == .no)
    #expect(found.agreement(with: software).verdict == .yes)
  }

  /// Up to protocol 1.6, which a light scan asks for, both answer alike.
  @Test func `ElectrumX 2.0 that claims to be 1.20 is caught at its maximum`()
    throws
  {
    let server = SimulatedServer(software: "ElectrumX 2.0.0", claim: "ElectrumX 1.20.0")
    let plan = try #require(SimulatedServer.full.first)
    let found = SoftwareIdentifier.identify(try server.observations(plan))
    #expect(found.agreement(with: "ElectrumX 1.20.0").verdict == .no)
    #expect(found.agreement(with: "ElectrumX 2.0.0").verdict == .yes)
  }

  @Test func `what a server calls itself changes nothing that is looked at`() throws {
    for (software, _) in SimulatedServer.kinds {
      let honest = SimulatedServer(software: software)
      let renamed = SimulatedServer(software: software, claim: "Nobody 9.9.9")
      let found = SoftwareIdentifier.identify(try honest.observations(SimulatedServer.full[0]))
      let other = SoftwareIdentifier.identify(try renamed.observations(SimulatedServer.full[0]))
      #expect(found == other)
      #expect(other.agreement(with: "Nobody 9.9.9").verdict == .unknown)
    }
  }

  @Test func `the forks that end connections are not told from what they were forked from`() throws
  {
    let software = SimulatedServer.closing
    let found = SoftwareIdentifier.identify(
      try Self.all(SimulatedServer(software: software)))
    print(Self.line("\(software), all turns", found))
    #expect(found.status == .several)
    #expect(found.possibilities.map(\.implementation) == [.electrs, .electrsEsplora])
    #expect(found.possibilities[0].versions?.last == ProtocolVersion("0.8.12"))
    #expect(found.agreement(with: software).verdict == .unknown)
    for claim in ["ElectrumX 1.16.0", "Fulcrum 2.1.1", "electrs/0.11.1", SimulatedServer.personal] {
      #expect(found.agreement(with: claim).verdict == .no, "\(claim)")
    }
  }

  @Test func `Electrum Personal Server shows itself where one version is asked for`() throws {
    let software = SimulatedServer.personal
    let server = SimulatedServer(software: software)
    let silent = SoftwareIdentifier.identify(try server.observations(SimulatedServer.full[0]))
    #expect(silent.status == .several)
    #expect(silent.agreement(with: software).verdict == .unknown)
    let found = SoftwareIdentifier.identify(
      try server.observations(SimulatedServer.full[0], isInsistent: true))
    print(Self.line("\(software), asked all the same", found))
    #expect(found.implementation == .electrumPersonalServer)
    #expect(found.agreement(with: software).verdict == .yes)
    for claim in ["ElectrumX 1.16.0", "Fulcrum 2.1.1", "electrs/0.11.1"] {
      #expect(found.agreement(with: claim).verdict == .no, "\(claim)")
    }
  }
}
