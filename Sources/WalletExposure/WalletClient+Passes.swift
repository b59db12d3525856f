internal import Statistics

/// Passes: who is dialled, and who is cut.
extension WalletClient {
  /// The pass after a moment: passes follow each other by `passSeconds`, and idle ones are left out.
  func schedulePass(at time: Double) {
    guard !isCutting else { return }
    let steps = ((time - passPhase) / rules.passSeconds).rounded(.up)
    queuePass(at: passPhase + max(0, steps) * rules.passSeconds)
  }

  func queuePass(at time: Double) {
    if let nextPass, nextPass <= time { return }
    nextPass = time
    queue.push(time, .pass)
  }

  /// Replies that came while the thread was busy are read before the pass.
  func passIsDue(at time: Double) {
    guard nextPass == time else { return }
    nextPass = nil
    if busyUntil > time + 1e-9, time > rules.headSeconds { return queuePass(at: busyUntil) }
    pass(at: max(time, busyUntil))
  }

  /// From when on a server may be dialled again.
  func retryTime(_ server: Int) -> Double {
    let contact = contacts[server]
    guard contact.triedAt > -1 else { return 0 }
    let doublings = Double(1 << min(contact.failures, 10))
    return contact.triedAt + min(rules.retryMost, rules.retrySeconds * doublings)
  }

  func isEligible(_ server: Int, at time: Double) -> Bool {
    contacts[server].state == .free && retryTime(server) < time
  }

  func pass(at time: Double) {
    passPhase = time
    let free = wanted - ready.count - connecting - closing
    var isStarved = false
    if free > 0 {
      if let recent = nextRecent(at: time) {
        dial(recent, at: time)
      } else {
        let drawnNow = pool.draw(free, using: &generator) { isEligible($0, at: time) }
        isStarved = drawnNow.isEmpty
        for server in drawnNow { dial(server, at: time) }
      }
    }
    spread(at: time, isStarved: isStarved)
  }

  func nextRecent(at time: Double) -> Int? {
    let used = memory.recent.count { contacts[$0].state != .free }
    guard used < rules.sticky else { return nil }
    return memory.recent.first { isEligible($0, at: time) }
  }

  /// Cuts, one after the other, random ones of those that have something in common with another.
  func spread(at time: Double, isStarved: Bool = false) {
    let unwelcome = ready.indices.filter { !isWelcome(ready[$0]) }
    if !unwelcome.isEmpty {
      let server = ready.remove(at: unwelcome[generator.nextIndex(below: unwelcome.count)])
      hold(server, false)
      contacts[server].state = .closing
      closing += 1
      isCutting = true
      // The client looks once a second whether a connection is gone.
      let since = contacts[server].versionAt
      let looks = max(1, (time + roundTrips[server] - since).rounded(.up))
      return queue.push(max(time, since + looks), .closed, server: server)
    }
    ensureMain(at: time)
    let isShort = ready.count + connecting + closing < wanted
    if isStarved && main != nil {
      // Nobody can be dialled until a wait is over, or somebody fails or names peers.
      if let first = pool.members.lazy.filter({ self.contacts[$0].state == .free })
        .map({ self.retryTime($0) }).min()
      {
        queuePass(at: max(first, time) + rules.passSeconds)
      }
    } else if isShort || (main == nil && !isReaching) {
      queuePass(at: time + rules.passSeconds)
    }
  }

  func ensureMain(at time: Double) {
    guard main == nil, !isReaching else { return }
    let others = place.habit == .automatic ? ready.filter { $0 != drawn } : []
    if !others.isEmpty {
      setMain(others[generator.nextIndex(below: others.count)], at: time)
    } else if contacts[drawn].triedAt + Double(min(10, 1 << min(contacts[drawn].failures, 4)))
      < time
    {
      dial(drawn, at: time)
    }
  }
}
