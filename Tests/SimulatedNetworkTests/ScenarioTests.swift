import ElectrumProtocol
import Foundation
import TestSupport
import Testing

@testable import SimulatedNetwork

@Suite struct ScenarioTests {
  @Test func theDemoHasTheSizeAndVarietyItPromises() throws {
    let scenario = try DemoScenario.parsed()
    #expect(scenario.servers.count >= 40)
    #expect(scenario.operators.count >= 12)
    let software = Set(scenario.servers.map(\.software))
    for version in ["1.16.0", "1.17.0", "1.18.0", "1.19.0", "1.20.0", "2.0.0"] {
      #expect(software.contains("ElectrumX \(version)"))
    }
    for version in ["1.11.0", "1.12.0", "2.1.1"] {
      #expect(software.contains("Fulcrum \(version)"))
    }
    #expect(software.isSuperset(of: ["electrs/0.11.1", "electrs-esplora 0.4.1"]))
    let planted = scenario.servers.flatMap(\.deviations).map(\.word)
    #expect(Set(planted).count == 8)
    #expect(scenario.bootstrap.count == 2)
  }

  @Test(arguments: [
    ("\"seed\": 20260102", "\"seed\": \"x\"", ScenarioError.Code.wrongType),
    ("\"seed\": 20260102,", "", .missingKey),
    ("\"seed\"", "\"sede\"", .unknownKey),
    ("\"network\": \"regtest\"", "\"network\": \"moonnet\"", .unknownName),
    ("\"blocks\": 420", "\"blocks\": 4", .outOfRange),
    ("scenario.v1", "scenario.v9", .unknownName),
    ("127.21.0.0/16", "127.20.0.0/16", .notUnique),
    ("127.21.0.0/16", "10.21.0.0/16", .outOfRange),
    ("\"us.electrum.alder.example\"", "\"us.electrum.alder.com\"", .outOfRange),
    ("\"us.electrum.alder.example\"", "\"electrum.alder.example\"", .notUnique),
    ("\"bootstrap\": [\"alder-1\"", "\"bootstrap\": [\"nobody\"", .unknownName),
    ("ElectrumX 1.17.0", "nginx 1.17.0", .unknownName),
    ("\"kind\": \"stale-tip\"", "\"kind\": \"moody\"", .unknownName),
    ("\"site\": \"tor\"", "\"site\": \"moon\"", .unknownName),
    ("127.40.7.11", "127.41.7.11", .outOfRange),
    ("{", "{{", .notJSON),
  ])
  func aMistakeIsNamedWithItsPlace(old: String, new: String, code: ScenarioError.Code) throws {
    let error = try #require(DemoScenario.failure(replacing: old, with: new))
    #expect(error.code == code, "\(error)")
    #expect(!error.place.isEmpty)
  }

  @Test func theSchemaFileNamesEveryKeyThatIsRead() throws {
    let bytes = try #require(
      try? DemoScenarioSchema.bytes(), "the schema file is beside the module's sources")
    let document = try WireDocument(parsing: bytes)
    let keys = Set((document.value["properties"]?.members ?? []).map(\.key))
    #expect(keys == Scenario.keys.union(Scenario.generatedKeys))
    let definitions = try #require(document.value["$defs"])
    func properties(_ name: String) -> Set<String> {
      Set((definitions[name]?["properties"]?.members ?? []).map(\.key))
    }
    let read: [(String, Set<String>)] = [
      ("server", ServerSpec.keys), ("operator", OperatorSpec.keys),
      ("certificate", CertificateSpec.keys), ("site", Site.keys), ("uptime", UptimeSpec.keys),
      ("upgrades", UpgradeSpec.keys), ("fault", FaultSpec.keys), ("node", NodeSpec.keys),
      ("wallet", WalletSpec.keys), ("release", ReleaseSpec.keys), ("outage", OutageSpec.keys),
      ("phantom", Scenario.Phantom.keys), ("generation", GenerationParameters.keys),
    ]
    for (name, keys) in read { #expect(properties(name) == keys, "\(name)") }
  }

  @Test func theSchemaFileNamesEveryDeviationWithItsKeys() throws {
    let document = try WireDocument(parsing: try DemoScenarioSchema.bytes())
    let variants = document.value["$defs"]?["deviation"]?["oneOf"]?.elements ?? []
    var keys: [String: Set<String>] = [:]
    for variant in variants {
      let kind = try #require(variant["properties"]?["kind"]?["const"]?.text)
      keys[kind, default: []].formUnion((variant["properties"]?.members ?? []).map(\.key))
    }
    #expect(Set(keys.keys) == Set(PlantedDeviation.Kind.allCases.map(\.rawValue)))
    for kind in PlantedDeviation.Kind.allCases {
      #expect(
        keys[kind.rawValue] == kind.keys.union(PlantedDeviation.timeKeys).union(["kind"]),
        "\(kind)")
    }
  }

  @Test func theArticlesFirstNetworkWorksAndItNamesEveryDeviation() throws {
    let article = try String(
      contentsOfFile: PackageRoot.path(
        "Sources/SimulatedNetwork/SimulatedNetwork.docc/Scenarios.md"), encoding: .utf8)
    let blocks = article.components(separatedBy: "```")
    try #require(blocks.count == 3)
    let plan = try NetworkPlan(
      try Scenario(parsing: Array(blocks[1].dropFirst("json".count).utf8)), epochs: 2)
    #expect(plan.servers.map(\.id).suffix(2) == ["bob-4", "bob-5"])
    #expect(plan.states(at: 0).allSatisfy { $0.deviationWords.isEmpty })
    #expect(plan.states(at: 1)[1].deviationWords == ["history-omission"])
    for kind in PlantedDeviation.Kind.allCases {
      #expect(article.contains("`\(kind.rawValue)"), "\(kind)")
    }
    for name in ShippedScenarioTests.names { #expect(article.contains("| `\(name)` |")) }
  }

  @Test func aShiftMovesEveryAddressAndNothingElse() throws {
    let scenario = try DemoScenario.parsed()
    let shifted = try scenario.shifted(by: 50)
    #expect(shifted.sites.map(\.prefix.description).first == "127.70.0.0/16")
    #expect(shifted.servers.first { $0.id == "cedar-1" }?.address == "127.90.7.11")
    #expect(throws: ScenarioError.self) { try scenario.shifted(by: 240) }
  }
}

enum DemoScenarioSchema {
  static func bytes() throws -> [UInt8] {
    Array(
      try String(
        contentsOfFile: PackageRoot.path(
          "Sources/SimulatedNetwork/Schemas/scenario.v1.schema.json"), encoding: .utf8
      ).utf8)
  }
}
