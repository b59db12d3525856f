import Records
import Testing
import Timekeeping

@testable import Featurizing

/// The servers whose nodes are nearest.
struct BackendCandidateTests {
  private static func vector(
    _ id: String, scan: Int, size: Int, second: Int = 0, attempt: Int = 1
  ) -> BackendVector {
    BackendVector(
      scan: "s\(scan)", endpointID: "e_\(id)", serverID: id
    ).with {
      $0.attempt = attempt
      $0.observedAt = UTCTime.text(seconds: 1_767_225_600 + scan * 3_600 + second)
      $0.sizeAtLeast = (0..<64).map { _ in String(size) }
    }
  }

  private func rows(_ vectors: [BackendVector]) -> [BackendCandidate] {
    var candidates = BackendCandidates()
    for vector in vectors { candidates.take(vector) }
    return candidates.rows().sorted { $0.sortKey < $1.sortKey }
  }

  /// One sample of each server in each scan.
  private func series(_ sizes: [String: Int], scans: Int = 5) -> [BackendVector] {
    (0..<scans).flatMap { scan in
      sizes.sorted { $0.key < $1.key }.map { Self.vector($0.key, scan: scan, size: $0.value) }
    }
  }

  @Test func `each has the others by the median distance of their mempools`() {
    let found = rows(series(["a": 100, "b": 90, "c": 50]))
    #expect(found.map(\.serverID) == ["a", "a", "b", "b", "c", "c"])
    #expect(found.map(\.otherID) == ["b", "c", "a", "c", "b", "a"])
    #expect(found.map(\.rank) == [1, 2, 1, 2, 1, 2])
    #expect(found.map(\.samples) == [5, 5, 5, 5, 5, 5])
    let expected = [0.1, 0.5, 0.1, 40.0 / 90, 40.0 / 90, 0.5]
    #expect(zip(found, expected).allSatisfy { abs($0.distance - $1) < 1e-12 })
  }

  @Test func `one odd sample of five does not move the median`() {
    var vectors = series(["a": 100, "b": 100])
    vectors[9] = Self.vector("b", scan: 4, size: 1)
    #expect(rows(vectors).map(\.distance) == [0, 0])
  }

  @Test func `fewer than five samples within half a minute are no candidates`() {
    #expect(rows(series(["a": 100, "b": 100], scans: 4)).isEmpty)
    let apart = (0..<5).flatMap { scan in
      [
        Self.vector("a", scan: scan, size: 1),
        Self.vector("b", scan: scan, size: 1, second: scan == 0 ? 31 : 30),
      ]
    }
    #expect(rows(apart).isEmpty)
    let sixth = [
      Self.vector("a", scan: 5, size: 1), Self.vector("b", scan: 5, size: 1, second: 30),
    ]
    #expect(rows(apart + sixth).map(\.samples) == [5, 5])
  }

  @Test func `what is malformed, has no time, or shows nothing is no sample`() {
    var vectors = series(["a": 0, "b": 0])
    #expect(rows(vectors).isEmpty)
    vectors = series(["a": 7, "b": 7])
    for damage in ["x", "-1", "inf", "nan", ""] {
      var damaged = vectors
      damaged[1].sizeAtLeast[3] = damage
      #expect(rows(damaged).isEmpty, "\(damage)")
    }
    vectors[1].observedAt = nil
    #expect(rows(vectors).isEmpty)
    vectors[1].observedAt = vectors[0].observedAt
    vectors[1].sizeAtLeast = []
    #expect(rows(vectors).isEmpty)
  }

  @Test func `of many as near ten stay, those with the smaller ids`() {
    let sizes = Dictionary(uniqueKeysWithValues: (10..<40).map { ("n\($0)", 100) })
    let found = rows(series(sizes))
    #expect(found.count == 30 * 10)
    #expect(found.filter { $0.serverID == "n10" }.map(\.otherID) == (11...20).map { "n\($0)" })
    #expect(found.filter { $0.serverID == "n39" }.map(\.otherID) == (10...19).map { "n\($0)" })
  }

  @Test func `of a scan the first sample counts, and of a series the last 24`() {
    let twice = series(["a": 100, "b": 100]).flatMap { vector in
      var again = Self.vector(vector.serverID, scan: 0, size: 1, attempt: 2)
      again.scan = vector.scan
      return [vector, again]
    }
    #expect(rows(twice).map(\.distance) == [0, 0])
    let long = rows(series(["a": 100, "b": 100], scans: 100))
    #expect(long.map(\.samples) == [24, 24])
  }
}
