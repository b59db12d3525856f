import Records
import Testing

@testable import Longitudinal

@Suite("When a server is up, down or unknown")
struct LivenessJudgementTests {
  private func judge(_ outcomes: Outcome...) -> LivenessJudgement {
    LivenessJudgement(outcomes: outcomes, isReached: false)
  }

  @Test("A server that limits us is up", arguments: Outcome.allCases.filter(\.isReached))
  func reachedIsUp(outcome: Outcome) {
    #expect(judge(.connectRefused, outcome, .aborted).state == .up)
  }

  @Test("What was not tried is never down", arguments: Outcome.allCases.filter { !$0.isTested })
  func untriedIsUnknown(outcome: Outcome) {
    let judgement = judge(outcome)
    #expect(judgement.state == .unknown && judgement.reason == outcome)
  }

  @Test(
    "A failure that may be ours says nothing, also beside one that is not",
    arguments: [
      Outcome.aborted, .untestedBudget, .untestedSkipped, .resolveTimedOut, .socksFailed,
      .connectFailed,
    ])
  func ours(outcome: Outcome) {
    let judgement = judge(.connectRefused, outcome)
    #expect(judgement.state == .unknown && judgement.reason == outcome)
  }

  @Test("An onion endpoint without a route does not keep a refusal from being seen")
  func noRoute() {
    #expect(judge(.connectRefused, .untestedNoRoute).state == .down)
    #expect(judge(.resolveFailed).state == .down)
  }

  @Test("Every outcome leads to a state, and an unknown one has a reason")
  func everyOutcome() {
    for outcome in Outcome.allCases {
      let judgement = judge(outcome)
      #expect((judgement.state == .unknown) == (judgement.reason != nil))
    }
  }
}
