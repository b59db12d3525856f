/// How often servers are asked for their peers in one scan.
///
/// ElectrumX tells of two random peers a /16 at a time, so that one answer hides most of a dense
/// network; other servers tell all at once. Pure: answers come in, a decision comes out.
public struct PeerRounds: Sendable {
  /// Answers of one server at most.
  public let most: Int
  /// Answers in a row that say nothing new before a server is believed to have told all it knows.
  public let quiet: Int

  private struct Progress {
    /// Answers taken in.
    var answers = 0
    /// Questions put, or decided on.
    var asked = 0
    var silent = 0
    var peers: Set<AdvertisedPeer> = []
  }

  private var told: [String: Progress] = [:]

  public init(most: Int, quiet: Int = 1) {
    self.most = max(1, most)
    self.quiet = max(1, quiet)
  }

  /// Takes in an answer; true where the server is to be asked again.
  ///
  /// - Parameters:
  ///   - server: its address: endpoints of one address are asked as one.
  ///   - isRepeat: whether the question was decided on here.
  public mutating func take(
    _ peers: [AdvertisedPeer], from server: String, isRepeat: Bool = false
  ) -> Bool {
    var known = told.removeValue(forKey: server) ?? Progress()
    let before = known.peers.count
    known.peers.formUnion(peers)
    known.answers += 1
    known.asked += isRepeat ? 0 : 1
    known.silent = known.answers > 1 && known.peers.count == before ? known.silent + 1 : 0
    let goesOn = !known.peers.isEmpty && known.asked < most && known.silent < quiet
    if goesOn {
      known.asked += 1
    } else {
      // What is not asked again need not be remembered.
      known.peers = []
      known.asked = most
    }
    told[server] = known
    return goesOn
  }
}
