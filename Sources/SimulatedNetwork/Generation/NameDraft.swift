internal import ElectrumProtocol
internal import Statistics

/// Fictitious names: brands, hosts, donation addresses.
enum NameDraft {
  private static let words = [
    "amber", "anchor", "aspen", "badger", "basalt", "beacon", "birch", "cedar", "cobalt", "coral",
    "delta", "dune", "ember", "falcon", "fjord", "garnet", "glacier", "harbour", "hazel", "heron",
    "indigo", "iris", "juniper", "kelp", "lagoon", "larch", "linden", "lotus", "maple", "meadow",
    "nimbus", "oak", "onyx", "orchid", "osprey", "pebble", "pine", "quartz", "raven", "reef",
    "sable", "sage", "sierra", "slate", "spruce", "tern", "thistle", "tundra", "umbra", "violet",
    "walnut", "willow", "wren", "xenon", "yarrow", "zephyr",
  ]
  private static let hosts = ["electrum", "electrumx", "e", "fulcrum", "btc", "node", "ex", "srv"]

  static func choice(_ weights: [Double], _ random: inout Xoshiro256StarStar) -> Int {
    var left = random.nextUnit() * weights.reduce(0, +)
    for (place, weight) in weights.enumerated() {
      left -= weight
      if left < 0 { return place }
    }
    return weights.lastIndex { $0 > 0 } ?? 0
  }

  /// Distinct for all practical purposes: two words and a number of four digits.
  static func brand(_ random: inout Xoshiro256StarStar) -> String {
    "\(word(&random))-\(word(&random))\(1_000 + random.nextIndex(below: 9_000))"
  }

  static func host(_ random: inout Xoshiro256StarStar) -> String {
    let host = hosts[random.nextIndex(below: hosts.count)]
    return "\(host).\(brand(&random)).\(random.nextUnit() < 0.8 ? "example" : "test")"
  }

  /// Characters of an address after its version: the program of a key hash and a checksum.
  private static let addressCharacters = 38
  private static let programCharacters = 32

  /// A regtest address (BIP 173, version 0) that nobody has a key for.
  static func donationAddress(_ random: inout Xoshiro256StarStar) -> String {
    let drawn = (0..<addressCharacters).map { _ in UInt8(random.nextIndex(below: 32)) }
    return Bech32.text(
      prefix: "bcrt", values: [0] + drawn.prefix(programCharacters), variant: .bech32)
  }

  private static func word(_ random: inout Xoshiro256StarStar) -> String {
    words[random.nextIndex(below: words.count)]
  }
}

/// Releases as they were in use in December 2025: ElectrumX 1.18 half, 1.16 a quarter, Fulcrum a
/// seventh, the rest in small parts.
enum SoftwareShares {
  private static let shares: [(software: String, share: Double)] = [
    ("ElectrumX 1.18.0", 50), ("ElectrumX 1.16.0", 25), ("Fulcrum 2.1.1", 5),
    ("Fulcrum 1.12.0", 5.3), ("Fulcrum 1.11.0", 4), ("electrs/0.10.10", 3),
    ("electrs/0.11.1", 1.5), ("ElectrumX 1.17.0", 2), ("ElectrumX 1.19.0", 2.2),
    ("electrs-esplora 0.4.1", 2),
  ]

  static func draw(_ random: inout Xoshiro256StarStar) -> String {
    shares[NameDraft.choice(shares.map(\.share), &random)].software
  }
}
