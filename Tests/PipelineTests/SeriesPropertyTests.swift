import Artifact
import Featurizing
import Foundation
import Normalizing
import Records
import StageKit
import TestSupport
import Testing

/// What holds of everything that is derived from a series, whatever the series.
struct SeriesPropertyTests {
  private static let seeds: [UInt64] = Soak.isOn ? [1, 2, 3, 4, 5, 6] : [1, 2]
  private static let features = [
    "behaviours", "coverage", "events", "features", "listing_survival", "listings", "profiles",
    "reliability", "service_times", "signatures", "timelines",
  ]

  /// A series, normalized and featurized in a folder.
  private struct Derived {
    let folder: TemporaryFolder

    init(_ scans: [RawScan]) throws {
      folder = try TemporaryFolder()
      let (raw, normalized) = (folder.file("raw"), folder.file("normalized"))
      for scan in scans { try scan.write(raw: raw) }
      try StageRunner(NormalizeStage.identity, NormalizeParameters.self, try .embedded())
        .run(output: normalized) { parameters, context in
          var stage = try NormalizeStage(parameters, geoip: [], context: context)
          try stage.run(raw: raw)
        }
      try StageRunner(FeaturizeStage.identity, FeaturizeParameters.self, try .embedded())
        .run(output: folder.file("features")) { parameters, context in
          var stage = FeaturizeStage(parameters, context: context)
          try stage.run(normalized: normalized)
        }
    }

    /// Digest of every artifact's content, by folder and name.
    func digests() throws -> [String: String] {
      var digests: [String: String] = [:]
      for (folder, stage) in [("normalized", "normalize"), ("features", "featurize")] {
        let manifest = try StageManifest(path: self.folder.file("\(folder)/\(stage).manifest.json"))
        for output in manifest.outputs {
          digests["\(folder)/\(output.name)"] = output.contentSHA256
        }
      }
      return digests
    }

    func rows<Row: ArtifactRow>(_ type: Row.Type, _ place: String = "features") throws -> [Row] {
      try ArtifactReader<Row>(folder: folder.file(place)).all()
    }

    /// The lines of a table of features, without its header.
    func lines(_ name: String) throws -> [String] {
      let source = try ByteSource(path: folder.file("features/\(name).csv.gz"))
      var bytes: [UInt8] = []
      while let chunk = try source.next() { bytes += chunk }
      return String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst()
        .map(String.init)
    }

    func servers() throws -> Set<String> { Set(try rows(FeatureVector.self).map(\.serverID)) }
  }

  @Test(arguments: seeds)
  func `the order of attempts, listings, look-ups and peers changes no byte`(seed: UInt64) throws {
    var series = SeededSeries(seed: seed)
    let plain = try Derived(series.rawScans())
    series.order = seed + 77
    let shuffled = try Derived(series.rawScans())
    let scan = "raw/\(SeededSeries.scans[0])"
    #expect(try plain.rows(Connection.self, scan) != shuffled.rows(Connection.self, scan))
    let first = try plain.digests()
    #expect(try shuffled.digests() == first)
    #expect(first.count > 24 && first.keys.contains("features/listings.csv.gz"))
  }

  @Test(arguments: seeds)
  func `what is listed twice changes how often it was said, and nothing else`(seed: UInt64) throws {
    var series = SeededSeries(seed: seed)
    let once = try Derived(series.rawScans())
    series.repeats = 3
    let often = try Derived(series.rawScans())
    for name in Self.features { #expect(try once.lines(name) == often.lines(name), "\(name)") }
    for scan in SeededSeries.scans {
      let place = "normalized/\(scan)"
      #expect(try once.rows(Endpoint.self, place) == often.rows(Endpoint.self, place))
      func servers(_ derived: Derived) throws -> [Server] {
        try derived.rows(Server.self, place).map { server in
          var server = server
          server.peersReturned = nil
          return server
        }
      }
      #expect(try servers(once) == servers(often))
      let counts = try (once.rows(Advertisement.self, place), often.rows(Advertisement.self, place))
      #expect(counts.0.count == counts.1.count && !counts.0.isEmpty)
      for (one, three) in zip(counts.0, counts.1) {
        var expected = one
        expected.count *= 3
        #expect(three == expected)
      }
    }
  }

  /// The vectors and profiles of servers without what others have a part in.
  private func own(
    _ derived: Derived, of known: Derived, without hidden: Set<Feature> = []
  ) throws -> [String] {
    let known = try known.servers()
    func hide(_ features: inout FeatureSet) {
      for feature in Feature.allCases
      where feature.dependsOnOthers || hidden.contains(feature) {
        features[feature] = .absent
      }
    }
    let vectors = try derived.rows(FeatureVector.self).filter { known.contains($0.serverID) }
    let profiles = try derived.rows(FeatureProfile.self).filter { known.contains($0.serverID) }
    return vectors.map { row in
      var row = row
      hide(&row.features)
      return RowEncoder.text(of: row)
    }
      + profiles.map { row in
        var row = row
        hide(&row.features)
        return RowEncoder.text(of: row)
      }
  }

  /// What a server itself says otherwise when it names one more.
  private static let peers: Set<Feature> = [.peersAdvertised, .peersSHA256, .peersSketch]

  /// Lines of the servers that are in both, and those of the tables that name no server.
  private func expectUntouched(
    _ before: Derived, _ after: Derived, without hidden: Set<Feature>
  ) throws {
    let strangers = try after.servers().subtracting(before.servers())
    #expect(strangers.count == 1)
    #expect(try before.servers().subtracting(after.servers()) == [])
    #expect(
      try own(after, of: before, without: hidden) == own(before, of: before, without: hidden))
    for name in ["coverage", "reliability", "service_times", "signatures", "timelines"] {
      let others = try after.lines(name).filter { line in !strangers.contains { line.hasPrefix($0) }
      }
      #expect(try others == before.lines(name), "\(name)")
      #expect(try after.lines(name).count > others.count)
    }
    let stranger = SeededSeries.names[SeededSeries.servers - 1]
    #expect(
      try after.lines("listings").filter { !$0.contains(stranger) } == before.lines("listings"))
  }

  @Test(arguments: seeds, [true, false])
  func `one more server, named by all or by none, changes no byte of another's features`(
    seed: UInt64, isNamed: Bool
  ) throws {
    var series = SeededSeries(seed: seed)
    series.isStrangerNamed = isNamed
    series.hasStranger = false
    let before = try Derived(series.rawScans())
    series.hasStranger = true
    try expectUntouched(
      before, try Derived(series.rawScans()), without: isNamed ? Self.peers : [])
  }

  @Test(arguments: seeds)
  func `a server that names the others falsely changes none of their features`(
    seed: UInt64
  ) throws {
    var series = SeededSeries(seed: seed)
    series.hasStranger = false
    let before = try Derived(series.rawScans())
    series.hasStranger = true
    series.strangerLies = true
    let after = try Derived(series.rawScans())
    #expect(
      try own(after, of: before, without: Self.peers)
        == own(before, of: before, without: Self.peers))
    #expect(try before.servers().isSubset(of: after.servers()))
  }

  @Test func `a probe that only another server was asked lowers coverage, and nothing else`() throws
  {
    var series = SeededSeries(seed: 1)
    series.isStrangerNamed = false
    series.hasStranger = false
    let before = try Derived(series.rawScans()).rows(FeatureVector.self)
    series.hasStranger = true
    var scans = series.rawScans()
    for scan in scans.indices {
      scans[scan].connections.append(
        .answered(
          "9.9.99.1", host: "9.9.99.1", replies: [("mempool.get_fee_histogram", "[]")]))
    }
    let after = try Derived(scans).rows(FeatureVector.self)
    for row in before where row.coverage > 0 {
      let changed = try #require(
        after.first { $0.serverID == row.serverID && $0.epoch == row.epoch })
      #expect(changed.coverage < row.coverage)
      var expected = row
      expected.coverage = changed.coverage
      for feature in Feature.allCases where feature.dependsOnOthers {
        expected.features[feature] = changed.features[feature]
      }
      #expect(changed == expected)
    }
  }

  /// The scans of the committed capture, without attempts at some endpoints.
  private func capture(without endpoints: Set<String> = []) throws -> [RawScan] {
    let raw = PackageRoot.path("Tests/PipelineTests/Capture/raw")
    return try SeriesIndex(folder: raw).scans.map { name in
      let folder = "\(raw)/\(name)"
      var scan = RawScan(name)
      scan.connections = try ArtifactReader<Connection>(folder: folder).all()
        .filter { !endpoints.contains($0.endpointID) }
      scan.certificates = try ArtifactReader<CertificateEvidence>(folder: folder).all()
      scan.listings = try ArtifactReader<Listing>(folder: folder).all()
      scan.resolutions = try ArtifactReader<NameResolution>(folder: folder).all()
      scan.observation =
        try StageManifest(path: folder + "/collect.manifest.json").lineage.observation
        ?? scan.observation
      return scan
    }
  }

  @Test(arguments: Soak.isOn ? [3, 11, 19] : [11])
  func `a server of the simulated network that is not asked changes no other's features`(
    place: Int
  ) throws {
    let all = try Derived(capture())
    let scans = try SeriesIndex(folder: all.folder.file("raw")).scans
    let reached = try all.rows(FeatureProfile.self).filter(\.reached).map(\.serverID)
    let chosen = reached[place % reached.count]
    let endpoints = try scans.flatMap { try all.rows(Endpoint.self, "normalized/\($0)") }
    let own = Set(endpoints.filter { $0.serverID == chosen }.map(\.endpointID))
    let fewer = try Derived(capture(without: own))
    // Endpoints that are only listed may fall apart into servers that are new, or be named by nobody.
    let answered = Set(reached).subtracting([chosen])
    let others = try all.rows(FeatureVector.self).filter { answered.contains($0.serverID) }
    let ids = Set(others.map(\.serverID))
    let after = try fewer.rows(FeatureVector.self).filter { ids.contains($0.serverID) }
    #expect(after.map(\.serverID) == others.map(\.serverID))
    for (one, other) in zip(others, after) {
      var expected = one
      for feature in Feature.allCases where feature.dependsOnOthers {
        expected.features[feature] = other.features[feature]
      }
      #expect(expected == other)
    }
    #expect(try all.lines("features") != fewer.lines("features"))
    #expect(others.count > 20)
  }
}
