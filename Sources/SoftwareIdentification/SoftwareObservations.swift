/// What one scan shows of one server: the replies to the probes, each different one once.
public struct SoftwareObservations: Sendable, Equatable {
  public private(set) var replies: [ReplyObservation] = []

  static let versionProbe = "server.version"
  /// Stands for the reading of all answers to `server.version`; no probe has this id.
  package static let rangesProbe = "server.version.ranges"

  /// Different replies to one probe that are kept; a server that answers otherwise each time says
  /// nothing by it.
  private static let mostReplies = 16

  public init() {}

  /// - Parameter replies: in any order, of all attempts at all endpoints of the server.
  public init(_ replies: some Sequence<ReplyObservation>) {
    for reply in replies { take(reply) }
  }

  public mutating func take(_ reply: ReplyObservation) {
    var others: [Int] = []
    for index in replies.indices where replies[index].probe == reply.probe {
      if replies[index] == reply {
        if reply.precedes(replies[index]) { replies[index] = reply }
        return
      }
      others.append(index)
    }
    if others.count < Self.mostReplies { return replies.append(reply) }
    // Of too many the first in an order of their own stay, so that no order of arrival shows.
    guard let last = others.max(by: { replies[$0].precedes(replies[$1]) }),
      reply.precedes(replies[last])
    else { return }
    replies[last] = reply
  }

  /// Takes in what was seen at another endpoint of the server.
  public mutating func merge(_ other: SoftwareObservations) {
    for reply in other.replies { take(reply) }
  }

  /// Whether both hold the same replies in the same order, to the byte: `==` takes spellings that
  /// Unicode holds to be equivalent for equal.
  package func isSame(as other: SoftwareObservations) -> Bool {
    replies.count == other.replies.count
      && zip(replies, other.replies).allSatisfy { one, another in one.isSame(as: another) }
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
    replies.contains { $0.probe == probe && $0.isAnswer }
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

extension ReplyObservation {
  /// Whether it is no closed connection.
  var isAnswer: Bool {
    guard case .value(let answer) = self[.answer] else { return false }
    return answer != "closed"
  }
}
