import Statistics
import Testing

/// Scores are judged as the field does.
struct BinaryScoringTests {
  @Test(.enabled(if: Fixtures.exists, "the folder of shared data is not there"))
  func `values equal scikit-learn's`() throws {
    let fixture = try Fixtures.load().binary
    let scoring = BinaryScoring(zip(fixture.s, fixture.y).map { ($0, $1 == 1) })
    #expect(abs(try #require(scoring.areaUnderCurve) - fixture.auc) < 1e-12)
    #expect(abs(try #require(scoring.averagePrecision) - fixture.ap) < 1e-12)
    #expect(abs(try #require(scoring.brier) - fixture.brier) < 1e-12)
  }

  @Test func `a small case by hand, with a tie`() throws {
    let scoring = BinaryScoring([(0.9, true), (0.5, false), (0.5, true), (0.1, false)])
    #expect(scoring.areaUnderCurve == 0.875)
    let precision = try #require(scoring.averagePrecision)
    let expected: Double = 0.5 + 1.0 / 3
    #expect(abs(precision - expected) < 1e-15)
    #expect(scoring.precision(at: 1) == 1)
    #expect(scoring.precision(at: 10) == 0.5)
    let brier = try #require(scoring.brier)
    #expect(abs(brier - 0.13) < 1e-15)
  }

  @Test func `calibration error is zero where every bin's mean is its share`() throws {
    let calibrated = [Double](repeating: 0.5, count: 20).enumerated().map { ($1, $0 % 2 == 0) }
    #expect(try #require(BinaryScoring(calibrated).calibrationError()) < 1e-15)
    let overconfident = (0..<10).map { _ in (0.9, false) }
    #expect(abs(try #require(BinaryScoring(overconfident).calibrationError()) - 0.9) < 1e-15)
  }

  @Test func `without positives or without negatives there is no curve`() {
    #expect(BinaryScoring([(0.3, true)]).areaUnderCurve == nil)
    #expect(BinaryScoring([(0.3, false)]).averagePrecision == nil)
    #expect(BinaryScoring([]).brier == nil)
  }
}
