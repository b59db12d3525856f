import Records
import Statistics
import TestSupport

/// Two scans of a small network whose servers are drawn from a seed, each by itself: the last one may
/// be left out, and nothing of the others' own changes.
struct SeededSeries {
  let seed: UInt64
  /// The last of them is the stranger.
  static let servers = 8
  static let names = (1...servers).map { "n\($0).example" }
  static let scans = ["20260101T000000Z-a", "20260201T000000Z-a"]

  /// Shuffles what has no order of its own.
  var order: UInt64?
  /// How often every listing and every peer tuple is said.
  var repeats = 1
  /// Whether the last server is there, and whether the others and the list name it.
  var hasStranger = true
  var isStrangerNamed = true
  /// Lets the stranger name the others by names that are not theirs.
  var strangerLies = false

  init(seed: UInt64) { self.seed = seed }

  func rawScans() -> [RawScan] {
    Self.scans.indices.map { epoch in
      var scan = RawScan(Self.scans[epoch])
      let present = (1...Self.servers).filter { hasStranger || $0 < Self.servers }
      scan.connections = present.flatMap { connections(of: $0, epoch) }
      scan.resolutions = present.filter { $0 != 6 }.map { number in
        NameResolution(name: Self.names[number - 1], outcome: .answered).with {
          $0.addresses = [Self.address(number)]
        }
      }
      scan.listings = named.map { number in
        Listing(
          address: Self.names[number - 1], host: Self.names[number - 1], source: "list",
          sourceKind: .bootstrap
        ).with {
          $0.count = repeats
          $0.features = ["v1.4", "t50001"]
          $0.heardAt = "2026-0\(epoch + 1)-01T00:00:00Z"
        }
      }
      if let order {
        var draws = Xoshiro256StarStar(seed: order)
        scan.connections.shuffle(using: &draws)
        scan.listings.shuffle(using: &draws)
        scan.resolutions.shuffle(using: &draws)
      }
      return scan
    }
  }

  /// Whom lists and peers name.
  private var named: [Int] {
    (1...Self.servers).filter { hasStranger && isStrangerNamed || $0 < Self.servers }
  }

  private static func address(_ number: Int) -> String {
    switch number {
    case 5: "2600:1900:4000:\(number)::1"
    case 6: String(repeating: "abcdefg", count: 8) + ".onion"
    default: "9.9.\(number).1"
    }
  }

  private func connections(of number: Int, _ epoch: Int) -> [Connection] {
    var draws = Xoshiro256StarStar(seed: seed &* 1_000 &+ UInt64(number * 10 + epoch))
    let isUp = number == Self.servers || Int.random(in: 0..<6, using: &draws) > 0
    let version = ["ElectrumX 1.18.0", "Fulcrum 2.1.1", "electrs/0.10.9"]
      .randomElement(using: &draws)
    let replies = replies(of: number, &draws)
    return [(50001, Transport.tcp), (50002, .ssl)].map { port, transport in
      let host = number == 6 ? Self.address(6) : Self.names[number - 1]
      return isUp
        ? .answered(
          Self.address(number), port: port, transport: transport, host: host, version: version,
          replies: replies)
        : .failed(
          Self.address(number), .connectTimedOut, port: port, transport: transport, host: host)
    }
  }

  private func replies(
    of number: Int, _ draws: inout Xoshiro256StarStar
  ) -> [(probe: String, result: String)] {
    let name = Self.names[number - 1]
    let banner = ["Welcome \(number)", "Welcome to electrs 0.10.9", ""].randomElement(using: &draws)
    let donation = ["bc1q\(number)", ""].randomElement(using: &draws)
    let estimate = ["0.0001", "-1", #"error:{"code":-32600,"message":"no"}"#]
      .randomElement(using: &draws)
    return [
      ("server.banner", #""\#(banner ?? "")""#),
      ("server.donation_address", #""\#(donation ?? "")""#),
      (
        "server.features",
        #"{"hosts":{"\#(name)":{"tcp_port":50001,"ssl_port":50002}},"genesis_hash":"00","#
          + #""protocol_min":"1.4","protocol_max":"1.4.2"}"#
      ), ("blockchain.estimatefee", estimate ?? ""),
      ("server.peers.subscribe", "[\(peers(of: number).joined(separator: ","))]"),
    ]
  }

  private func peers(of number: Int) -> [String] {
    var peers = named.map { peer in
      let lie = strangerLies && number == Self.servers && peer != number
      let name = lie ? "false\(peer).example" : Self.names[peer - 1]
      let place = peer == 6 ? Self.address(6) : name
      return #"["\#(Self.address(peer))","\#(place)",["v1.4","t50001","s50002"]]"#
    }
    peers = Array(repeating: peers, count: repeats).flatMap { $0 }
    if let order {
      var draws = Xoshiro256StarStar(seed: order &+ UInt64(number))
      peers.shuffle(using: &draws)
    }
    return peers
  }
}
