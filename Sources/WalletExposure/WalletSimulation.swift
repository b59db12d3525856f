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
  /// Blocks that a wallet does not know at its first session: since its program's last checkpoint.
  public var firstBlocks = 8_000
  /// Mean of the blocks that come between two sessions, which follow each other at random moments.
  public var blocksBetween = 144.0
  public var seed: UInt64

  public init(seed: UInt64) { self.seed = seed }

  /// Wallets that one thread takes at a time.
  private static let share = 16

  /// Plays all sessions. The result depends on the seed, and not on the number of threads.
  public func meetings(
    of network: WalletNetwork, _ rules: WalletRules, threads: Int = 1
  ) -> WalletMeetings {
    let parts = (wallets + Self.share - 1) / Self.share
    let results = Mutex([WalletMeetings?](repeating: nil, count: parts))
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, parts))) { _ in
      let client = WalletClient(network, rules)
      while true {
        let part = next.add(1, ordering: .relaxed).oldValue
        guard part < parts else { return }
        let first = part * Self.share
        let played = play(first..<min(first + Self.share, wallets), client)
        results.withLock { $0[part] = played }
      }
    }
    var all = WalletMeetings(servers: network.servers.count, wallets: wallets, sessions: sessions)
    for part in results.withLock({ $0 }) { if let part { all.append(part) } }
    return all
  }

  private func play(_ range: Range<Int>, _ client: WalletClient) -> WalletMeetings {
    var met = WalletMeetings(
      servers: client.network.servers.count, wallets: range.count, sessions: sessions)
    for wallet in range {
      client.generator = Self.generator(seed, wallet)
      client.memory = WalletMemory(servers: client.network.servers.count)
      let place = place(client.network, &client.generator)
      for session in 0..<sessions {
        client.play(at: place, newBlocks: newBlocks(session, &client.generator))
        met.append(mains: client.mains, met: client.met)
      }
    }
    return met
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
    return WalletPlace(region: region, usesTor: usesTor, hasIPv6: hasIPv6 || usesTor)
  }

  private func newBlocks(_ session: Int, _ generator: inout Xoshiro256StarStar) -> Int {
    guard session > 0 else { return firstBlocks }
    return Int(-Double.log(1 - generator.nextUnit()) * blocksBetween)
  }
}
