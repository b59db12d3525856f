internal import Collecting
internal import ElectrumProtocol
internal import Probing
internal import Records
internal import Timekeeping

/// The question for peers once more, at an endpoint that was met before.
struct PeersAgain {
  let encounter: Encounter
  let session: ProbeSession
  let network: BitcoinNetwork

  /// - Parameter number: of the connection to the endpoint, over all epochs.
  func ask(
    _ visit: Visit, _ meeting: Meetings.Meeting, number: Int, startedAt: UTCTime
  ) -> (VirtualCrawl.Outcome, Connection) {
    let result = encounter.attempt(
      visit.candidate, at: meeting.endpoint, session: session, number: number,
      place: visit.connections + 1, startedAt: startedAt)
    let tuples = result.peers.flatMap { PeerTuple.list($0, network: network) } ?? []
    let peers = tuples.compactMap { (try? $0.get()).map { AdvertisedPeer($0) } }
    let row = result.connection
    return (
      VirtualCrawl.Outcome(
        duration: row.durationMicroseconds ?? 0, bytesReceived: row.bytesReceived,
        isThrottled: row.isThrottled,
        peers: peers.map { VirtualCrawl.ToldPeer(number: nil, peer: $0) },
        words: SelfDescription(row), startedAt: row.startedAt,
        isAnswered: row.outcome == .answered),
      row
    )
  }
}
