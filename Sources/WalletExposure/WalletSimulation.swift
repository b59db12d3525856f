internal import Dispatch
internal import RealModule
internal import Statistics
internal import Synchronization

/// Wallets that start again and again, each with a folder of its own.
public struct WalletSimulation: Sendable {
  public var wallets = 2_000
  /// Sessions of each wallet, the first one included.
  public var sessions = 30
  /// Share of wallets that use Tor for all connections, 0…1.
  public var torShare = 0.0
  /// Share of wallets with IPv6, 0…1.
  public var ipv6Share = 0.45
  /// Share of wallets whose owner has fixed the main server, 0…1: one of the hard-coded list, at random.
  public var fixedServerShare = 0.0
  /// Share of wallets whose owner has fixed it and forbidden all other connections, 0…1.
  public var oneServerShare = 0.0
  /// Blocks that a wallet does not know at its first session: since its program's last checkpoint.
  public var firstBlocks = 8_000
  /// Mean of the blocks that come between two sessions, which follow each other at random moments.
  public var blocksBetween = 144.0
  public var seed: UInt64

  public init(seed: UInt64) { self.seed = seed }

  /// Wallets that one thread takes at a time.
  private static let share = 16

  /// Plays all sessions and counts how often groups of servers are met. The result depends on the seed, and
  /// not on the number of threads.
  ///
  /// - Parameter partitions: of each partition the number of the group of each server, from 0.
  /// - Returns: of each partition its groups, by their numbers.
  /// - Throws: when a partition has another length than the servers, or a number is negative.
  public func encounters(
    of network: WalletNetwork, _ rules: WalletRules, by partitions: [[Int]], threads: Int = 1
  ) throws(WalletExposureError) -> [[GroupEncounters]] {
    for partition in partitions {
      guard partition.count == network.servers.count, partition.allSatisfy({ $0 >= 0 }) else {
        throw .groups(partition.count, network.servers.count)
      }
    }
    let empty = partitions.map { EncounterTally($0, sessions: sessions) }
    let counted = Mutex(empty.map(\.encounters))
    let parts = (wallets + Self.share - 1) / Self.share
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, parts))) { _ in
      let client = WalletClient(network, rules)
      var tallies = empty
      while true {
        let part = next.add(1, ordering: .relaxed).oldValue
        guard part < parts else { break }
        let first = part * Self.share
        play(first..<min(first + Self.share, wallets), client, &tallies)
      }
      counted.withLock { all in
        for (partition, tally) in tallies.enumerated() {
          for (group, met) in tally.encounters.enumerated() { all[partition][group].add(met) }
        }
      }
    }
    return counted.withLock { all in
      all.map {
        $0.map { met in
          var met = met
          met.wallets = wallets
          return met
        }
      }
    }
  }

  private func play(
    _ range: Range<Int>, _ client: WalletClient, _ tallies: inout [EncounterTally]
  ) {
    for wallet in range {
      client.generator = Self.generator(seed, wallet)
      client.memory = WalletMemory(servers: client.network.servers.count)
      let place = place(client.network, &client.generator)
      for index in tallies.indices { tallies[index].beginWallet() }
      for session in 0..<sessions {
        client.play(at: place, newBlocks: newBlocks(session, &client.generator))
        for index in tallies.indices {
          tallies[index].count(session: session, mains: client.mains, met: client.met)
        }
      }
    }
  }

  private static func generator(_ seed: UInt64, _ wallet: Int) -> Xoshiro256StarStar {
    var mixer = SplitMix64(seed: seed)
    let own = mixer.next()
    return Xoshiro256StarStar(seed: own ^ (UInt64(wallet + 1) &* 0x9E37_79B9_7F4A_7C15))
  }

  private func place(
    _ network: WalletNetwork, _ generator: inout Xoshiro256StarStar
  ) -> WalletPlace {
    let total = network.regions.reduce(0) { $0 + $1.weight }
    var left = generator.nextUnit() * total
    var region = 0
    while region < network.regions.count - 1, left >= network.regions[region].weight {
      left -= network.regions[region].weight
      region += 1
    }
    let usesTor = generator.nextUnit() < torShare
    let hasIPv6 = generator.nextUnit() < ipv6Share
    var place = WalletPlace(region: region, usesTor: usesTor, hasIPv6: hasIPv6 || usesTor)
    place.habit = habit(&generator)
    return place
  }

  private func habit(_ generator: inout Xoshiro256StarStar) -> WalletHabit {
    guard fixedServerShare + oneServerShare > 0 else { return .automatic }
    let drawn = generator.nextUnit()
    if drawn < oneServerShare { return .oneServer }
    return drawn < oneServerShare + fixedServerShare ? .fixedServer : .automatic
  }

  private func newBlocks(_ session: Int, _ generator: inout Xoshiro256StarStar) -> Int {
    guard session > 0 else { return firstBlocks }
    return Int(-Double.log(1 - generator.nextUnit()) * blocksBetween)
  }
}
