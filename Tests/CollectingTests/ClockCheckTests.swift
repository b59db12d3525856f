import Artifact
import Records
import Testing
import Timekeeping

@testable import Collecting

struct ClockCheckTests {
  private func check(
    _ sights: [(height: Int, hash: String, time: Int)], at now: Int
  ) -> ClockCheck {
    var check = ClockCheck()
    for sight in sights {
      check.take(
        ToldTip(height: sight.height, hash: sight.hash, time: sight.time),
        startedAt: UTCTime.text(seconds: now))
    }
    return check
  }

  private let now = 1_800_000_000

  private static let ages: [(Int, ClockCheck.Verdict)] = [
    (0, .plausible), (600, .plausible), (10_800, .plausible), (10_801, .ahead),
    (-7_200, .plausible), (-7_201, .behind),
  ]

  @Test(arguments: ages) func `a clock is judged by the age of the common tip`(
    age: Int, verdict: ClockCheck.Verdict
  ) {
    let tips = (0..<3).map { _ in (10, "a", now - age) }
    let check = check(tips, at: now)
    #expect(check.verdict == verdict)
    #expect(check.secondsAfterTip == age)
  }

  @Test func `one server that lies decides nothing`() {
    let honest = (0..<3).map { _ in (10, "a", now - 60) }
    let check = check(honest + [(99, "b", now + 90_000)], at: now)
    #expect(check.verdict == .plausible)
  }

  @Test func `fewer than three servers say nothing of the clock`() {
    #expect(check([(1, "a", now), (1, "a", now)], at: now).verdict == .unknown)
    #expect(ClockCheck().secondsAfterTip == nil)
  }
}
