import Longitudinal
import Records
import Testing

/// When a server is up, down or unknown.
struct LivenessJudgementTests {
  private func judge(_ outcomes: Outcome...) -> LivenessJudgement {
    LivenessJudgement(outcomes: outcomes, isReached: false)
  }

  @Test(arguments: Outcome.allCases.filter(\.isReached)) func `a server that limits us is up`(
    outcome: Outcome
  ) {
    #expect(judge(.connectRefused, outcome, .aborted).state == .up)
  }

  @Test(arguments: Outcome.allCases.filter { !$0.isTested })
  func `what was not tried is never down`(outcome: Outcome) {
    let judgement = judge(outcome)
    #expect(judgement.state == .unknown && judgement.reason == outcome)
  }

  @Test(arguments: [
    Outcome.aborted, .untestedBudget, .untestedSkipped, .resolveTimedOut, .socksFailed,
    .connectFailed,
  ]) func `a failure that may be ours says nothing, also beside one that is not`(outcome: Outcome) {
    let judgement = judge(.connectRefused, outcome)
    #expect(judgement.state == .unknown && judgement.reason == outcome)
  }

  @Test func `an onion endpoint without a route does not keep a refusal from being seen`() {
    #expect(judge(.connectRefused, .untestedNoRoute).state == .down)
    #expect(judge(.resolveFailed).state == .down)
  }

  @Test func `every outcome leads to a state, and an unknown one has a reason`() {
    for outcome in Outcome.allCases {
      let judgement = judge(outcome)
      #expect((judgement.state == .unknown) == (judgement.reason != nil))
    }
  }
}
