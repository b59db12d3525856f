internal import ElectrumProtocol

/// The client-differential experiment: the same questions to the same server under several client
/// names, each arm once a block on a connection of its own, in an order balanced over blocks.
///
/// Carries the names of real wallets by design; the conduct rules cap it (12 questions, five arms,
/// one block a scan).
public enum DifferentialPlan {
  /// One identity of the client.
  public struct Arm: Sendable, Equatable {
    /// Permanent: `a1`, `a1-again`, …
    public let id: String
    public let clientName: String
    let range: WireValue
    /// Whether it asks in the other wallet's order.
    let isReordered: Bool
    public let purpose: String
  }

  /// How the ids of the experiment's connections and probes begin; an arm's id follows.
  static let prefix = "differential."

  public static func arms(clientName: String) -> [Arm] {
    let current = WireValue.array([.string("1.4"), .string("1.6")])
    return [
      Arm(
        id: "a1", clientName: WalletName.current, range: current, isReordered: false,
        purpose: "Electrum of 2026"),
      Arm(
        id: "a1-again", clientName: WalletName.current, range: current, isReordered: false,
        purpose: "the same again: the control that must show nothing"),
      Arm(
        id: "a2", clientName: "3.3.3", range: .string("1.4"), isReordered: false,
        purpose: "Electrum of the phishing attacks of 2018"),
      Arm(
        id: "a3", clientName: "BlueWallet", range: .string("1.4"), isReordered: true,
        purpose: "another wallet, in its order"),
      Arm(
        id: "a4", clientName: clientName, range: current, isReordered: false,
        purpose: "our own name"),
    ]
  }

  /// The orders of the arms; a server's block takes the row of `block` and its address.
  static func rows(clientName: String) -> [[Int]] {
    WilliamsSquare.rows(arms: arms(clientName: clientName).count)
  }

  /// The connections of all arms, in the order of declaration.
  static func sessions(clientName: String) -> [ProbeSession] {
    arms(clientName: clientName).map { arm in
      let asked = arm.isReordered ? Array(questions.reversed()) : questions
      return ProbeSession(
        id: prefix + arm.id, probes: [opening(arm)] + asked.map { probe($0, arm) },
        aloneCount: asked.count + 1, scope: .oncePerAddress)
    }
  }

  private static func opening(_ arm: Arm) -> Probe {
    Probe(
      "\(prefix)\(arm.id).server.version", .differential,
      .method("server.version", [.string(arm.clientName), arm.range]), .identification,
      cost: CostModel.request(work: CostModel.work(of: "server.version")), arm.purpose)
  }

  /// Twelve, all answerable at protocol 1.4 and 1.6.
  private static let questions: [Probe] = {
    let wanted: Set = [
      "server.features", "server.banner", "server.donation_address",
      "blockchain.headers.subscribe", "block.header.0", "estimatefee.6",
      "mempool.get_fee_histogram", "balance.p2pkh", "history.p2pkh", "history.p2wpkh",
      "history.p2tr",
    ]
    let known =
      ProbeCatalog.light(clientName: "", .published) + ProbeCatalog.retired(clientName: "")
    return known.filter { wanted.contains($0.id) }
      + [ProbeCatalog.status(ProbedScripts.published.newest)]
  }()

  private static func probe(_ probe: Probe, _ arm: Arm) -> Probe {
    Probe(
      "\(prefix)\(arm.id).\(probe.id)", .differential, probe.question, probe.expectation,
      cost: probe.cost, protocols: probe.protocols, probe.purpose)
  }
}

extension ProbePlan {
  /// Seconds between two arms at one server.
  public static let secondsBetweenArms = 20

  /// - Parameter block: number of the block: each scan of the series is one.
  public static func differential(clientName: String, block: Int) -> ProbePlan {
    ProbePlan(
      id: "differential.v1",
      sessions: [.main(ProbeCatalog.light(clientName: clientName, .published))]
        + DifferentialPlan.sessions(clientName: clientName),
      order: .balanced(block: block, rows: DifferentialPlan.rows(clientName: clientName)))
  }

  /// The connections in the order that a server of this address gets them; the main one is first.
  public func sessions(at address: String) -> [ProbeSession] {
    guard case .balanced(let block, let rows) = order, !rows.isEmpty else { return sessions }
    // FNV-1a: spreads addresses over the rows, alike on every machine.
    let hash = address.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3
    }
    let row = rows[Int((hash &+ UInt64(block)) % UInt64(rows.count))]
    return [sessions[0]] + row.map { sessions[1 + $0] }
  }
}
