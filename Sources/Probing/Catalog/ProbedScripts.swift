public import ElectrumProtocol

/// The scripts of a network that a plan asks about: all published, none of them anybody's wallet.
public struct ProbedScripts: Sendable, Equatable {
  /// Three whose histories carry the questions about transactions, statuses and client names.
  public let main: [TestScript]
  /// Further ones, of which each scan draws three.
  public let pool: [TestScript]
  /// Of about a known number of transactions.
  public let sized: [SizedTestScript]

  static let drawnPerScan = 3

  /// - Parameter main: three of them.
  public init(main: [TestScript], pool: [TestScript], sized: [SizedTestScript]) {
    precondition(main.count == 3, "a plan asks for three main scripts")
    self.main = main
    self.pool = pool
    self.sized = sized
  }

  /// Of the main network, and of every network on which nobody has paid other ones.
  public static let published = ProbedScripts(
    main: TestScript.probed, pool: TestScript.published, sized: SizedTestScript.published)

  /// Of simulated chains, which pay all of them.
  public static let simulated = ProbedScripts(
    main: TestScript.probed, pool: TestScript.published, sized: SizedTestScript.simulated)

  /// Whose newest, oldest and drawn transaction is asked for.
  var newest: TestScript { main[1] }
  var oldest: TestScript { main[0] }
  var drawn: TestScript { main[2] }
  /// The one whose requests are timed: its history is short, so that a late answer is no long one.
  var timed: TestScript { pool.first ?? main[1] }

  /// The same with one of the sized scripts: long histories are most of what a scan reads, so they
  /// take turns.
  func ofTurn(_ turn: Int) -> ProbedScripts {
    let sized = sized.isEmpty ? [] : [sized[turn % sized.count]]
    return ProbedScripts(main: main, pool: pool, sized: sized)
  }

  /// Those of a scan: a shuffle of the pool by the seed.
  func further(seed: UInt64) -> [TestScript] {
    var left = pool
    var state = seed
    var drawn: [TestScript] = []
    while drawn.count < Self.drawnPerScan, !left.isEmpty {
      // SplitMix64 (Steele, Lea, Flood 2014).
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      word ^= word >> 31
      drawn.append(left.remove(at: Int(word % UInt64(left.count))))
    }
    return drawn
  }
}

extension TestScript {
  /// Id of the probe that asks for its history.
  public var historyProbe: String { "history.\(name)" }
}
