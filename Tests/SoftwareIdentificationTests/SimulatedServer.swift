import ElectrumProtocol
import Records
import SimulatedChain
import SoftwareIdentification
import Statistics

@testable import Normalizing
@testable import Probing
@testable import SimulatedScans
@testable import SimulatedServers

/// A simulated server, asked in memory as a scan would ask it.
struct SimulatedServer {
  let software: String
  var claim: String?

  private static let clientName = "test"
  private static let chain = ChainView(
    chain: SimulatedChain(seed: 1, height: 400, tipTime: 1_780_000_000, network: .mainnet),
    tip: 400, genesisHash: BitcoinNetwork.mainnet.genesisHash)

  /// What a scan of the plan shows of it.
  ///
  /// - Parameter isInsistent: asks further sessions of a server that did not answer the main one,
  ///   which a scan does not.
  func observations(
    _ plan: ProbePlan, isInsistent: Bool = false
  ) throws -> SoftwareObservations {
    var observations = SoftwareObservations()
    var answers = EarlierAnswers()
    for session in plan.sessions {
      let conversation = try lead(session, plan, answers)
      if session.id == "main" { answers = conversation.answers }
      let lines = ReplyLines(conversation.received.evidence)
      for (index, exchange) in conversation.exchanges.enumerated() {
        let reply = Reply(
          exchange, sequence: index + 1, endpointID: "e", attempt: 1, lines: lines, form: .bytes)
        observations.take(ReplyObservation(reply.record, result: reply.result))
      }
      if session.id == "main", conversation.outcome != .answered, !isInsistent { break }
    }
    return observations
  }

  private func lead(
    _ session: ProbeSession, _ plan: ProbePlan, _ answers: EarlierAnswers
  ) throws -> Conversation {
    var profile = ServerProfile(software: ServerSoftware(software), chain: Self.chain)
    profile.claimedSoftware = claim
    let context = SessionContext(
      server: profile, localAddress: "127.0.0.1", localPort: 50_001, isTLS: false,
      random: Xoshiro256StarStar(seed: 1))
    guard let implementation = ServerImplementation(profile.software) else {
      throw RPCError(0, "not simulated: \(software)")
    }
    let limits = AttemptLimits(
      plan: plan, bytes: 1 << 22, tlsTimeout: 5_000_000, replyTimeout: 5_000_000,
      totalTimeout: 60_000_000)
    var attempt = Attempt(
      Conversation(session: session, byteLimit: limits.bytes, answers: answers),
      ServerSide(implementation.session(context), delay: 0), roundTrip: 20_000, limits: limits,
      opened: 0, start: 0)
    return attempt.run().client
  }

  static let light = ProbePlan(.light, clientName: clientName, scripts: .simulated)

  /// All turns of the full plan: after so many scans everything was asked once.
  static let full = (0..<full(turn: 0).turns).map { full(turn: $0) }

  private static func full(turn: Int) -> ProbePlan {
    ProbePlan(
      .full, clientName: clientName, turn: turn, scripts: .simulated)
  }

  /// With what is asked only where somebody says so.
  static let everything = ProbePlan(
    .full, clientName: clientName, families: [.junk, .broadcast], scripts: .simulated)

  /// One server of each kind that the simulator has, and what it is.
  static let kinds: [(software: String, implementation: KnownImplementation)] = [
    ("ElectrumX 1.10.0", .electrumX), ("ElectrumX 1.15.0", .electrumX),
    ("ElectrumX 1.16.0", .electrumX), ("ElectrumX 1.17.0", .electrumX),
    ("ElectrumX 1.18.0", .electrumX), ("ElectrumX 1.19.0", .electrumX),
    ("ElectrumX 1.20.0", .electrumX), ("ElectrumX 2.0.0", .electrumX),
    ("Fulcrum 1.0.0", .fulcrum), ("Fulcrum 1.8.2", .fulcrum), ("Fulcrum 1.9.1", .fulcrum),
    ("Fulcrum 1.12.0", .fulcrum), ("Fulcrum 2.1.1", .fulcrum), ("electrs/0.11.1", .electrs),
    ("electrs-esplora 0.4.2", .electrsEsplora),
  ]

  /// Ends the connection where it does not understand: forks and ancestor of electrs do so alike.
  static let closing = "electrs-esplora 0.4.1"
  static let personal = "ElectrumPersonalServer 0.2.4"
}
