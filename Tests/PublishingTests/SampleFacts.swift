import Records

/// A row of each table of facts, in the order of the catalogue.
enum SampleFacts {
  private static func source(_ scan: String) -> FactSource {
    FactSource().with {
      $0.scan = scan
      $0.endpointID = SampleRows.endpointID(1, .ssl)
      $0.serverID = SampleRows.id(1)
      $0.attempt = 1
      $0.sequence = 2
      $0.probe = "block.header.0"
    }
  }

  static func header(_ scan: String) -> HeaderFact {
    HeaderFact().with { $0.source = source(scan) }
  }
  static func commitment(_ scan: String) -> CommitmentFact {
    CommitmentFact().with { $0.source = source(scan) }
  }
  static func historyAnswer(_ scan: String) -> HistoryAnswer {
    HistoryAnswer().with { $0.source = source(scan) }
  }
  static func history(_ scan: String) -> HistoryEntry {
    HistoryEntry().with { $0.source = source(scan) }
  }
  static func proof(_ scan: String) -> ProofFact { ProofFact().with { $0.source = source(scan) } }
  static func transaction(_ scan: String) -> TransactionFact {
    TransactionFact().with { $0.source = source(scan) }
  }
  static func status(_ scan: String) -> StatusFact {
    StatusFact().with { $0.source = source(scan) }
  }
  static func alone(_ scan: String) -> AloneTiming {
    AloneTiming().with { $0.source = source(scan) }
  }
  static func fees(_ scan: String) -> FeeState { FeeState().with { $0.source = source(scan) } }
  static func client(_ scan: String) -> ClientAnswer {
    ClientAnswer().with { $0.source = source(scan) }
  }
}
