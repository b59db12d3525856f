import Foundation
import Records
import StageKit
import TestSupport
import Testing

@testable import Scoring

@Suite("Indicators say what was seen, and nothing where nothing was")
struct IndicatorTests {
  private func evidence(
    _ id: String, height: Int? = nil, valid: Bool? = true, genesis: String? = nil,
    banner: String? = nil, errors: [String] = [], software: String? = nil, keys: String? = nil
  ) -> ServerEvidence {
    var features = FeatureSet(unknown: .outcome(.untestedSkipped))
    software.map { features[.software] = .text($0) }
    var evidence = ServerEvidence(
      FeatureProfile(serverID: id, firstScan: "a", lastScan: "a").with {
        $0.scans = 1
        $0.scansAnswered = 1
        $0.reached = true
        $0.coverage = 1
        $0.features = features
      })
    if let height {
      evidence.take(
        ChainView(endpointID: "e", serverID: id).with {
          $0.attempt = 1
          $0.height = height
          $0.headerHash = "h"
          $0.workValid = valid
        }, scan: "a")
    }
    evidence.take(
      Server(
        serverID: id, outcome: .answered, bannerStatus: banner == nil ? .unknown : .value,
        donationStatus: .unknown
      ).with {
        $0.endpoints = 1
        $0.reached = true
        $0.genesisHash = genesis
        $0.banner = banner
      }, scan: "a")
    for error in errors {
      evidence.take(exchange(id, error: error, keys: "jsonrpc,error,id"))
    }
    if let keys { evidence.take(exchange(id, error: nil, keys: keys)) }
    return evidence
  }

  /// Of a scan whose parameters name the network with this genesis.
  private func consensus(
    _ servers: [ServerEvidence], operatorOf: [String: String] = [:],
    chain: ScanChain = ScanChain(genesisHash: "22")
  ) -> NetworkConsensus {
    NetworkConsensus(servers, operatorOf: operatorOf, chains: ["a": chain])
  }

  private func exchange(_ id: String, error: String?, keys: String) -> ExchangeRecord {
    ExchangeRecord(
      endpointID: "e", serverID: id, probe: "p", outcome: error == nil ? .answered : .replyError
    ).with {
      $0.attempt = 1
      $0.sequence = 1
      $0.errorMessage = error
      $0.keyOrder = keys
    }
  }

  /// Status of `rule` by server.
  private func statuses(
    _ servers: [ServerEvidence], _ rule: IndicatorRule, operatorOf: [String: String] = [:],
    chain: ScanChain = ScanChain(genesisHash: "22")
  ) throws -> [String: IndicatorStatus] {
    let evaluator = IndicatorEvaluator(
      parameters: try .defaults(),
      consensus: consensus(servers, operatorOf: operatorOf, chain: chain))
    var found: [String: IndicatorStatus] = [:]
    for server in servers {
      for indicator in evaluator.indicators(of: server) where indicator.indicator == rule.id.text {
        found[server.profile.serverID] = indicator.status
      }
    }
    return found
  }

  @Test("A server that nobody could ask anything is unknown in every indicator")
  func unknown() throws {
    let evaluator = IndicatorEvaluator(
      parameters: try .defaults(), consensus: consensus([]))
    let indicators = evaluator.indicators(of: evidence("s"))
    #expect(indicators.count == IndicatorRule.all.count)
    #expect(indicators.allSatisfy { $0.status == .unknown && $0.nats == nil })
    let deviation = DeviationScore(parameters: try .defaults()).deviation(serverID: "s", indicators)
    #expect(deviation.coverage == 0 && deviation.score == nil)
    #expect(deviation.verdict == .insufficient)
  }

  @Test("A header without work is a proved deviation, whatever the coverage")
  func invalidHeader() throws {
    let servers = [evidence("s1", height: 9), evidence("s2", height: 9, valid: false)]
    #expect(
      try statuses(servers, IndicatorRule.invalidHeader) == ["s1": .passed, "s2": .fired])
    let evaluator = IndicatorEvaluator(
      parameters: try .defaults(), consensus: consensus(servers))
    let deviation = DeviationScore(parameters: try .defaults())
      .deviation(serverID: "s2", evaluator.indicators(of: servers[1]))
    #expect(deviation.verdict == .proved)
    #expect(deviation.score == nil, "most indicators were not evaluated")
  }

  @Test("A tip lags only against the network's median, one vote an operator")
  func staleTip() throws {
    let servers = [
      evidence("s1", height: 100), evidence("s2", height: 99), evidence("s3", height: 101),
      evidence("s4", height: 90),
    ]
    #expect(
      try statuses(servers, IndicatorRule.staleTip)
        == ["s1": .passed, "s2": .passed, "s3": .passed, "s4": .fired])
    let fleet = servers + (0..<9).map { evidence("f\($0)", height: 50) }
    let operatorOf = Dictionary(uniqueKeysWithValues: (0..<9).map { ("f\($0)", "fleet") })
    #expect(consensus(fleet, operatorOf: operatorOf).tips["a"]?.height == 99)
    #expect(consensus(fleet).tips["a"]?.height == 50)
  }

  @Test("Another genesis than the network's fires, and its height is not compared")
  func genesis() throws {
    let servers = [
      evidence("s1", height: 100, genesis: "22"), evidence("s2", height: 100, genesis: "22"),
      evidence("s3", height: 5, genesis: "11"),
    ]
    #expect(
      try statuses(servers, IndicatorRule.otherGenesis)
        == ["s1": .passed, "s2": .passed, "s3": .fired])
    #expect(try statuses(servers, IndicatorRule.staleTip)["s3"] == .unknown)
  }

  @Test func `however many tell another genesis, the network that was named decides`() throws {
    let liars = (0..<9).map { evidence("l\($0)", genesis: "11") }
    let found = try statuses(liars + [evidence("s1", genesis: "22")], IndicatorRule.otherGenesis)
    #expect(found["s1"] == .passed)
    #expect(liars.allSatisfy { found[$0.profile.serverID] == .fired })
  }

  @Test func `a hash of zeros names no block`() throws {
    let servers = [evidence("s1", genesis: String(repeating: "0", count: 64))]
    #expect(try statuses(servers, IndicatorRule.otherGenesis) == ["s1": .unknown])
  }

  @Test func `a scan of an unknown network accuses nobody of another genesis`() throws {
    let servers = [evidence("s1", genesis: "22"), evidence("s2", genesis: "11")]
    let found = try statuses(
      servers, IndicatorRule.otherGenesis, chain: ScanChain(genesisHash: nil))
    #expect(found == ["s1": .unknown, "s2": .unknown])
  }

  @Test func `in a scan of another chain nobody is judged by the chain, and the rows say why`()
    throws
  {
    let servers =
      (0..<5).map { evidence("t\($0)", height: 50, genesis: "11") }
      + [evidence("s", height: 9, valid: false, genesis: "22")]
    let other = ScanChain(genesisHash: "22", isOther: true)
    let evaluator = IndicatorEvaluator(
      parameters: try .defaults(), consensus: consensus(servers, chain: other))
    for server in servers {
      let rows = evaluator.indicators(of: server)
      for rule in IndicatorRule.all where rule.dependsOnChain {
        let row = rows.first { $0.indicator == rule.id.text }
        #expect(row?.status == .unknown)
        #expect(row?.unknownReason == .otherChain)
      }
      #expect(rows.allSatisfy { ($0.status == .unknown) == ($0.unknownReason != nil) })
    }
  }

  @Test func `a tie of two operators about the tip lets nobody lag`() throws {
    let servers = [evidence("s1", height: 100), evidence("s2", height: 50)]
    #expect(
      try statuses(servers, IndicatorRule.staleTip) == ["s1": .passed, "s2": .passed])
  }

  @Test func `one odd server of a fleet does not speak for it`() throws {
    // Two operators at 100; a fleet of forty, of which one server is at 900.
    let fleet = (0..<40).map { evidence("f\($0)", height: $0 == 0 ? 900 : 100) }
    let servers = [evidence("s1", height: 100), evidence("s2", height: 100)] + fleet
    let operatorOf = Dictionary(uniqueKeysWithValues: (0..<40).map { ("f\($0)", "fleet") })
    let found = try statuses(servers, IndicatorRule.staleTip, operatorOf: operatorOf)
    #expect(found.values.allSatisfy { $0 == .passed })
  }

  @Test("Texts that send users to a download fire; ordinary ones do not")
  func phishing() throws {
    let servers = [
      evidence("s1", banner: "Update now: https://electrum.evil.example/setup.exe"),
      evidence("s2", banner: "Download Electrum at https://electrum.org/ only"),
      evidence("s3", banner: "status page https://example.org"),
      evidence("s4", errors: ["unknown method \"foo\""]),
      evidence("s5", errors: ["Please update: <a href=x>electrum</a>"]),
    ]
    let banners = try statuses(servers, IndicatorRule.phishingBanner)
    #expect(banners["s1"] == .fired && banners["s2"] == .passed && banners["s3"] == .passed)
    #expect(banners["s4"] == .unknown)
    let errors = try statuses(servers, IndicatorRule.phishingError)
    #expect(errors["s4"] == .passed && errors["s5"] == .fired && errors["s1"] == .unknown)
  }

  @Test("A claim that the wire style contradicts fires")
  func shape() throws {
    let servers = [
      evidence("s1", software: "Fulcrum", keys: "jsonrpc,result,id"),
      evidence("s2", software: "ElectrumX", keys: "jsonrpc,result,id"),
      evidence("s3", software: "unknown", keys: "z"),
    ]
    #expect(
      try statuses(servers, IndicatorRule.shapeMismatch)
        == ["s1": .fired, "s2": .passed, "s3": .unknown])
  }

  @Test("The rule book has every rule of the folder once, in the order of numbers")
  func ruleBook() throws {
    let ids = IndicatorRule.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids == ids.sorted())
    let files = try FileManager.default.contentsOfDirectory(
      atPath: PackageRoot.path("Sources/Scoring/Indicators"))
    #expect(ids.count == files.count)
    #expect(IndicatorRule.all.allSatisfy { $0.capNats > 0 && !$0.statement.isEmpty })
    #expect(Set(IndicatorRule.all.map(\.group)) == Set(IndicatorGroup.allCases))
  }

  @Test("A rule is evaluated where it has an evaluation, and only those say anything of a server")
  func evaluated() throws {
    let evaluated = IndicatorRule.all.filter(\.isEvaluated).map(\.id.text)
    #expect(
      evaluated == [
        "I3.invalid-header", "I3.other-genesis", "I4.stale-tip", "I11.phishing-error-text",
        "I12.banner-wallet-download", "I19.shape-contradicts-claim",
      ])
  }
}
