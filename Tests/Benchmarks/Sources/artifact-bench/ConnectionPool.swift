import Foundation
import Records

/// Raw connections like those of a real scan: 14 probes, replies of many sizes, about 4.6 KB a row.
struct ConnectionPool {
  static let probes = [
    "server.version", "server.ping", "server.features", "server.banner", "server.donation_address",
    "blockchain.headers.subscribe", "server.peers.subscribe", "balance.p2pkh", "balance.p2wpkh",
    "balance.p2tr", "history.p2pkh", "history.p2wpkh", "history.p2tr",
  ]

  private var state: UInt64 = 0x9e37_79b9_7f4a_7c15

  private mutating func draw(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  private mutating func hex(_ count: Int) -> String {
    let digits = Array("0123456789abcdef")
    return String((0..<count).map { _ in digits[draw(16)] })
  }

  /// `count` first attempts at distinct addresses, in artifact order.
  mutating func connections(_ count: Int) -> [Connection] {
    (0..<count).map { connection($0) }.sorted { $0.sortKey < $1.sortKey }
  }

  private mutating func connection(_ number: Int) -> Connection {
    let address = "203.\(number / 62500).\(number / 250 % 250).\(number % 250 + 1)"
    var clock = 20_000 + draw(180_000)
    let connect = clock
    var exchanges: [Exchange] = []
    var sent: [Chunk] = []
    var received: [Chunk] = []
    for (index, probe) in Self.probes.enumerated() {
      let reply = reply(probe, id: index)
      let request = "{\"id\":\(index),\"jsonrpc\":\"2.0\",\"method\":\"\(probe)\",\"params\":[]}\n"
      let start = clock
      clock += 1_000 + draw(200_000)
      sent.append(
        Chunk().with {
          $0.atMicroseconds = start
          $0.data = request
        })
      received.append(
        Chunk().with {
          $0.atMicroseconds = clock
          $0.data = reply
        })
      exchanges.append(
        Exchange(outcome: draw(20) == 0 ? .replyError : .answered, probe: probe).with {
          $0.firstByteMicroseconds = clock
          $0.id = index
          $0.lastByteMicroseconds = clock
          $0.line = index
          $0.sentMicroseconds = start
        })
    }
    let bytes = { (chunks: [Chunk]) in chunks.reduce(0) { $0 + ($1.data?.utf8.count ?? 0) } }
    return Connection(
      address: address, detail: "", host: "electrum\(number).example", network: .ipv4,
      outcome: .answered, transport: .ssl
    ).with {
      $0.attempt = 1
      $0.bytesReceived = bytes(received)
      $0.bytesSent = bytes(sent)
      $0.connectMicroseconds = connect
      $0.durationMicroseconds = clock + draw(5_000)
      $0.exchanges = exchanges
      $0.port = 50_002
      $0.received = received
      $0.resolveMicroseconds = draw(9_000)
      $0.sent = sent
      $0.startedAt = "2026-01-02T03:04:05.678901Z"
      $0.tls = TLSFacts().with {
        $0.chain = [hex(64)]
        $0.cipher = "TLS_AES_256_GCM_SHA384"
        $0.durationMicroseconds = draw(90_000)
        $0.group = "x25519"
        $0.sessionTicket = true
        $0.signatureAlgorithm = "rsa_pss_rsae_sha256"
        $0.verifyResult = "self-signed certificate"
        $0.version = "TLSv1.3"
      }
      $0.truncated = false
    }
  }

  private mutating func reply(_ probe: String, id: Int) -> String {
    let result: String
    switch probe {
    case "server.version": result = "[\"ElectrumX 1.16.0\",\"1.4\"]"
    case "server.banner": result = "\"Welcome to node \(draw(9999)) – ☃ \\\"öffentlich\\\"\\n\""
    case "server.features":
      result = "{\"genesis_hash\":\"\(hex(64))\",\"hosts\":{},\"protocol_max\":\"1.4\"}"
    case "blockchain.headers.subscribe":
      result = "{\"height\":\(800_000 + draw(90_000)),\"hex\":\"\(hex(160))\"}"
    case "server.peers.subscribe":
      let peers = (0..<(4 + draw(12))).map { _ in
        "[\"\(draw(220)).\(draw(255)).\(draw(255)).\(draw(255))\",\"\(hex(12)).example\",[\"v1.4\",\"s50002\",\"t50001\"]]"
      }
      result = "[\(peers.joined(separator: ","))]"
    case "history.p2pkh": result = "[{\"height\":\(draw(900_000)),\"tx_hash\":\"\(hex(64))\"}]"
    default: result = "{\"confirmed\":\(draw(1_000_000)),\"unconfirmed\":0}"
    }
    return "{\"id\":\(id),\"jsonrpc\":\"2.0\",\"result\":\(result)}\n"
  }
}
