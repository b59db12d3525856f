internal import Artifact
internal import SimulatedServers

/// A server that tells of others than it knows.
struct FalsePeers: PlantedDeviation {
  static let word = "false-peers"
  static let summary =
    "Tells, in place of its peers, of its operator's servers (I17), of many that nobody reaches (I18), of one server under many names, or of whoever asks."
  static let indicators: [String] = ["I17.own-peers", "I18.unreachable-peers"]
  static let isAnswer = true
  static var drawn: [Self] { [Self(.cohort), Self(.junk, count: 40)] }

  private var peers = Peers.cohort
  private var count: Int?
  /// Id of the server that all entries lead to.
  private(set) var victim: String?

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required(
      "peers", &peers, .word,
      "Of whom it tells: its cohort, junk, a victim, or the asker.")
    f.field("count", &count, .integer(1...1_000_000), "Entries of junk or victim; absent: 50.")
    f.field("victim", &victim, .text, "Id of the server that all entries lead to.")
    f.choice("cohort", of: "peers", needs: [], refuses: ["count", "victim"])
    f.choice("junk", of: "peers", needs: [], refuses: ["victim"])
    f.choice("victim", of: "peers", needs: ["victim"], refuses: [])
    f.choice("asker", of: "peers", needs: [], refuses: ["count", "victim"])
  }

  func plant(in profile: inout ServerProfile, _ planter: DeviationPlanter) {
    profile.peers = knowledge(planter)
  }

  private init(_ peers: Peers, count: Int? = nil) {
    self.peers = peers
    self.count = count
  }

  private enum Peers: String, Sendable, CaseIterable {
    case cohort, junk, victim, asker
  }

  private static let usualCount = 50

  private func knowledge(_ planter: DeviationPlanter) -> PeerKnowledge {
    let numbers = 0..<(count ?? Self.usualCount)
    switch peers {
    case .cohort: return PeerKnowledge(planter.builder.cohort(of: planter.server))
    case .junk: return PeerKnowledge(numbers.map(Self.junk))
    case .victim:
      guard let victim = planter.plan.servers.first(where: { $0.id == victim }) else { return [] }
      let address = victim.address(at: planter.epoch)
      return PeerKnowledge(numbers.map { Self.mirror($0, of: address) })
    case .asker:
      return PeerKnowledge(
        ["127.0.0.1", "0.0.0.0", "::1", "localhost", "255.255.255.255"].map {
          PeerAdvertisement(address: $0, host: $0, features: ["v1.4.2", "s50002", "t50001"])
        })
    }
  }

  /// RFC 5737 and a reserved name: nobody's, and never reached.
  private static func junk(_ number: Int) -> PeerAdvertisement {
    let address = "203.0.113.\(number % 254 + 1)"
    let host = number % 2 == 0 ? address : "p\(number).peers.invalid"
    return PeerAdvertisement(
      address: address, host: host, features: ["v1.4.2", "s\(1_024 + number * 7 % 60_000)"])
  }

  private static func mirror(_ number: Int, of address: String) -> PeerAdvertisement {
    PeerAdvertisement(
      address: address, host: "mirror\(number).peers.invalid",
      features: ["v1.4.2", "s\(50_000 + number % 1_000)", "t\(51_000 + number % 1_000)"])
  }
}
