import Featurizing
import Records
import Testing

struct BackendVectorTests {
  private func view(
    _ id: String, at time: String? = "2026-01-02T03:00:00Z", attempt: Int = 1, scale: Int = 1000,
    steps: Int = 64
  ) -> BackendView {
    var view = BackendView(endpointID: "e_\(id)_ipv4", serverID: id).with {
      $0.attempt = attempt
    }
    view.observedAt = time
    view.sizeAtLeast = (0..<64).map { String($0 < steps ? (64 - $0) * scale : 0) }
    return view
  }

  /// As a reader of the table computes it: the Ruzicka distance.
  private func distance(_ a: BackendVector, _ b: BackendVector) throws -> Double {
    let (left, right) = (
      a.sizeAtLeast.compactMap(Double.init), b.sizeAtLeast.compactMap(Double.init)
    )
    try #require(left.count == 64 && right.count == 64)
    let pairs = zip(left, right)
    return pairs.reduce(0) { $0 + abs($1.0 - $1.1) } / pairs.reduce(0) { $0 + max($1.0, $1.1) }
  }

  private func series(_ scans: [(String, [BackendView])]) throws -> FeaturizedSeries {
    try FeaturizedSeries(
      scans.map { name, views in
        var one = Server.made("s1")
        (one.software, one.softwareVersion) = ("Fulcrum", name == "a" ? "1.9" : "1.10")
        one.serverVersionText = "Fulcrum"
        return SeriesScan(
          name: name, servers: [one, .made("s2")], endpoints: [.made("s1"), .made("s2")],
          backends: views)
      })
  }

  @Test func `vectors of two servers give the distance of their mempools`() throws {
    let rows = try series([
      ("a", [view("s1"), view("s2")]), ("b", [view("s1"), view("s2", scale: 2000)]),
    ]).rows(BackendVector.self)
    #expect(rows.map(\.scan) == ["a", "a", "b", "b"])
    #expect(try distance(rows[0], rows[1]) == 0)
    #expect(try distance(rows[2], rows[3]) == 0.5)
  }

  @Test func `a vector names the software of its own scan`() throws {
    let rows = try series([("a", [view("s1"), view("s2")]), ("b", [view("s1")])])
      .rows(BackendVector.self)
    #expect(rows.map(\.softwareVersion) == ["1.9", nil, "1.10"])
    #expect(rows.map(\.software) == ["Fulcrum", nil, "Fulcrum"])
  }

  @Test func `where nothing was observed there is no row, and an absent estimate is observed`()
    throws
  {
    let nothing = BackendView(endpointID: "e_s1_ipv4", serverID: "s1").with {
      $0.attempt = 1
    }
    var absent = BackendView(endpointID: "e_s2_ipv4", serverID: "s2").with {
      $0.attempt = 1
    }
    absent.estimates.estimate144Status = .absent
    let rows = try series([("a", [nothing, absent])]).rows(BackendVector.self)
    #expect(rows.map(\.serverID) == ["s2"])
    #expect(rows[0].estimates.estimate144Status == .absent && rows[0].sizeAtLeast.isEmpty)
  }

  @Test func `all that was observed is handed on`() throws {
    var full = view("s1", attempt: 3)
    (full.relayFee, full.mempoolMinimumFee, full.incrementalRelayFee) = (1, 2, 3)
    (full.estimates.estimate2Status, full.estimates.estimate2) = (.value, 20)
    (full.estimates.estimate5Status, full.estimates.estimate5) = (.value, 8)
    (full.estimates.estimate6Status, full.estimates.estimate6) = (.value, 6)
    (full.estimates.estimate10Status, full.estimates.estimate10) = (.value, 4)
    (full.estimates.estimate25Status, full.estimates.estimate25) = (.value, 2.5)
    (full.estimates.estimate144Status, full.estimates.estimate144) = (.value, 1.25)
    full.fullRBF = true
    let row = try #require(try series([("a", [full])]).rows(BackendVector.self).first)
    #expect(row.observedAt == full.observedAt && row.attempt == 3)
    #expect(row.sizeAtLeast == full.sizeAtLeast && row.fullRBF == true)
    #expect(
      [row.relayFee, row.mempoolMinimumFee, row.incrementalRelayFee] == [1, 2, 3])
    #expect(row.estimates.byTarget == [2: 20, 5: 8, 6: 6, 10: 4, 25: 2.5, 144: 1.25])
  }
}
