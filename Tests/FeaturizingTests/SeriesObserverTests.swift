import Artifact
import Featurizing
import Records
import StageKit
import TestSupport
import Testing

/// What featurize tells of a series over time.
struct SeriesObserverTests {
  /// Twelve servers: half in one system, half each in its own.
  private func servers(
    down: Set<Int>, version: String = "1", untried: Set<Int> = [],
    because reason: Outcome = .untestedBudget
  ) -> [(server: Server, endpoint: Endpoint)] {
    (0..<12).map { index in
      let id = "s_\(index / 10)\(index % 10)"
      let outcome: Outcome =
        untried.contains(index)
        ? reason : down.contains(index) ? .connectTimedOut : .answered
      let server = Server(
        serverID: id, outcome: outcome, bannerStatus: .unknown, donationStatus: .unknown
      ).with {
        $0.addresses = ["192.0.\(index).2"]
        $0.endpoints = 1
        $0.reached = outcome.isReached
        $0.software = outcome == .answered ? "fulcrum" : nil
        $0.softwareVersion = outcome == .answered ? version : nil
        $0.serverVersionText = outcome == .answered ? "Fulcrum \(version)" : nil
        $0.tipHeight = 900_000
      }
      let endpoint = Endpoint(
        endpointID: "e_\(index)", serverID: id, network: .ipv4, address: "192.0.\(index).2",
        transport: .ssl, outcome: outcome
      ).with {
        $0.port = 50002
        $0.tested = outcome.isTested
        $0.reached = outcome.isReached
        $0.attempts = 1
        $0.answeredAttempts = 0
        $0.advertisers = 1
        $0.geography.asn = index < 6 ? 64_500 : 64_500 + index
      }
      return (server, endpoint)
    }
  }

  private func featurize(
    _ scans: [String: [(server: Server, endpoint: Endpoint)]],
    complete: [String: Bool] = [:], parameters: JSONValue = .object([])
  ) throws -> StageFolder {
    let stage = try StageFolder()
    try stage.write("normalize", "normalized") { tables in
      for (name, rows) in scans {
        try tables.write([Scan.made(name, complete: complete[name])], folder: name)
        try tables.write(rows.map(\.server), folder: name)
        try tables.write(rows.map(\.endpoint), folder: name)
        try tables.write([Certificate](), folder: name)
        try tables.write([Contact](), folder: name)
        try tables.write([Advertisement](), folder: name)
        try tables.write([BackendView](), folder: name)
        try tables.write([SoftwareRecord](), folder: name)
        try tables.write([ExchangeRecord](), folder: name)
      }
    }
    let normalized = stage.folder.file("normalized")
    var options = try StageOptions.embedded()
    let file = stage.folder.file("featurize.json")
    try FileBytes.write(Array(parameters.canonicalText.utf8), to: file)
    options.parameters = file
    try StageRunner(FeaturizeStage.identity, FeaturizeParameters.self, options)
      .run(output: stage.folder.file("features")) { parameters, context in
        var featurize = FeaturizeStage(parameters, context: context)
        try featurize.run(normalized: normalized)
      }
    return stage
  }

  @Test func `an outage of a system and another vantage's view reach every table`() throws {
    let stage = try featurize([
      "20260101T000000Z-a": servers(down: []),
      "20260101T060000Z-a": servers(down: [0, 1, 2, 3, 4, 5, 8, 9]),
      "20260101T063000Z-b": servers(down: [0, 1, 2, 3, 4, 5, 9]),
      "20260101T120000Z-a": servers(down: [], version: "2"),
    ])
    let timelines = try stage.rows(TimelineEntry.self, "features")
    #expect(timelines.count == 48)
    let second = timelines.filter { $0.scan == "20260101T060000Z-a" }
    #expect(second.count { $0.state == .down } == 8)
    #expect(second[0].excused == .system && second[8].excused == .path)
    #expect(second[9].excused == nil && second[9].changes == ["down"])
    #expect(second[9].vantage == "a" && second[9].startedAt == "2026-01-01T06:00:00Z")
    #expect(second[9].addresses == ["192.0.9.2"] && second[9].tipHeight == 900_000)
    #expect(timelines.last?.changes == ["version", "restart"])
    let reliability = try stage.rows(ServerReliability.self, "features")
    #expect(reliability.count == 36)
    #expect(reliability[0].vantage == "*" && reliability[0].serverID == "s_00")
    #expect(reliability[0].scansExcused == 1 && reliability[0].scansDown == 1)
    #expect(try stage.rows(ScanChurn.self, "features").map(\.down) == [0, 1, 7, 0])
    #expect(
      try stage.rows(Outage.self, "features").map { "\($0.rule.rawValue) \($0.stratum)" }
        == ["outage.as AS64500", "outage.release fulcrum 2"])
    #expect(try stage.rows(UpgradeCohort.self, "features").map(\.serversNow) == [0, 12])
    let downs = try stage.rows(ServerEvent.self, "features").filter { $0.kind == .down }
    #expect(downs.map(\.serverID) == (0..<6).map { "s_0\($0)" } + ["s_09"])
    #expect(downs.last?.excluded == nil)
  }

  @Test func `a scan that was not done: unknown, with the reason, and an outage of ours`() throws {
    let stage = try featurize([
      "20260101T000000Z-a": servers(down: []),
      "20260101T060000Z-a": servers(down: [], untried: [10, 11]),
    ])
    let last = try stage.rows(TimelineEntry.self, "features").suffix(2)
    #expect(last.map(\.state) == [.unknown, .unknown])
    #expect(last.map(\.unknownReason) == [.untestedBudget, .untestedBudget])
    #expect(last.map(\.excused) == [.vantage, .vantage])
    let outages = try stage.rows(Outage.self, "features")
    #expect(outages.map(\.stratum) == ["scan"] && outages.map(\.threshold) == [nil])
  }

  @Test func `a scan that says it was cut off: what it left untried is not held against anybody`()
    throws
  {
    let stage = try featurize(
      [
        "20260101T000000Z-a": servers(down: []),
        "20260101T060000Z-a": Array(
          servers(down: [], untried: [9, 10], because: .untestedSkipped).dropLast()),
        "20260101T120000Z-a": servers(down: []),
      ], complete: ["20260101T060000Z-a": false])
    let middle = try stage.rows(TimelineEntry.self, "features").filter { $0.scan.contains("T06") }
    #expect(
      middle.map(\.excused) == [nil, nil, nil, nil, nil, nil, nil, nil, nil, .vantage, .vantage])
    let churn = try stage.rows(ScanChurn.self, "features")
    #expect(churn.map(\.complete) == [true, false, true])
    #expect(churn.map(\.gone) == [nil, nil, 0] && churn.map(\.returned) == [nil, 0, 0])
    #expect(try stage.rows(Outage.self, "features").map(\.stratum) == ["scan"])
  }

  @Test func `an import without a time has states, and nothing that needs one`() throws {
    let stage = try featurize(["imported": servers(down: [3])])
    let timelines = try stage.rows(TimelineEntry.self, "features")
    #expect(timelines.map(\.startedAt).allSatisfy { $0 == nil })
    #expect(timelines[3].state == .down && timelines[3].vantage == "imported")
    let reliability = try stage.rows(ServerReliability.self, "features")
    #expect(reliability.allSatisfy { $0.weight30d == nil && $0.scans == 1 })
    #expect(try stage.rows(ServerEvent.self, "features").isEmpty)
  }

  @Test(arguments: [
    ("epoch_hours", JSONValue.integer(0)), ("as_outage_share", .number(1.5)),
    ("vantage_outage_servers", .integer(1)), ("release_hours", .string("x")),
  ]) func `a threshold outside its range is an error that names the key`(
    key: String, value: JSONValue
  ) throws {
    let error = #expect(throws: StageError.self) {
      try CheckedParameters<FeaturizeParameters>(.object([(key, value)]), place: "test")
    }
    #expect(error?.place == "test, key \(key)")
  }

  @Test func `the thresholds are those of the parameters`() throws {
    let stage = try featurize(
      [
        "20260101T000000Z-a": servers(down: []), "20260101T060000Z-a": servers(down: [0, 1]),
      ],
      parameters: .object([("as_outage_share", .number(0.4))]))
    #expect(try stage.rows(Outage.self, "features").isEmpty)
  }
}
