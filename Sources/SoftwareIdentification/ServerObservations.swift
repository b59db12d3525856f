/// What one scan shows of one server: the replies to the probes, each different one once.
public struct ServerObservations: Sendable, Equatable {
  public private(set) var replies: [ReplyObservation] = []

  static let versionProbe = "server.version"
  /// Stands for the reading of all answers to `server.version`; no probe has this id.
  static let rangesProbe = "server.version.ranges"

  /// Different replies to one probe that are kept; a server that answers otherwise each time says
  /// nothing by it.
  private static let mostReplies = 16

  public init() {}

  /// - Parameter replies: in any order, of all attempts at all endpoints of the server.
  public init(_ replies: some Sequence<ReplyObservation>) {
    for reply in replies { take(reply) }
  }

  public mutating func take(_ reply: ReplyObservation) {
    var others = 0
    for known in replies where known.probe == reply.probe {
      if known == reply { return }
      others += 1
    }
    if others < Self.mostReplies { replies.append(reply) }
  }

  /// With what follows from several replies together.
  var read: [ReplyObservation] {
    guard refusesRanges else { return replies }
    var reading = ReplyObservation(probe: Self.rangesProbe)
    reading[.answer] = .value("refused")
    return replies + [reading]
  }

  /// Whether a probe was answered in any attempt; then a close in another was not the answer.
  func isAnswered(_ probe: String) -> Bool {
    replies.contains { reply in
      guard reply.probe == probe, case .value(let answer) = reply[.answer] else { return false }
      return answer != "closed"
    }
  }

  /// Whether each of several ranges of versions ended the connection while one version was answered.
  private var refusesRanges: Bool {
    let version = "\(Self.versionProbe).1.4"
    let ranges = Set(replies.map(\.probe).filter { $0.hasPrefix(Self.versionProbe) })
      .subtracting([version, "\(Self.versionProbe).second"])
    let closed = ranges.filter { probe in
      replies.contains { $0.probe == probe && $0[.answer] == .value("closed") }
    }
    return closed.count >= 2 && !ranges.contains(where: isAnswered) && isAnswered(version)
  }
}
