import Artifact
import ElectrumProtocol
import Probing
import Records
import StageKit

/// Replies whose contents are known and whose bytes are not, put into lines of ours.
///
/// How these lines are written says nothing of the server: the manifest says so (`replies: values`),
/// and `normalize` then takes nothing from their form.
struct ReconstructedConversation {
  private(set) var received: [Chunk] = []
  /// One a probe that the format knows; what was never asked is `untested.not-imported`.
  private(set) var exchanges: [Exchange] = []

  /// By probe, the field that holds its result.
  static let fields = [
    ("server.version", "server_version"), ("server.features", "features"),
    ("server.banner", "banner"), ("server.donation_address", "donation_address"),
    ("server.peers.subscribe", "peers"),
  ]

  init(_ row: ForeignRow) throws(StageError) {
    let results = [
      try row.optionalIdentification("server_version"), try row.optionalObject("features"),
      try row.optionalText("banner").map { .string($0) },
      try row.optionalText("donation_address").map { .string($0) },
      try row.optionalPeers("peers"),
    ]
    for ((probe, _), result) in zip(Self.fields, results) { append(probe, result) }
  }

  var hasReplies: Bool { !received.isEmpty }

  /// The outcome that the replies show; nil where there is none.
  var outcome: Outcome? {
    let identification = exchanges.first?.outcome
    if identification?.isTested == true { return identification }
    return hasReplies ? .answered : nil
  }

  private mutating func append(_ id: String, _ result: JSONValue?) {
    guard let result else {
      exchanges.append(Exchange(outcome: .untestedNotImported, probe: id))
      return
    }
    let reply = JSONValue.object([("id", .integer(received.count)), ("result", result)])
    let outcome = ImportedReply.outcome(of: reply.canonicalText, to: id)
    exchanges.append(
      Exchange(outcome: outcome, probe: id).with {
        $0.line = received.count
      })
    received.append(Chunk((reply.canonicalText + "\n").utf8, atMicroseconds: nil))
  }
}

/// What a foreign reply amounts to: judged as that of a live scan.
enum ImportedReply {
  private static let probes = ProbeCatalog.imported

  /// - Parameter text: empty where nothing arrived.
  static func outcome(of text: String, to id: String) -> Outcome {
    guard let probe = probes.first(where: { $0.id == id }) else { return .untestedNotImported }
    return ReplyClassifier.outcome(ofText: text, to: probe)
  }
}
