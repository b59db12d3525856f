internal import ElectrumProtocol

/// An honest session to some of whose questions the answer is lost.
package struct FaultySession: ServerSession {
  private var honest: any ServerSession
  /// Beginnings of the methods that go unanswered; an empty one is all.
  private let lost: [String]

  package var lineEnd: [UInt8] { honest.lineEnd }
  package var padding: PaddedSendBuffer.Rule? { honest.padding }

  package init(losing lost: [String], over honest: any ServerSession) {
    self.lost = lost
    self.honest = honest
  }

  package mutating func receive(_ line: ArraySlice<UInt8>, at time: Double) -> [SessionEffect] {
    let method = AbuseSession.Request(line).method
    if lost.contains(where: { method.hasPrefix($0) }) { return [] }
    return honest.receive(line, at: time)
  }

  package mutating func update(_ server: ServerProfile, at time: Double) -> [SessionEffect] {
    honest.update(server, at: time)
  }
}
