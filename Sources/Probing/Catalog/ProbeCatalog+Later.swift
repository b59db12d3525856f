public import ElectrumProtocol

/// A header whose hash tells where a chain left another one.
public struct KnownFork: Sendable, Equatable {
  public let height: Int

  public init(height: Int) { self.height = height }

  public static let mainnet = all(of: .mainnet)

  public static func all(of network: BitcoinNetwork) -> [KnownFork] {
    network.splits.map { KnownFork(height: $0.height) }
  }

  /// Id of the probe that asks for it.
  package var probe: String { "\(KnownProbes.forkPrefix)\(height)" }
}

extension ProbeCatalog {
  /// How the ids of the second and the third visit begin.
  static let laterPrefixes = ["second.", "third."]
  static let unconfirmedPrefix = "second.unconfirmed."
  /// Unconfirmed transactions that a second visit follows up, and the parents of each.
  package static let unconfirmedFollowed = 2
  static let parentsFollowed = 2
  /// Histories' missing transactions whose proof a server that lists them is asked for.
  package static let proofsFollowed = 2

  /// Ids of the probes that ask for what an unconfirmed transaction spends.
  package static func parentProbes(of number: Int) -> [String] {
    (1...parentsFollowed).map { "second.parent.\(number).\($0)" }
  }

  /// Fee estimates, fees and mempool once more: the first of them opens the connection.
  static func snapshot(_ visit: String, clientName: String) -> [Probe] {
    [opening("\(visit).server.version", clientName: clientName)]
      + backend.map { $0.asked(as: "\(visit).\($0.id)", .backend, "\($0.purpose), \(visit) time") }
  }

  /// What later visits ask.
  static func later(clientName: String, _ scripts: ProbedScripts) -> [Probe] {
    snapshot("second", clientName: clientName) + corroboration(scripts)
      + snapshot("third", clientName: clientName)
  }

  /// What the second visit asks of a server whose answers differ from the others'.
  static func corroboration(
    _ scripts: ProbedScripts, forks: [KnownFork] = KnownFork.mainnet
  ) -> [Probe] {
    let histories = (scripts.main + scripts.pool).map { script in
      history(script).asked(
        as: "second.\(script.historyProbe)", .corroboration, isConditional: true,
        "a history in which a transaction was missing that most others list")
    }
    let unconfirmed = (1...unconfirmedFollowed).flatMap { number -> [Probe] in
      let id = "\(unconfirmedPrefix)\(number)"
      return [
        assigned(id, .text, "an unconfirmed transaction that only this server listed")
      ]
        + (0..<parentsFollowed).map { parent in
          derived(
            parentProbes(of: number)[parent], .parent(parent, of: id), .text,
            family: .corroboration, isConditional: true, "what that transaction spends")
        }
    }
    let proofs = (1...proofsFollowed).flatMap { number in
      [
        assigned(
          "second.proof.\(number)", .object,
          "proof of a transaction that another server leaves out"),
        assigned("second.proof.\(number).transaction", .text, "its bytes"),
        assigned("second.proof.\(number).header", .text, "the header of its block"),
      ]
    }
    let named = forks.map { fork in
      assigned(fork.probe, .text, "the header that names a chain which is not the others'")
    }
    return histories + unconfirmed + proofs + named
  }

  private static func assigned(
    _ id: String, _ expectation: Probe.Expectation, _ purpose: String
  ) -> Probe {
    derived(
      id, .assigned(id), expectation, family: .corroboration, isConditional: true, purpose)
  }
}
