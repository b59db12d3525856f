import Featurizing
import Records
import TestSupport
import Testing

/// A probe that was not asked makes its values unknown and nothing else.
struct RemovedProbeTests: FeaturizedScans {
  /// What a probe alone tells: its features, and the columns of the server's row.
  struct Source: Sendable, CustomTestStringConvertible {
    let probe: String
    let features: Set<Feature>
    let hide: @Sendable (inout Server) -> Void

    var testDescription: String { probe }
  }

  /// Made of all probes that were answered: another set of probes is another value.
  static let combined: Set<Feature> = [.behaviourSignature, .probesCovered]

  static let sources = [
    Source(
      probe: "server.banner",
      features: [.bannerMaskSHA256, .bannerIsDefault, .bannerIsOrdinary, .contacts]
    ) {
      ($0.banner, $0.bannerStatus) = (nil, .unknown)
    },
    Source(
      probe: "server.donation_address", features: [.donationCustom, .donationIsDefault, .contacts]
    ) { ($0.donationAddress, $0.donationStatus) = (nil, .unknown) },
    Source(
      probe: "server.features",
      features: [
        .protocolMin, .protocolMax, .genesisHash, .pruning, .hostsClaimed, .hostsPorts, .hostsKinds,
      ]
    ) {
      ($0.protocolMin, $0.protocolMax, $0.genesisHash) = (nil, nil, nil)
      ($0.pruning, $0.hostsClaimed, $0.hostsPorts) = (nil, [], [])
    },
    Source(probe: "blockchain.headers.subscribe", features: [.tipHeight, .tipHash]) {
      ($0.tipHeight, $0.tipHash) = (nil, nil)
    },
    Source(
      probe: "server.peers.subscribe",
      features: [.peersAdvertised, .peersSHA256, .peersSketch, .advertisesItself]
    ) {
      let firstHeardFrom = $0.peerFacts.firstHeardFrom
      ($0.peersReturned, $0.peerFacts) = (nil, PeerFacts())
      $0.peerFacts.firstHeardFrom = firstHeardFrom
    },
    Source(
      probe: "mempool.get_info", features: [.relayFee, .incrementalRelayFee, .fullRBF]
    ) { _ in },
    Source(probe: "malformed.batch", features: [.batches]) { _ in },
    Source(probe: "limits.batch-12", features: [.batchesOf12]) { _ in },
    Source(probe: "history.burn-small", features: [.historyRefusedFrom]) { _ in },
  ]

  private func rich() -> Server {
    var server = server("s1", banner: "my own", status: .value)
    (server.serverVersionText, server.software) = ("ElectrumX 1.18.0", "ElectrumX")
    server.softwareVersion = "1.18.0"
    (server.donationStatus, server.donationAddress) = (.value, "bc1qexample")
    (server.protocolMin, server.protocolMax, server.genesisHash) = ("1.4", "1.4.3", "00")
    (server.hostsClaimed, server.hostsPorts) = (["a.example"], ["ssl:50002"])
    (server.tipHeight, server.tipHash) = (100, "00")
    (server.peersReturned, server.peerFacts.advertised) = (2, 2)
    (server.peerFacts.sha256, server.peerFacts.sketch) = ("aa", ["00", "11"])
    (server.peerFacts.advertisesItself, server.peerFacts.firstHeardFrom) = (true, .bootstrap)
    server.names = ["a.example"]
    server.verifiedNames = ["a.example"]
    server.registrableDomains = ["a.example"]
    return server
  }

  private func features(without removed: Source?, asked: Bool = true) throws -> FeatureSet {
    var server = rich()
    removed.map { $0.hide(&server) }
    let probes = ["server.version"] + Self.sources.map(\.probe)
    let exchanges = probes.enumerated().compactMap { index, probe -> ExchangeRecord? in
      guard probe == removed?.probe else {
        return exchange("s1", probe, .answered, sequence: index + 1)
      }
      return asked ? exchange("s1", probe, .replyTimedOut, sequence: index + 1) : nil
    }
    var node = BackendView(endpointID: "e_s1", serverID: "s1").with {
      $0.attempt = 1
    }
    (node.relayFee, node.incrementalRelayFee, node.fullRBF) = (1, 0.1, true)
    let stage = try featurize(
      [("20260102T030405Z-a", [server], exchanges)],
      backends: removed?.probe == "mempool.get_info" ? [] : [node])
    return try #require(try stage.rows(FeatureVector.self, "features").first).features
  }

  @Test(arguments: sources)
  func `its features are unknown for what came of it, the others as they were`(source: Source)
    throws
  {
    let whole = try features(without: nil)
    for (asked, reason) in [(true, UnknownReason.outcome(.replyTimedOut)), (false, .notAsked)] {
      let rest = try features(without: source, asked: asked)
      for feature in Feature.allCases where !Self.combined.contains(feature) {
        if source.features.contains(feature) {
          #expect(whole[feature].isKnown, "\(feature)")
          #expect(rest[feature] == .unknown(reason), "\(feature)")
        } else {
          #expect(rest[feature] == whole[feature], "\(feature)")
        }
      }
      #expect(rest[.behaviourSignature] != whole[.behaviourSignature])
    }
  }

  @Test func `what was answered without the value is absent, not unknown`() throws {
    let whole = try features(without: nil)
    #expect(whole[.pruning] == .absent)
    #expect(whole[.throttledAfter] == .absent)
    #expect(whole[.methodsRefused] == .absent)
  }

  @Test func `two scans of one epoch are one row, whose value is the last that is known`() throws {
    var second = server("s1", outcome: .connectTimedOut)
    second.addresses = ["9.9.9.9"]
    let stage = try featurize([
      ("20260102T030405Z-a", [rich()], [exchange("s1", "server.version", .answered)]),
      ("20260102T050405Z-tor", [second], []),
    ])
    let rows = try stage.rows(FeatureVector.self, "features")
    #expect(rows.map(\.epoch) == ["20260102T030405Z-a"])
    #expect(rows.map(\.epochStart) == ["2026-01-02T00:00:00Z"])
    #expect(rows[0].features[.software] == .text("ElectrumX"))
    #expect(rows[0].scans == 2 && rows[0].scansAnswered == 1 && rows[0].reached)
  }
}
