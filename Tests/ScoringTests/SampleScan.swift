import ChainTruth
import ElectrumProtocol
import Records
import StageKit

@testable import Scoring

/// A scan of servers of one simulated chain, made by hand: what each says is set before it is judged.
struct SampleScan {
  static let genesis = easy("genesis")
  static let script = "s"
  /// Buried transactions of the script.
  static let history = (1...12).map { ListedTransaction(id($0), height: 10 * $0) }
  static let tip = 1000

  var name = "a"
  var startedAt: Int? = 0
  var hasBytes = true
  var chain = ScanChain(genesisHash: genesis.printed)
  var servers: [ScanEvidence] = []

  static func id(_ number: Int) -> String { ChainHash(of: [UInt8(number), 7]).printed }

  /// The header at a height of a chain, with work for the easiest bits.
  static func header(_ height: Int, _ chain: String = "main") -> HeaderFacts {
    func hash(_ height: Int) -> ChainHash {
      height == 0 ? genesis : easy("\(chain) \(height)")
    }
    return HeaderFacts(
      hash: hash(height), previous: hash(max(0, height - 1)),
      merkleRoot: ChainHash(of: Array("root \(height)".utf8)), time: UInt32(600 * height),
      bits: 0x207F_FFFF)
  }

  /// A hash below the easiest target, which a header has by work.
  static func easy(_ text: String) -> ChainHash {
    var nonce = 0
    while true {
      let hash = ChainHash(of: Array("\(text) \(nonce)".utf8))
      if CompactTarget(bits: 0x207F_FFFF)?.isMet(by: hash.bytes) == true { return hash }
      nonce += 1
    }
  }

  func place(_ sequence: Int = 1, _ attempt: Int = 1, endpoint: String = "e") -> EvidencePlace {
    EvidencePlace(scan: name, endpointID: endpoint, attempt: attempt, sequence: sequence)
  }

  /// A server that says of the chain what an honest one says.
  func server(
    _ id: String, voter: String? = nil, tip: Int = SampleScan.tip, chain: String = "main"
  ) -> ScanEvidence {
    var server = ScanEvidence(serverID: id, voter: voter ?? id)
    for height in [0, 800, 900, tip] {
      server.headers.append(
        .init(
          place: place(), height: height, header: Self.header(height, height == 0 ? "main" : chain),
          isTip: height == tip))
    }
    server.genesisHashes = [Self.genesis.printed]
    return server
  }

  mutating func addHonest(_ count: Int, _ change: (inout ScanEvidence) -> Void = { _ in }) {
    for index in 0..<count {
      var server = server("h\(index)")
      change(&server)
      servers.append(server)
    }
  }

  var description: ScanDescription {
    ScanDescription(
      scan: name, startedAt: startedAt, hasBytes: hasBytes, chain: chain, network: .mainnet)
  }

  var truth: ScanTruth { ScanTruth(servers, description) }
}

/// Scans of one series, judged by one rule.
struct SampleSeries {
  var scans: [SampleScan]

  init(_ scans: SampleScan...) { self.scans = scans }

  private func tally() throws -> IndicatorTally {
    let evaluator = IndicatorEvaluator(try .defaults())
    var tally = IndicatorTally(evaluator)
    for scan in scans {
      let rows = evaluator.observations(scan.servers, scan.truth)
      tally.take(rows, scan.description, reached: scan.servers.map(\.serverID))
    }
    return tally
  }

  private var ids: [String] { Array(Set(scans.flatMap { $0.servers.map(\.serverID) })) }

  /// Grade of what the rule says of a server: nil where it passed.
  func grade(_ server: String, _ rule: IndicatorRule) throws -> IndicatorGrade? {
    try evaluated(server, rule).finding?.grade
  }

  func status(_ server: String, _ rule: IndicatorRule) throws -> IndicatorStatus {
    try evaluated(server, rule).status
  }

  private func evaluated(
    _ server: String, _ rule: IndicatorRule
  ) throws -> DeviationScore.Evaluated {
    let all = try tally().evaluated(ids)
    let found = all.first { $0.serverID == server }?.1.first { $0.rule.id == rule.id }
    return found ?? .init(rule: rule, status: .notMeasured, finding: nil)
  }

  func rows(_ server: String) throws -> [Indicator] {
    let tally = try tally()
    let found = tally.evaluated(ids).first { $0.serverID == server }?.1 ?? []
    return found.map { tally.row(server, $0, nats: nil) }
  }

  func evidence(_ server: String) throws -> [IndicatorEvidence] {
    let tally = try tally()
    let found = tally.evaluated(ids).first { $0.serverID == server }?.1 ?? []
    return found.flatMap { tally.evidence(server, $0) }
  }

  func deviation(_ server: String) throws -> Deviation {
    let tally = try tally()
    let found = tally.evaluated(ids).first { $0.serverID == server }?.1 ?? []
    let score = DeviationScore(
      assumptions: ScoreAssumptions(try .defaults()), hasTwoOccasions: tally.hasTwoOccasions)
    return score.deviation(serverID: server, found)
  }

  /// Servers of which anything is said that flags.
  func flagged() throws -> [String] {
    try ids.sorted().filter { try deviation($0).flagged }
  }
}
