import Records
import SoftwareIdentification

/// What the replies of a scan show beside answers: the software by its behaviour, and the node behind.
struct ReplyEvidence {
  struct Attempt: Hashable {
    let endpointID: String
    let number: Int

    init(_ record: ExchangeRecord) {
      endpointID = record.endpointID
      number = record.attempt
    }
  }

  private(set) var backends: [Attempt: BackendView] = [:]
  /// Protocol version that was agreed on.
  private(set) var negotiated: [Attempt: String] = [:]
  /// By endpoint; each different reply once.
  private var observations: [String: SoftwareObservations] = [:]

  /// - Parameters:
  ///   - time: when the reply had arrived; nil: not known.
  ///   - isImported: what another program asked under a probe's name is not what ours asks, so that
  ///     its answers fit no rule about software.
  mutating func take(_ reply: Reply, at time: @autoclosure () -> String?, isImported: Bool) {
    let record = reply.record
    guard record.outcome.isTested else { return }
    if !isImported {
      observations[record.endpointID, default: SoftwareObservations()]
        .take(ReplyObservation(record, result: reply.result))
    }
    if let version = reply.agreedVersion, negotiated[Attempt(record)] == nil {
      negotiated[Attempt(record)] = version
    }
    if BackendView.asks(record.probe) {
      let unknown = BackendView(endpointID: record.endpointID, serverID: "").with {
        $0.attempt = record.attempt
      }
      backends[Attempt(record), default: unknown].take(reply, at: time())
    }
  }

  /// What was seen at all endpoints of a server.
  func observations(at endpointIDs: [String]) -> SoftwareObservations {
    endpointIDs.compactMap { observations[$0] }.reduce(into: SoftwareObservations()) {
      $0.merge($1)
    }
  }
}
