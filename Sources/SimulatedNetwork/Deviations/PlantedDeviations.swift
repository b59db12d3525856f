internal import Artifact

/// The deviations that can be planted.
enum PlantedDeviations {
  /// All of them. Generated networks draw from their forms in this order, so that a change of the
  /// order changes every network that is generated.
  static let all: [any PlantedDeviation.Type] = [
    StaleTip.self, FalseTip.self, ForeignGenesis.self, HistoryOmission.self,
    InventedTransaction.self, CorruptProof.self, FalseStatus.self, MissingTransactions.self,
    FalseFees.self, FalseRelayFee.self, PhishingBroadcast.self, RefusesBroadcast.self,
    PhishingBanner.self, OtherBanner.self, FalseTransactionID.self, FalsePeers.self,
    ThrottlesSelectively.self, Throttles.self, DiffersByClient.self, DiffersByOrigin.self,
    SlowAnswers.self, NameFlood.self, GarbageAnswers.self, SilentServer.self, ClosesAtOnce.self,
    AbusesProtocol.self, AbusesHandshake.self, ThrottlesByDepth.self, PhishingErrors.self,
    SlowsEverything.self, Reserialises.self, Replicas.self, BlockInMidst.self,
  ]

  static func type(_ word: String) -> (any PlantedDeviation.Type)? {
    all.first { $0.word == word }
  }

  /// The forms of all deviations that generated networks have.
  static let drawn: [JSONValue] = all.flatMap { $0.drawnForms }

  /// The table of the article on planted deviations.
  static var article: String {
    let rows = all.map { type in
      let members = type.members.map { "`\($0)`" }.joined(separator: ", ")
      let indicators = type.indicators.map { "`\($0)`" }.joined(separator: ", ")
      let nested = type.isAnswer ? "yes" : "no"
      return "| `\(type.word)` | \(type.summary) | \(members) | \(nested) | \(indicators) |\n"
    }
    return """
      # Planted deviations

      What a server of a simulated network can be told to do that an honest one would not.

      ## The deviations

      Each stands in the list `deviations` of a server or an operator by its `kind`, with its keys,
      and may have `from`, `until` (epochs) and `epoch_share` (part of them, drawn). Those that some
      clients alone may see can stand within `differs-by-client` and `differs-by-origin`. The last
      column names the indicators that ought to fire; with none, no indicator is made for it.

      | kind | what the server does | keys | for some clients | indicators |
      |---|---|---|---|---|

      """ + rows.joined()
  }
}

extension PlantedDeviation {
  fileprivate static var drawnForms: [JSONValue] { drawn.map(\.scenarioJSON) }

  /// Keys of its own.
  fileprivate static var members: [String] { ObjectMembers.keys(of: Self.self) }
}
