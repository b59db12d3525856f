internal import Statistics

/// Ready servers, and which of them is the main one.
extension WalletClient {
  func becomeReady(_ server: Int, at time: Double) {
    if syncing == nil, knowsChain {
      chooseAmongReady(at: time)
      connect(server, at: time)
    } else if syncing == nil {
      syncing = server
      connect(server, at: time)
      let work = rules.headerTrips(newBlocks: newBlocks)
      synchronize(trips: work.trips, chunks: work.chunks, at: time)
    } else {
      connect(server, at: time)
    }
  }

  /// The next round trip for headers; the last ones are chunks, which take a transfer and are checked by the
  /// thread.
  func synchronize(trips: Int, chunks: Int, at time: Double) {
    guard trips > 0, let syncing else { return synced(at: time) }
    headerTrips = (trips, chunks)
    let transfer = trips <= chunks ? rules.chunkSeconds : 0
    queue.push(time + roundTrips[syncing] + transfer, .headers)
  }

  func synced(at time: Double) {
    knowsChain = true
    syncing = nil
    chooseAmongReady(at: max(time, busyUntil))
  }

  func connect(_ server: Int, at time: Double) {
    connecting -= 1
    contacts[server].state = .connected
    ready.append(server)
    met.append(server)
    hold(server, true)
    if server == drawn, main != server { setMain(server, at: time) }
    contacts[server].triedAt = time
    contacts[server].failures = 0
    remember(server)
    let isCrowded = bucket[server] >= 0 && held[bucket[server]] > 1
    if isCrowded || heldOnions > rules.onions + 1 { schedulePass(at: time) }
  }

  func remember(_ server: Int) {
    if let index = memory.recent.firstIndex(of: server) { memory.recent.remove(at: index) }
    memory.recent.insert(server, at: 0)
    if memory.recent.count > rules.remembered { memory.recent.removeLast() }
    pool.recentChanged(memory.recent)
  }

  /// Whoever brings the chain while there is no main server makes one of those that are ready.
  func chooseAmongReady(at time: Double) {
    guard rules.mainChoice == .race, place.habit == .automatic, main == nil, !ready.isEmpty else {
      return
    }
    setMain(ready[generator.nextIndex(below: ready.count)], at: time)
  }

  func setMain(_ server: Int, at time: Double) {
    (main, drawn) = (server, server)
    isReaching = false
    if mains.last != server { mains.append(server) }
    queue.push(time + roundTrips[server] + 0.01, .peers, server: server)
  }

  func takePeers(of server: Int, at time: Double) {
    guard server == main else { return }
    let most = network.listed.count + rules.peersBeyondList
    pool.take(
      peers: network.peers[server], of: server, servers: network.servers.count, most: most,
      recent: memory.recent, using: &generator)
    if ready.count + connecting + closing < wanted { schedulePass(at: time) }
  }

  func lose(at time: Double) {
    guard !ready.isEmpty else { return }
    let server = ready.remove(at: generator.nextIndex(below: ready.count))
    contacts[server].state = .free
    hold(server, false)
    if server == main { main = nil }
    schedulePass(at: time)
  }
}
