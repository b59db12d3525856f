import ElectrumProtocol
import SimulatedChain
import Statistics
import TestSupport
import Testing

@testable import SimulatedServers

@Suite(.enabled(if: Shared.exists)) struct TranscriptAgreementTests {
  /// Families that are not simulated, with the reason.
  private static let outside: [(prefix: String, reason: String)] = [
    ("outpoint.", "methods of protocol 1.7 on outpoints"),
    ("mempool.recent", "needs a mempool"), ("transaction.testmempoolaccept", "needs a mempool"),
    ("transaction.broadcast_package", "needs a mempool"),
    ("scripthash.get_mempool", "needs a mempool"),
    ("scriptpubkey.get_mempool", "needs a mempool"), ("transaction.get/mempool", "needs a mempool"),
    ("transaction.get/verbose_", "the node's verbose form has only its main fields"),
    ("utxo.get_info", "Fulcrum's own"), ("header.get", "Fulcrum's own"),
    ("ext/blockchain.r", "Fulcrum's reusable addresses"),
    ("burst/", "depends on time"), ("order/", "depends on time"),
    ("batch/reversed_cost", "depends on time"),
    ("notify/", "needs new blocks during a connection"), ("size/", "of the socket"),
    ("port/", "of the socket"),
    ("scripthash.get_balance/whale4000", "no script of 4,000 transactions in the ledger"),
    ("scripthash.get_history/whale4000", "no script of 4,000 transactions in the ledger"),
    ("scripthash.listunspent/whale4000", "no script of 4,000 transactions in the ledger"),
    ("scripthash.subscribe/whale4000", "no script of 4,000 transactions in the ledger"),
    ("scripthash.listunspent/genesis_p2pk", "no coin in the ledger"),
  ]

  /// The chain of the recordings has its tip at this height, and a spend at 152.
  private static let chain: SimulatedChain = {
    var seed: UInt64 = 1
    while true {
      let chain = SimulatedChain(seed: seed, height: 2_200, tipTime: 1_780_000_000)
      if chain.blocks[152].transactions.count > 1 { return chain }
      seed += 1
    }
  }()

  /// The recorded chain's transactions, and ours in their place.
  private static let substitutes: [(String, String)] = {
    let block = chain.blocks[152]
    let spend = block.transactions[1]
    let recorded = "ef24ab3a43c64139124d24fa57ce07b65ca5260a3763fd47d1544127be2adbf0"
    return [
      (recorded, spend.text), (recorded.uppercased(), spend.text.uppercased()),
      (
        "2c0a5c0a035eb92bfc0139d2c25b932d3626ff4f95ddbc49078072353c279d4c",
        block.transactions[0].text
      ),
    ]
  }()

  /// The request in terms of our chain.
  private static func translated(_ transcript: Transcript) -> [UInt8] {
    guard transcript.request.contains(UInt8(ascii: "b")) else { return transcript.request }
    var text = String(decoding: transcript.request, as: UTF8.self)
    guard Array(text.utf8) == transcript.request else { return transcript.request }
    for (recorded, ours) in substitutes { text.replace(recorded, with: ours) }
    if transcript.probe == "transaction.broadcast/already_mined" {
      text.replace(/02000000[0-9a-f]+/, with: Hex.text(chain.blocks[152].transactions[1].bytes))
    }
    if transcript.probe == "transaction.get_merkle/big_block" {
      let ours = chain.blocks[151].transactions[0].text
      text.replace(/"[0-9a-f]{64}"/, with: "\"\(ours)\"")
    }
    return Array(text.utf8)
  }

  private static func profile(_ transcript: Transcript) -> ServerProfile {
    var profile = ServerProfile(
      software: ServerSoftware("\(transcript.implementation) \(transcript.version)"),
      chain: ChainView(
        chain: chain, tip: 2_200, genesisHash: BitcoinNetwork.mainnet.genesisHash))
    profile.tcpPort = 61_081
    profile.sslPort = 61_082
    return profile
  }

  /// What the simulated server answers to the bytes of a transcript, and whether it closes.
  private static func ask(_ transcript: Transcript) throws -> (bytes: [UInt8], closed: Bool) {
    let profile = profile(transcript)
    let isTLS = transcript.transport == "ssl"
    let context = SessionContext(
      server: profile, localAddress: "127.0.0.1", localPort: isTLS ? 61_082 : 61_081,
      isTLS: isTLS, random: Xoshiro256StarStar(seed: 1))
    let implementation = try #require(ServerImplementation(profile.software))
    var session = implementation.session(context)
    if let version = transcript.protocolVersion {
      let hello = ElectrumRequest(
        id: 0, method: "server.version",
        params: [.string("p"), .array([.string("1.4"), .string(version)])])
      _ = session.receive(hello.encoded()[...], at: 0)
    }
    var splitter = LineSplitter()
    splitter.append(translated(transcript))
    var output: [UInt8] = []
    while let line = try splitter.next() {
      for effect in session.receive(line, at: 0) {
        switch effect {
        case .pause: continue
        case .send(let message), .sendLater(let message, _): output += message + session.lineEnd
        case .abort: return (output, true)
        case .close:
          return (session.padding?.flushesOnClose == false ? [] : output, true)
        }
      }
    }
    return (output, false)
  }

  private static func isOutside(_ probe: String) -> Bool {
    outside.contains { probe.hasPrefix($0.prefix) }
  }

  private struct Agreement {
    var asked = 0
    var agreed = 0
    var misses: [String] = []
  }

  private static func compare(
    _ implementation: String, _ version: String, where includes: (String) -> Bool
  ) throws -> Agreement {
    var result = Agreement()
    for transcript in try Transcript.all()
    where transcript.implementation == implementation && transcript.version == version
      && includes(transcript.probe) && !isOutside(transcript.probe)
    {
      let answer = try ask(transcript)
      var simulated = Masking.lines(answer.bytes)
      var recorded = Masking.lines(transcript.response)
      if transcript.isAbridged {
        // What is left of the recording begins alike, up to the first thing in the list.
        if transcript.probe.hasPrefix("batch/") { continue }
        simulated = [Masking.opening(answer.bytes)]
        recorded = [Masking.opening(transcript.response)]
      }
      result.asked += 1
      if simulated == recorded && answer.closed == transcript.closed {
        result.agreed += 1
      } else {
        result.misses.append(
          "\(transcript.probe): recorded \(recorded.prefix(3)) closed \(transcript.closed), "
            + "simulated \(simulated.prefix(3)) closed \(answer.closed)")
      }
    }
    return result
  }

  private static let servers = [
    ("ElectrumX", "1.16.0"), ("ElectrumX", "1.18.0"), ("ElectrumX", "1.19.0"),
    ("ElectrumX", "2.0.0"), ("Fulcrum", "2.1.1"),
  ]

  /// The families of a light scan.
  private static let scanned = [
    "server.version", "nohandshake", "server.features", "server.banner",
    "server.donation_address", "server.ping", "server.peers.subscribe", "headers.subscribe",
    "scripthash.get_balance", "scripthash.get_history", "scriptpubkey.get_balance",
    "scriptpubkey.get_history", "rpc/unknown_method", "relayfee",
  ]

  @Test(arguments: servers)
  func whatAScanAsksIsAnsweredAsRecorded(implementation: String, version: String) throws {
    let agreement = try Self.compare(implementation, version) { probe in
      Self.scanned.contains { probe == $0 || probe.hasPrefix($0 + "/") }
    }
    #expect(agreement.asked > 60)
    #expect(agreement.misses == [])
  }

  @Test(arguments: servers)
  func nearlyEveryRecordedQuestionIsAnsweredAsRecorded(
    implementation: String, version: String
  ) throws {
    let agreement = try Self.compare(implementation, version) { _ in true }
    print("\(implementation) \(version): \(agreement.agreed) of \(agreement.asked) agree")
    for miss in agreement.misses { print("  \(miss.prefix(700))") }
    #expect(agreement.asked > 400)
    #expect(Double(agreement.agreed) >= 0.98 * Double(agreement.asked))
  }
}
