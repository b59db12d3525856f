import Artifact
import Records
import StageKit
import Testing

@testable import Clustering

@Suite("Likely operators rest on identity evidence")
struct OperatorPartitionTests {
  private func partition(_ servers: [FeatureProfile]) throws -> OperatorPartition {
    OperatorPartition(servers, parameters: try .defaults())
  }

  private func groups(
    _ partition: OperatorPartition, _ id: KeyPath<OperatorMembership, String>
  ) -> Set<Set<String>> {
    Set(
      Dictionary(grouping: partition.memberships) { $0[keyPath: id] }.values
        .map { Set($0.map(\.serverID)) })
  }

  @Test("One key is proof: identity, operator and the label say so")
  func sameKey() throws {
    let found = try partition([
      .server("s1") { $0[.spkiSHA256s] = .texts(["k"]) },
      .server("s2") { $0[.spkiSHA256s] = .texts(["k"]) },
      .server("s3") { $0[.spkiSHA256s] = .texts(["other"]) },
    ])
    #expect(groups(found, \.identityID) == [["s1", "s2"], ["s3"]])
    #expect(groups(found, \.operatorID) == [["s1", "s2"], ["s3"]])
    #expect(found.memberships.map(\.label) == [.confirmed, .confirmed, .single])
    #expect(found.links.map(\.rule) == ["operator.same-key"])
    #expect(found.links.map(\.copyable) == [false])
  }

  @Test("A copied banner and donation address join nobody")
  func framing() throws {
    let copy: (inout FeatureSet) -> Void = {
      $0[.bannerMaskSHA256] = .text("b")
      $0[.bannerIsDefault] = .boolean(false)
      $0[.donationCustom] = .text("1Victim")
    }
    let found = try partition([.server("s1", copy), .server("s2", copy)])
    #expect(groups(found, \.identityID) == [["s1"], ["s2"]])
    #expect(groups(found, \.operatorID) == [["s1"], ["s2"]])
    #expect(found.memberships.map(\.label) == [.single, .single])
    #expect(found.memberships.allSatisfy { $0.rules.isEmpty })
    #expect(Set(found.links.map(\.rule)) == ["operator.same-banner", "operator.same-donation"])
  }

  @Test func `a chain of copied texts joins nobody, and a common domain only whom it names`() throws
  {
    let found = try partition([
      .server("a") {
        $0[.bannerMaskSHA256] = .text("b")
        $0[.bannerIsDefault] = .boolean(false)
      },
      .server("b") {
        $0[.bannerMaskSHA256] = .text("b")
        $0[.bannerIsDefault] = .boolean(false)
        $0[.donationCustom] = .text("1Copied bc1qother")
      },
      .server("c") {
        $0[.donationCustom] = .text("1Copied")
        $0[.registrableDomains] = .texts(["three.example"])
      },
      .server("d") { $0[.registrableDomains] = .texts(["three.example"]) },
    ])
    #expect(groups(found, \.operatorID) == [["a"], ["b"], ["c", "d"]])
    #expect(
      Set(found.links.map(\.rule))
        == ["operator.same-banner", "operator.same-donation", "operator.same-domain"])
    #expect(found.memberships.first { $0.serverID == "c" }?.rules == ["operator.same-domain"])
  }

  @Test(arguments: 2...40)
  func `a fleet of strangers with one text of any length stays apart`(size: Int) throws {
    let found = try partition(
      (0..<size).map { index in
        .server("s\(index)") { $0[.donationCustom] = .text("1Copied") }
      })
    #expect(groups(found, \.operatorID).count == size)
  }

  @Test("A domain and a second identity group together resist framing")
  func twoGroups() throws {
    let found = try partition(
      ["s1", "s2"].map { id in
        .server(id) {
          $0[.registrableDomains] = .texts(["x.example"])
          $0[.donationCustom] = .text("1Own")
        }
      })
    #expect(groups(found, \.identityID) == [["s1", "s2"]])
    #expect(found.memberships.map(\.label) == [.likely, .likely])
  }

  @Test("Defaults, unknowns and published keys link nobody")
  func noEvidence() throws {
    let checked = try CheckedParameters<ClusterParameters>(
      .object([("copied_keys", .array([.string("snakeoil")]))]), place: "test")
    let found = OperatorPartition(
      ["s1", "s2"].map { id in
        .server(id) {
          $0[.bannerMaskSHA256] = .text("default")
          $0[.bannerIsDefault] = .boolean(true)
          $0[.spkiSHA256s] = .texts(["snakeoil"])
          $0[.software] = .text("ElectrumX")
        }
      }, parameters: checked.parameters)
    #expect(found.links.isEmpty)
    #expect(found.memberships.allSatisfy { $0.label == .single })
  }

  @Test("Adding a server changes no membership it is not linked to")
  func stability() throws {
    let base: [FeatureProfile] = [
      .server("s1") { $0[.spkiSHA256s] = .texts(["k"]) },
      .server("s2") { $0[.spkiSHA256s] = .texts(["k"]) },
    ]
    let before = try partition(base).memberships
    let after = try partition([.server("s0")] + base).memberships
    #expect(after.filter { $0.serverID != "s0" } == before)
  }
}
