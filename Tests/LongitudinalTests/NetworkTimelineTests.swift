import Longitudinal
import Records
import Testing

/// Events of the network lie between the scans that show them.
struct NetworkTimelineTests {
  private static let scans = ["20260101T000000Z-a", "20260102T000000Z-a", "20260103T000000Z-a"]

  private func churn(_ names: [String] = scans, incomplete: Set<String> = []) -> [ScanChurn] {
    names.map { name in
      let moment = ScanMoment(scan: name)
      return ScanChurn(scan: name, vantage: moment.vantage).with {
        $0.startedAt = moment.startedAt
        $0.complete = !incomplete.contains(name)
      }
    }
  }

  private func member(_ server: String, of group: String, _ servers: Int) -> OperatorMembership {
    OperatorMembership(serverID: server, identityID: server, operatorID: group, label: .likely)
      .with { $0.operatorServers = servers }
  }

  /// The states of each server, a letter a scan: up, down, unknown, not listed.
  private func timeline(_ states: [String: String], _ churn: [ScanChurn]) -> NetworkTimeline {
    var timeline = NetworkTimeline(churn)
    for (server, letters) in states.sorted(by: { $0.key < $1.key }) {
      for (letter, scan) in zip(letters, churn) where letter != "-" {
        timeline.take(
          TimelineEntry(
            serverID: server, scan: scan.scan, outcome: .answered, vantage: scan.vantage,
            state: letter == "u" ? .up : letter == "d" ? .down : .unknown))
      }
    }
    return timeline
  }

  @Test func `a group comes in the scan that first shows two of its servers up`() throws {
    let members = ["a", "b", "c"].map { member($0, of: "o_1", 3) }
    let events = timeline(["a": "-uu", "b": "duu", "c": "uuu"], churn()).groups(members)
    let event = try #require(events.first)
    #expect(events.count == 1)
    #expect(event.kind == .groupArrived && event.subject == "o_1" && event.count == 2)
    #expect(event.earliest == "2026-01-01T00:00:00Z" && event.latest == "2026-01-02T00:00:00Z")
    #expect(event.origin == .measured)
  }

  @Test func `a group goes where it is down or no longer listed, and never up after`() throws {
    let members = ["a", "b"].map { member($0, of: "o_1", 2) }
    let events = timeline(["a": "uud", "b": "uu-"], churn()).groups(members)
    #expect(events.map(\.kind) == [.groupDeparted])
    #expect(events.first?.latest == "2026-01-03T00:00:00Z")
    #expect(timeline(["a": "udu", "b": "u-u"], churn()).groups(members).isEmpty)
  }

  @Test func `what no scan shows is no event`() {
    let members = ["a", "b"].map { member($0, of: "o_1", 2) }
    // There from the start; of unknown state before; not listed by a scan that ended early.
    #expect(timeline(["a": "uuu", "b": "uuu"], churn()).groups(members).isEmpty)
    #expect(timeline(["a": "?uu", "b": "?uu"], churn()).groups(members).isEmpty)
    let early = churn(incomplete: [Self.scans[0]])
    #expect(timeline(["a": "-uu", "b": "-uu"], early).groups(members).isEmpty)
    // One server is no group.
    #expect(timeline(["a": "-uu", "b": "uuu"], churn()).groups(members).isEmpty)
    #expect(timeline(["a": "-uu"], churn()).groups([member("a", of: "a", 1)]).isEmpty)
  }

  @Test func `a vantage that starts late shows nobody's arrival`() {
    let names = ["20260101T000000Z-a", "20260102T000000Z-tor", "20260103T000000Z-tor"]
    let members = ["a", "b"].map { member($0, of: "o_1", 2) }
    #expect(timeline(["a": "-uu", "b": "-uu"], churn(names)).groups(members).isEmpty)
  }

  @Test func `a release of the first scan is not first seen, nor is a claim of no version`() {
    let timeline = timeline([:], churn())
    func cohort(_ version: String, fromStart: Bool) -> UpgradeCohort {
      UpgradeCohort(
        software: "fulcrum", version: version, firstScan: Self.scans[1], lastScan: Self.scans[2]
      ).with {
        $0.fromStart = fromStart
        $0.firstSeen = "2026-01-02T00:00:00Z"
        $0.serversEver = 4
      }
    }
    let events = timeline.versions([
      cohort("2.1", fromStart: false), cohort("2.0", fromStart: true),
      cohort("absent", fromStart: false), cohort("*", fromStart: false),
    ])
    #expect(events.map(\.subject) == ["fulcrum 2.1"])
    #expect(events.first?.earliest == "2026-01-01T00:00:00Z")
  }

  @Test func `a list's state counts who came and who left`() {
    func life(_ host: String, first: String, gone: String?, fromStart: Bool) -> ListingLifetime {
      ListingLifetime(
        sourceKind: .bootstrap, source: "wallet", host: host, firstScan: "", lastScan: ""
      ).with {
        $0.firstListedAt = first
        $0.lastListedAt = "2026-01-02T00:00:00Z"
        $0.firstGoneAt = gone
        $0.goneAt = gone
        $0.fromFirstState = fromStart
      }
    }
    let events = NetworkTimeline.lists([
      life("a", first: "2026-01-01T00:00:00Z", gone: nil, fromStart: true),
      life("b", first: "2026-01-02T00:00:00Z", gone: nil, fromStart: false),
      life("c", first: "2026-01-01T00:00:00Z", gone: "2026-01-02T00:00:00Z", fromStart: true),
    ])
    #expect(events.map(\.count) == [2])
    #expect(events.first?.text == "Hosts that came into the list: 1; that left it: 1.")
    #expect(events.first?.earliest == "2026-01-01T00:00:00Z")
  }

  @Test func `what we did otherwise is told of each vantage apart`() {
    func scan(_ name: String, plan: String) -> Scan {
      Scan(scan: name, chain: "mainnet").with {
        $0.plan = plan
        $0.startedAt = ScanMoment(scan: name).startedAt
      }
    }
    var timeline = MeasurementTimeline()
    let database = DatabaseUse().with { $0.type = "City" }
    timeline.take(scan(Self.scans[0], plan: "full"), databases: [database])
    timeline.take(scan("20260101T120000Z-tor", plan: "full"), databases: [database])
    timeline.take(scan(Self.scans[1], plan: "full"), databases: [database])
    timeline.take(scan(Self.scans[2], plan: "basic"), databases: [])
    #expect(timeline.events.map(\.kind) == [.vantageAdded, .planChanged, .databasesChanged])
    #expect(timeline.events.map(\.subject) == ["tor", "a", "a"])
    #expect(timeline.events.allSatisfy { $0.origin == .ours })
    #expect(timeline.events.last?.earliest == "2026-01-02T00:00:00Z")
  }
}
