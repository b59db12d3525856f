import Artifact
import Records
import StageKit

/// The tables of single facts of one scan, each row with its way back to the exchange.
struct FactTables {
  var headers: [HeaderFact] = []
  var commitments: [CommitmentFact] = []
  var historyAnswers: [HistoryAnswer] = []
  var histories: [HistoryEntry] = []
  var proofs: [ProofFact] = []
  var transactions: [TransactionFact] = []
  var statuses: [StatusFact] = []
  var askedAlone: [AloneTiming] = []
  var feeStates: [FeeState] = []
  var clientAnswers: [ClientAnswer] = []

  /// Says whose each endpoint is.
  mutating func setServers(_ serverOf: [String: String]) {
    func set<Row>(_ rows: inout [Row], _ path: WritableKeyPath<Row, FactSource>) {
      for index in rows.indices {
        let endpoint = rows[index][keyPath: path].endpointID
        rows[index][keyPath: path].serverID = serverOf[endpoint] ?? ""
      }
    }
    set(&headers, \.source)
    set(&commitments, \.source)
    set(&historyAnswers, \.source)
    set(&histories, \.source)
    set(&proofs, \.source)
    set(&transactions, \.source)
    set(&statuses, \.source)
    set(&askedAlone, \.source)
    set(&feeStates, \.source)
    set(&clientAnswers, \.source)
  }

  func write(
    _ context: StageContext, folder: String, inputs: [Manifest.Source]
  ) throws(ArtifactError) {
    try context.write(headers, folder: folder, inputs: inputs)
    try context.write(commitments, folder: folder, inputs: inputs)
    try context.write(historyAnswers, folder: folder, inputs: inputs)
    try context.write(histories, folder: folder, inputs: inputs)
    try context.write(proofs, folder: folder, inputs: inputs)
    try context.write(transactions, folder: folder, inputs: inputs)
    try context.write(statuses, folder: folder, inputs: inputs)
    try context.write(askedAlone, folder: folder, inputs: inputs)
    try context.write(feeStates, folder: folder, inputs: inputs)
    try context.write(clientAnswers, folder: folder, inputs: inputs)
  }
}
