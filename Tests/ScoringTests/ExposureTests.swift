import Artifact
import Records
import StageKit
import Statistics
import TestSupport
import Testing
import WalletExposure

@testable import Scoring

/// Exposure, cost and answers say what was derived.
struct ExposureTests {
  private func network() throws -> WalletNetwork {
    let servers = (0..<12).map {
      WalletServer(prefix: $0, system: $0 / 2, isListed: $0 < 6)
    }
    return try WalletNetwork(
      servers: servers, regions: [.init(roundTrips: (0..<12).map { 0.02 + 0.01 * Double($0) })],
      peers: servers.map { _ in nil })
  }

  @Test func `added servers stand where their placement says, and name each other only`() throws {
    let network = try network()
    let packed = try SybilCostTable.adding(5, .onePrefix, to: network)
    #expect(Set(packed.servers.suffix(5).map(\.prefix)).count == 1)
    #expect(packed.peers.suffix(5).allSatisfy { $0 == Array(12..<17) })
    let oneSystem = try SybilCostTable.adding(5, .oneSystem, to: network)
    #expect(Set(oneSystem.servers.suffix(5).map(\.prefix)).count == 5)
    #expect(Set(oneSystem.servers.suffix(5).map(\.system)).count == 1)
    let listed = try SybilCostTable.adding(5, .listed, to: network)
    #expect(listed.listed.count == 11)
    let spread = try SybilCostTable.adding(5, .spread, to: network)
    #expect(Set(spread.servers.map(\.system)).count == 11)
    #expect(spread.listed.count == 6)
  }

  @Test func `a policy's best answer is the placement that sees most`() throws {
    let few = JSONValue.object([("sybil_wallets", .integer(8))])
    let parameters = try CheckedParameters<ScoreParameters>(few, place: "test").parameters
    let table = SybilCostTable(parameters: parameters, prices: nil, threads: 2)
    let rows = try table.rows(try network(), policies: [.statusQuo])
    #expect(rows.filter { $0.servers == 0 }.allSatisfy { !$0.bestResponse && $0.seen30 == 0 })
    for servers in [5, 25] {
      let rivals = rows.filter { $0.servers == servers }
      let best = try #require(rivals.map(\.seen30).max())
      #expect(rivals.filter(\.bestResponse).allSatisfy { $0.seen30 == best })
      #expect(rivals.contains { $0.bestResponse })
    }
    // In the list a few do what many outside do not.
    let listed = try #require(
      rows.first { $0.placement == "listed" && $0.servers == 5 })
    let outside = try #require(
      rows.first { $0.placement == "spread" && $0.servers == 5 })
    #expect(listed.mainFirst > outside.mainFirst)
    #expect(outside.mainFirst == 0)
  }

  @Test func `what is unknown moves an index between its extremes`() throws {
    let items = [("a", 4), ("b", 4), (nil, 2)].map {
      ConcentrationTable.Item(operatorID: $0.0 ?? "o", unit: $0.0, count: $0.1)
    }
    let rows = try ConcentrationTable(parameters: try .defaults())
      .rows(unit: "country", weighting: "server", items, .init(unseen: 2))
    let share = try #require(rows.first { $0.index == "cr_1" })
    #expect(share.value == 0.5)
    #expect(share.unknownLow == 0.4 && share.unknownHigh == 0.6)
    #expect(share.unseenLow == 0.4 && share.unseenHigh == 0.6)
    #expect(share.unknownShare == 0.2)
    #expect(share.linkageLow == nil)
  }

  @Test func `an index without an interval says why`() throws {
    let table = ConcentrationTable(parameters: try .defaults())
    func kind(
      _ items: [ConcentrationTable.Item], _ unit: String, _ index: String
    ) throws -> ConcentrationIndex {
      let rows = try table.rows(unit: unit, weighting: "server", items)
      return try #require(rows.first { $0.index == index })
    }
    func items(_ units: [String?]) -> [ConcentrationTable.Item] {
      units.enumerated().map { .init(operatorID: "o\($0.offset)", unit: $0.element) }
    }
    // Where nobody runs two servers all draws are alike.
    let alone = try kind(items((0..<20).map { "a\($0)" }), "operator", "hhi")
    #expect(alone.interval == .constant && alone.low == nil)
    #expect(abs((alone.value ?? 0) - 0.05) < 1e-12)
    #expect(try kind(items(["a"]), "country", "hhi").interval == .single)
    #expect(try kind(items([nil, nil]), "country", "hhi").interval == .undefined)
    // Drawing operators leaves out countries that one of them alone stands in.
    let many = try kind(items((0..<30).map { "c\($0)" }), "country", "effective_number")
    #expect(many.interval == .oneSided && many.low == nil && many.high == nil)
    let mixed = try kind(items((0..<40).map { "c\($0 % 3 * $0 % 2)" }), "country", "cr_1")
    let (low, value, high) = try (
      #require(mixed.low), #require(mixed.value), #require(mixed.high)
    )
    #expect(mixed.interval == .corrected && low <= value && value <= high && low < high)
  }

  @Test func `a price has both ends that its source names`() throws {
    let file: ExposureReference = try InputFile.object(
      PackageRoot.path("datasets/reference/exposure.json"), expected: "prices", remedy: "")
    let prices = file.prices
    #expect(!prices.source.isEmpty && !prices.date.isEmpty)
    let spread = prices.month(addresses: 25, prefixes: 25)
    #expect(spread.low == 2_950 && spread.high == 6_250)
    // 300 addresses in one prefix take two leases.
    #expect(prices.month(addresses: 300, prefixes: 1).low == 236)
    #expect(prices.month(addresses: 0, prefixes: 0).high == 0)
  }

  @Test func `the band over partitions holds the estimate and each partition's value`() throws {
    let items = ["a", "b", "c", "d"].map { ConcentrationTable.Item(operatorID: $0, unit: $0) }
    let rows = try ConcentrationTable(parameters: try .defaults())
      .rows(
        unit: "operator", weighting: "server", items,
        .init(partitions: [["x", "x", "x", "y"], ["a", "b", "c", "d"]]))
    let share = try #require(rows.first { $0.index == "cr_1" })
    #expect(share.linkageLow == 0.25 && share.linkageHigh == 0.75 && share.value == 0.25)
  }

  private func answers(named: Int?) -> [Answer] {
    AnswerTable(
      facts: AnswerFacts(
        date: "2026-01-03T03:00:00Z", isSimulated: true, profiles: [], membership: [:],
        deviations: [], concentration: [], exposure: [], list: nil, losses: 1,
        estimate: Chao2(incidences: [], samples: 0), attributed: [], namedNetworks: named,
        inNamedNetworks: 0)
    ).rows
  }

  @Test func `every question is answered, if only by what is not measured`() {
    let rows = answers(named: nil)
    for question in ResearchQuestion.allCases {
      let own = rows.filter { $0.question == question }
      #expect(own.contains { $0.rank == 1 })
      #expect(Set(own.map(\.rank)).count == own.count)
      #expect(own.allSatisfy { !$0.claim.isEmpty && !$0.notShown.isEmpty })
    }
    #expect(rows.filter { $0.value == nil }.allSatisfy { $0.evidence == .notMeasured })
  }

  @Test func `an empty list of networks yields no share, and says so`() throws {
    let answer = try #require(answers(named: 0).first { $0.answerID == "named-networks" })
    #expect(answer.value == nil)
    #expect(answer.claim.contains("is empty"))
  }

  @Test func `no answer holds a word that says more than was seen`() {
    for answer in answers(named: 0) {
      for word in VerdictWording.forbidden {
        #expect(!answer.claim.lowercased().contains(word), "\(answer.answerID): \(word)")
      }
    }
  }

  @Test func `shares are written alike everywhere`() {
    #expect(AnswerText.percent(0.314) == "31 %")
    #expect(AnswerText.percent(0.004) == "0.4 %")
    #expect(AnswerText.percent(0) == "0 %")
    #expect(AnswerText.percent(0.05) == "5 %")
  }
}
