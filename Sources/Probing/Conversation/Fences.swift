internal import ElectrumProtocol

/// Pings that stand behind a question which may be answered by silence: when two of them were
/// answered, one after the other, nothing else will come.
struct Fences {
  enum Verdict: Equatable {
    /// No answer to a fence.
    case stranger
    case fence
    /// The question at this index was answered by silence.
    case silence(Int)
  }

  /// Above every number of a probe, so that fences are never taken for one.
  private static let firstNumber = 1_000_001

  private var index: Int?
  private var waiting = false
  private var answered = 0
  private var sent = 0

  /// The bytes of the fence that is to leave now.
  mutating func next() -> [UInt8]? {
    guard waiting else { return nil }
    waiting = false
    sent += 1
    return ElectrumRequest(id: Self.firstNumber + sent, method: "server.ping").encoded()
  }

  mutating func raise(for index: Int) {
    self.index = index
    waiting = true
    answered = 0
  }

  /// The question was answered: what is still under way means nothing more.
  mutating func lower() {
    index = nil
    waiting = false
  }

  mutating func take(_ reply: ElectrumReply) -> Verdict {
    guard let number = reply.number, number > Self.firstNumber else { return .stranger }
    guard let index, number == Self.firstNumber + sent else { return .fence }
    answered += 1
    if answered < 2 {
      waiting = true
      return .fence
    }
    lower()
    return .silence(index)
  }
}
