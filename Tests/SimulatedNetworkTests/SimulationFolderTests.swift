import Artifact
import ElectrumProtocol
import Foundation
import Geolocation
import TestSupport
import Testing

@testable import SimulatedNetwork

struct SimulationFolderTests {
  private func written(_ body: (SimulationFolder, NetworkPlan) throws -> Void) throws {
    let temporary = try TemporaryFolder()
    let plan = try NetworkPlan(try DemoScenario.parsed())
    let folder = try SimulationFolder(plan, path: temporary.file("simnet"))
    try folder.writeWorld()
    try body(folder, plan)
  }

  @Test func `the address plan is readable as a max mind database`() throws {
    try written { folder, plan in
      let geolocator = try Geolocator(paths: [folder.geographyPath])
      for server in plan.servers {
        let place = try geolocator.location(of: server.address)
        #expect(place.countryCode == server.site.country)
        #expect(place.autonomousSystemNumber == UInt32(server.site.autonomousSystem))
        #expect(place.autonomousSystemName == server.site.organization)
        #expect(place.latitude == server.site.latitude)
        #expect(place.longitude == server.site.longitude)
      }
    }
  }

  @Test func `the address plan knows the documentation prefix of each site`() throws {
    try written { folder, plan in
      let geolocator = try Geolocator(paths: [folder.geographyPath])
      for (number, site) in plan.scenario.sites.enumerated() {
        let address = "2001:db8:\(String(number + 1, radix: 16))::1:2"
        let place = try geolocator.location(of: address)
        #expect(place.countryCode == site.country)
        #expect(place.autonomousSystemNumber == UInt32(site.autonomousSystem))
      }
      #expect(try geolocator.location(of: "2001:db9::1").countryCode == nil)
    }
  }

  @Test func `the truth names every endpoint once`() throws {
    try written { folder, plan in
      let rows = try ArtifactReader<TruthRow>(folder: folder.path).all()
      let ports = plan.servers.reduce(0) {
        $0 + ($1.spec.tcpPort == nil ? 0 : 1) + ($1.spec.sslPort == nil ? 0 : 1)
      }
      #expect(rows.count == ports)
      let words = Set(ServerSoftware.Implementation.allCases.map(\.rawValue))
      #expect(words.isSuperset(of: rows.map(\.implementation)))
      let column = try #require(TruthRow.schema.columns.first { $0.name == "implementation" })
      let examples = column.summary.split(separator: "`").enumerated().filter { $0.offset % 2 == 1 }
      #expect(!examples.isEmpty)
      for example in examples { #expect(words.contains(String(example.element))) }
      let birch = rows.filter { $0.operatorID == "birch" && $0.transport == "ssl" }
      #expect(Set(birch.map(\.certificateKey)) == ["birch"])
      #expect(
        rows.filter { $0.deviations == ["stale-tip"] }.map(\.server) == ["willow-1", "willow-1"])
    }
  }

  @Test func `every name is in the hosts file`() throws {
    try written { folder, plan in
      let text = try String(contentsOfFile: folder.hostsPath, encoding: .utf8)
      for server in plan.servers {
        for name in server.spec.names { #expect(text.contains("\(server.address) \(name)\n")) }
      }
      #expect(text.contains(" old.alder.example\n"))
      #expect(!text.contains("10.0.0.7"))
    }
  }

  @Test func `the descriptor opens the simulated prefixes and nothing else`() throws {
    try written { folder, plan in
      let descriptor = try JSONValue(parsing: Array(try folder.writeDescriptor().utf8))
      guard case .array(let ranges) = descriptor["allowed_ranges"] else {
        Issue.record("no ranges")
        return
      }
      #expect(ranges == plan.scenario.sites.map { .string($0.prefix.description) })
      #expect(descriptor["schema"] == .string("simnet-descriptor.v1"))
    }
  }
}
