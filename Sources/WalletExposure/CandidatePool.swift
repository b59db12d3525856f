internal import Statistics

/// Servers that the client draws from: the list, the peers that its main server named, and those recently
/// used, each once.
struct CandidatePool {
  private var list: [Int] = []
  /// The list, then the peers that are not in it.
  private var base: [Int] = []
  private var isInBase: [Bool] = []
  /// Recently used servers that are in neither.
  private var extra: [Int] = []
  private var answer: [Int] = []

  var members: [Int] { base + extra }

  mutating func reserve(_ servers: Int) {
    isInBase = [Bool](repeating: false, count: servers)
  }

  /// Before a main server stands nobody has named peers.
  mutating func start(list: [Int], recent: [Int]) {
    self.list = list
    setBase(list, peers: [], recent)
  }

  private mutating func setBase(_ list: [Int], peers: [Int], _ recent: [Int]) {
    for server in base { isInBase[server] = false }
    base.removeAll(keepingCapacity: true)
    for server in list {
      isInBase[server] = true
      base.append(server)
    }
    for server in peers where !isInBase[server] {
      isInBase[server] = true
      base.append(server)
    }
    recentChanged(recent)
  }

  mutating func recentChanged(_ recent: [Int]) {
    extra.removeAll(keepingCapacity: true)
    for server in recent where !isInBase[server] { extra.append(server) }
  }

  /// Takes at most `most` of the peers that a server named, at random.
  /// - Parameter peers: nil: all `servers` but itself.
  mutating func take(
    peers: [Int]?, of server: Int, servers: Int, most: Int, recent: [Int],
    using generator: inout Xoshiro256StarStar
  ) {
    answer.removeAll(keepingCapacity: true)
    if let peers {
      for peer in peers where peer != server { answer.append(peer) }
    } else {
      for peer in 0..<servers where peer != server { answer.append(peer) }
    }
    if answer.count > most {
      for index in 0..<most {
        answer.swapAt(index, index + generator.nextIndex(below: answer.count - index))
      }
      answer.removeLast(answer.count - most)
    }
    setBase(list, peers: answer, recent)
  }

  /// Draws with replacement among those that are eligible: a server that is drawn twice is there twice.
  /// - Returns: `count` servers, or none where nobody is eligible.
  func draw(
    _ count: Int, using generator: inout Xoshiro256StarStar, isEligible: (Int) -> Bool
  ) -> [Int] {
    let size = base.count + extra.count
    var drawn: [Int] = []
    drawn.reserveCapacity(count)
    // A draw that is refused is repeated; with few eligible these are listed instead.
    var refused = 0
    while drawn.count < count, refused < 2 * size + 16 {
      let index = generator.nextIndex(below: size)
      let server = index < base.count ? base[index] : extra[index - base.count]
      if isEligible(server) { drawn.append(server) } else { refused += 1 }
    }
    if drawn.count == count { return drawn }
    let eligible = members.filter(isEligible)
    guard !eligible.isEmpty else { return [] }
    while drawn.count < count {
      drawn.append(eligible[generator.nextIndex(below: eligible.count)])
    }
    return drawn
  }
}
