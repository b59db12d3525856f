internal import ElectrumProtocol

/// A ping that stands behind a question which may be answered by silence: when it was answered, nothing
/// else will come.
///
/// It leaves when the question has been without an answer for half a second. So most questions need
/// none, and it does not overtake what a server reads from disk in another thread, as ElectrumX does a
/// header.
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
  /// How long a question stands alone before a ping follows it. Unit: µs.
  static let patience = 500_000

  private var index: Int?
  /// The number of the ping behind the question; one behind an earlier question may still be answered.
  private var number: Int?
  /// When the ping may leave; nil: none is to.
  private(set) var due: Int?
  private var sent = 0

  /// The bytes of the fence that is to leave now.
  mutating func next(at time: Int) -> [UInt8]? {
    guard let due, time >= due else { return nil }
    self.due = nil
    sent += 1
    let number = Self.firstNumber + sent
    self.number = number
    return ElectrumRequest(id: number, method: "server.ping").encoded()
  }

  mutating func raise(for index: Int, at time: Int) {
    self.index = index
    number = nil
    due = time + Self.patience
  }

  /// The question was answered: what is still under way means nothing more.
  mutating func lower() {
    index = nil
    due = nil
  }

  mutating func take(_ reply: ElectrumReply) -> Verdict {
    guard let told = reply.number, told > Self.firstNumber else { return .stranger }
    guard let index, told == number else { return .fence }
    lower()
    return .silence(index)
  }
}
