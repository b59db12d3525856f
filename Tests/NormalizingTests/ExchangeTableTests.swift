import Artifact
import Geolocation
import Records
import ServerTexts
import StageKit
import TestSupport
import Testing

@testable import Normalizing

/// The table of exchanges.
struct ExchangeTableTests {
  private static func row(_ endpoint: String, _ attempt: Int, _ sequence: Int) -> ExchangeRecord {
    ExchangeRecord(
      endpointID: endpoint, serverID: "", probe: "server.ping", outcome: .answered
    ).with {
      $0.attempt = attempt
      $0.sequence = sequence
    }
  }

  @Test
  func `rows get their server and protocol as they are written, in order, and are not kept twice`()
    throws
  {
    var table = ExchangeTable()
    for (endpoint, attempt) in [("e_b", 2), ("e_a", 1), ("e_b", 1), ("e_b", 10)] {
      for sequence in 1...12 { table.append(Self.row(endpoint, attempt, sequence)) }
    }
    #expect(table.count == 48)
    let folder = try TemporaryFolder()
    let writer = try ArtifactWriter<ExchangeRecord>(folder: folder.path, threads: 1)
    try table.write(
      to: writer, serverOf: ["e_a": "s_1"],
      negotiated: [ReplyEvidence.Attempt(Self.row("e_b", 2, 1)): "1.6"])
    let content = try writer.finish().content
    #expect(content.rows == 48)
  }

  @Test func `what the tables of a scan hold beside the evidence does not grow with its exchanges`()
    throws
  {
    let few = Self.elements(try Self.tables(replies: 1))
    #expect(Self.elements(try Self.tables(replies: 500)) == few)
  }

  /// Elements of all collections of the tables.
  private static func elements(_ tables: ScanTables) -> Int {
    Mirror(reflecting: tables).children.reduce(0) { total, child in
      let mirror = Mirror(reflecting: child.value)
      return total + (mirror.displayStyle == .struct ? 0 : mirror.children.count)
    }
  }

  /// The tables of a scan of one server that answered so many pings.
  private static func tables(replies: Int) throws -> ScanTables {
    let replies = (0..<replies).map { _ in ("server.ping", "null") }
    let folder = try Normalized([RawScan("a", [.answered("9.9.9.9", replies: replies)])]).folder
    let description = try ScanDescription(scan: "a", folder: folder.file("raw/a"))
    var evidence = ScanEvidence(description, maximumTuplesPerSource: 10)
    evidence.take(.answered("9.9.9.9", replies: replies))
    evidence.readTuples()
    #expect(evidence.exchanges.count == replies.count + 1)
    var registry = ServerRegistry()
    var places = PlaceFinder(try Geolocator(paths: []))
    var software = SoftwareMemory()
    var texts = TextMemory()
    let suffixes = try #require(PublicSuffixList(path: nil, shared: SharedDomains([:])))
    return try ScanTables(
      evidence, registry: &registry, places: &places, software: &software, texts: &texts,
      suffixes: suffixes, copiedKeys: [], twins: TwinKeys())
  }
}
