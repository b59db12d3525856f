import Artifact
import ElectrumProtocol
import Foundation
import TestSupport
import Testing

@testable import SimulatedNetwork

struct ScenarioTests {
  @Test func `the demo has the size and variety it promises`() throws {
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
  ]) func `a mistake is named with its place`(old: String, new: String, code: ScenarioError.Code)
    throws
  {
    let error = try #require(DemoScenario.failure(replacing: old, with: new))
    #expect(error.code == code, "\(error)")
    #expect(!error.place.isEmpty)
  }

  @Test func `every mistake is told`() throws {
    let error = try #require(
      DemoScenario.failure(replacing: "\"blocks\": 420", with: "\"blocks\": 4, \"bloks\": 420"))
    let lines = error.description.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.last?.contains("chain.blocks: expected an integer from 120") == true)
    #expect(lines.first?.contains("chain.bloks: expected one of blocks, ") == true)
  }

  @Test func `the schema file is what the objects list of themselves`() throws {
    #expect(
      try Golden.matches(
        ScenarioSchema.text, "Sources/SimulatedNetwork/Schemas/scenario.v1.schema.json"))
  }

  @Test func `the article on deviations is what they say of themselves`() throws {
    #expect(
      try Golden.matches(
        PlantedDeviations.article,
        "Sources/SimulatedNetwork/SimulatedNetwork.docc/Planted-Deviations.md"))
  }

  @Test func `every deviation is in the list once and reads what it writes`() throws {
    let words = PlantedDeviations.all.map { $0.word }
    #expect(Set(words).count == words.count)
    let folder = PackageRoot.path("Sources/SimulatedNetwork/Deviations")
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".swift") }
    // The two protocols and the list have a file each.
    #expect(files.count == words.count + 3)
    for form in PlantedDeviations.drawn {
      var mistakes: [ObjectMistake] = []
      let reading = FieldForm<Planting>.planting.read(form, nil, "", &mistakes)
      #expect(mistakes.isEmpty, "\(form.canonicalText)")
      #expect(
        reading?.value.deviation.scenarioJSON.canonicalText == form.canonicalText)
    }
  }

  @Test func `the articles first network works and it names every scenario`() throws {
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
    for name in ShippedScenarioTests.names { #expect(article.contains("| `\(name)` |")) }
  }

  @Test func `a shift moves every address and nothing else`() throws {
    let scenario = try DemoScenario.parsed()
    let shifted = try scenario.shifted(by: 50)
    #expect(shifted.sites.map(\.prefix.description).first == "127.70.0.0/16")
    #expect(shifted.servers.first { $0.id == "cedar-1" }?.address == "127.90.7.11")
    #expect(throws: ScenarioError.self) { try scenario.shifted(by: 240) }
  }
}
