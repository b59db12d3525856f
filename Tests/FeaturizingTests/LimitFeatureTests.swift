import Featurizing
import Records
import Testing

/// What a server limits, and what its node is set to.
struct LimitFeatureTests {
  private func features(
    _ exchanges: [ExchangeRecord], backends: [BackendView] = []
  ) throws -> FeatureSet {
    try FeaturizedSeries([
      SeriesScan(
        name: "a", servers: [.made("s1")], endpoints: [.made("s1")], exchanges: exchanges,
        backends: backends)
    ]).features()
  }

  private func exchanges(_ answers: [(String, Outcome)]) -> [ExchangeRecord] {
    answers.enumerated().map { .made("s1", $1.0, $1.1, sequence: $0 + 1) }
  }

  @Test func `a batch of twelve is taken, refused, or not answered`() throws {
    func value(_ outcome: Outcome) throws -> FeatureValue {
      try features(exchanges([("limits.batch-12", outcome)]))[.batchesOf12]
    }
    #expect(try value(.answered) == .boolean(true))
    #expect(try value(.replyError) == .boolean(false))
    #expect(try value(.replyTimedOut) == .unknown(.outcome(.replyTimedOut)))
    #expect(try features([])[.batchesOf12] == .unknown(.notAsked))
  }

  @Test func `the shortest history that is refused is a limit, where another is answered`() throws {
    func value(_ answers: (String, Outcome)...) throws -> FeatureValue {
      try features(exchanges(answers))[.historyRefusedFrom]
    }
    #expect(
      try value(
        ("history.burn-small", .answered), ("history.burn-large", .replyError)) == .integer(2_700))
    #expect(
      try value(
        ("history.p2wpkh", .answered), ("history.burn-small", .replyError),
        ("history.burn-large", .replyError)) == .integer(700))
    #expect(try value(("history.burn-small", .answered)) == .absent)
    #expect(
      try value(("history.burn-small", .replyError), ("history.burn-large", .replyError))
        == .unknown(.outcome(.replyError)))
    #expect(
      try value(("history.p2wpkh", .answered), ("history.burn-small", .replyTimedOut))
        == .unknown(.outcome(.replyTimedOut)))
    #expect(try value(("history.p2wpkh", .answered)) == .unknown(.notAsked))
  }

  @Test func `the code with which it limits is its word; without one there is none`() throws {
    var throttled = exchanges([("server.ping", .answered), ("server.banner", .throttled)])
    let silent = try features(throttled)
    #expect(silent[.throttledAfter] == .integer(2) && silent[.throttleCode] == .absent)
    throttled[1].errorCode = -101
    #expect(try features(throttled)[.throttleCode] == .integer(-101))
    #expect(try features(exchanges([("server.ping", .answered)]))[.throttleCode] == .absent)
    #expect(try features([])[.throttleCode] == .unknown(.outcome(.answered)))
  }

  @Test func `settings of the node are the last that it told`() throws {
    func view(attempt: Int, _ change: (inout BackendView) -> Void) -> BackendView {
      var view = BackendView(endpointID: "e_s1_ipv4", serverID: "s1").with {
        $0.attempt = attempt
      }
      change(&view)
      return view
    }
    let told = try features(
      exchanges([("relayfee", .untestedNotApplicable), ("mempool.get_info", .answered)]),
      backends: [
        view(attempt: 1) { ($0.relayFee, $0.fullRBF) = (1, false) },
        view(attempt: 2) { ($0.relayFee, $0.incrementalRelayFee) = (0.1, 0.5) },
        view(attempt: 3) { _ in },
      ])
    #expect(told[.relayFee] == .number(0.1))
    #expect(told[.incrementalRelayFee] == .number(0.5))
    #expect(told[.fullRBF] == .boolean(false))
  }

  @Test func `a node that is not asked, or does not say, is unknown for that`() throws {
    let old = try features(
      exchanges([("relayfee", .replyError), ("mempool.get_info", .untestedNotApplicable)]))
    #expect(old[.relayFee] == .unknown(.outcome(.replyError)))
    #expect(old[.incrementalRelayFee] == .unknown(.outcome(.untestedNotApplicable)))
    let new = try features(
      exchanges([("relayfee", .untestedNotApplicable), ("mempool.get_info", .answered)]))
    #expect(new[.relayFee] == .unknown(.notSent) && new[.fullRBF] == .unknown(.notSent))
    #expect(try features([])[.relayFee] == .unknown(.notAsked))
  }
}
