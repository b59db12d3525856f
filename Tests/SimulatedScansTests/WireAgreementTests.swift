import Addressing
import ArgumentParser
import Artifact
import Collecting
import Foundation
import Records
import SimulatedNetwork
import SimulatedScans
import StageKit
import TestSupport
import Testing

/// What is written without sockets is what `collect` writes of the same network on the wire.
@Suite(.serialized)
struct WireAgreementTests {
  private static let epochs = 2

  private struct Series {
    let raw: String
    let scans: [String]

    init(raw: String) throws {
      self.raw = raw
      scans = try SeriesIndex(folder: raw).scans
    }

    func rows<Row: ArtifactRow>(_ type: Row.Type, _ scan: Int) throws -> [Row] {
      try ArtifactReader<Row>(folder: "\(raw)/\(scans[scan])").all()
    }
  }

  /// One network of the demo, scanned and written.
  private func series(_ folder: TemporaryFolder) async throws -> (wire: Series, written: Series) {
    let demo = try String(
      contentsOfFile: PackageRoot.path("datasets/scenarios/demo.json"), encoding: .utf8)
    // Asked again only when everything else has been: the order of visits is the same then.
    return try await series(
      folder,
      demo.replacingOccurrences(
        of: "cedar node cluster", with: "cedar node cluster, observatory:opt-out"),
      #"{"simulated_peer_answers":3,"simulated_peer_spacing_ms":2000}"#, epochs: Self.epochs)
  }

  private func series(
    _ folder: TemporaryFolder, _ text: String, _ parameters: String, epochs: Int
  ) async throws -> (wire: Series, written: Series) {
    let scenario = folder.file("scenario.json")
    try text.write(toFile: scenario, atomically: true, encoding: .utf8)
    let (plan, network) = try await FreeOffset.find(from: 150) { offset in
      let plan = try NetworkPlan(ScenarioFile.read(scenario).shifted(by: offset), epochs: epochs)
      return (plan, try await SimulatedNetwork.start(plan))
    }
    let world = try SimulationFolder(plan, path: folder.file("simnet"))
    try world.writeWorld()
    _ = try world.writeDescriptor()
    try parameters.write(
      toFile: folder.file("parameters.json"), atomically: true, encoding: .utf8)
    let options = try StageOptions.parse([
      "--threads", "2", "--quiet", "--parameters", folder.file("parameters.json"),
    ])
    let runner = StageRunner(ScanStage.identity, CollectParameters.self, options)
    let (wire, written) = (folder.file("wire"), folder.file("written"))
    for epoch in 0..<epochs {
      if epoch > 0 { try await network.advance(to: epoch) }
      try await runner.run(output: wire) { parameters, context async throws in
        let request = ScanRequest(output: wire, simulatedNetwork: world.descriptorPath)
        try await ScanStage(request, parameters).run(context)
      }
    }
    await network.stop()
    try await runner.run(output: written) { parameters, context async throws in
      try SeriesWriter(
        plan, epochs: epochs, descriptor: world.descriptorPath, output: written,
        parameters: parameters
      ).run(context)
    }
    return (try Series(raw: wire), try Series(raw: written))
  }

  /// With later visits, what the comparison of servers gives reason to ask, and client names.
  @Test func `a written full scan is the scanned one but for its times`() async throws {
    let folder = try TemporaryFolder()
    let text = try String(
      contentsOfFile: PackageRoot.path("Tests/SimulatedScansTests/followed.json"), encoding: .utf8)
    let (wire, written) = try await series(
      folder, text, #"{"plan":"full","simulated_silence_ms":5}"#, epochs: 1)
    let expected = try wire.rows(Connection.self, 0).map(Self.masked)
    let found = try written.rows(Connection.self, 0).map(Self.masked)
    #expect(found.map(Self.place) == expected.map(Self.place))
    for (one, other) in zip(expected, found) where one != other {
      Issue.record("\(Self.place(one)) \(one.session): \(Self.differences(one, other))")
    }
    let asked = Set(expected.flatMap { $0.exchanges.filter { $0.outcome.isTested }.map(\.probe) })
    for probe in [
      "second.history.p2wpkh", "second.proof.1", "second.proof.1.header", "second.unconfirmed.1",
      "second.parent.1.1", "second.fork.109", "client.ours.server.banner",
      "client.wallet-again.server.banner", "third.estimatefee.144",
    ] {
      #expect(asked.contains(probe), "\(probe)")
    }
    // Both names once more, the second visit's corroboration: only where there is reason to.
    let repeated = Set(expected.filter { $0.session == "client.ours" }.map(\.address))
    #expect(repeated.count == 1)
    let forked = Set(
      expected.filter { $0.exchanges.contains { $0.probe.hasPrefix("second.fork.") } }
        .map(\.address))
    #expect(forked.count == 2)
  }

  @Test func `a written series is the scanned one but for its times`() async throws {
    let folder = try TemporaryFolder()
    let (wire, written) = try await series(folder)
    #expect(wire.scans.count == Self.epochs)
    try #require(written.scans.count == Self.epochs)
    for epoch in 0..<Self.epochs {
      let expected = try wire.rows(Connection.self, epoch).map(Self.masked)
      let found = try written.rows(Connection.self, epoch).map(Self.masked)
      #expect(expected.count > 100)
      #expect(expected.contains { $0.session == "peers" })
      try checkOptOuts(wire, epoch)
      #expect(found.map(Self.place) == expected.map(Self.place))
      for (one, other) in zip(expected, found) where one != other {
        Issue.record("epoch \(epoch), \(Self.place(one)): \(Self.differences(one, other))")
      }
      #expect(
        try written.rows(CertificateEvidence.self, epoch)
          == wire.rows(CertificateEvidence.self, epoch))
      #expect(
        try written.rows(NameResolution.self, epoch).map(Self.masked)
          == wire.rows(NameResolution.self, epoch).map(Self.masked))
      #expect(
        try written.rows(Listing.self, epoch).map(Self.masked)
          == wire.rows(Listing.self, epoch).map(Self.masked))
    }
  }

  /// Whoever said so in the first scan is not contacted in the second.
  private func checkOptOuts(_ series: Series, _ epoch: Int) throws {
    let memory = try String(contentsOfFile: series.raw + "/opted-out.txt", encoding: .utf8)
    let addresses = Set(
      memory.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
        .filter { IPAddress($0) != nil })
    let rows = try series.rows(Connection.self, epoch).filter { addresses.contains($0.address) }
    #expect(!addresses.isEmpty && !rows.isEmpty)
    #expect(rows.contains { $0.outcome == .untestedOptedOut })
    #expect(rows.contains { $0.outcome.isTested } == (epoch == 0))
  }

  /// Column and both values, of each column that differs.
  private static func differences(_ wire: Connection, _ written: Connection) -> String {
    zip(Mirror(reflecting: wire).children, Mirror(reflecting: written).children)
      .filter { "\($0.value)" != "\($1.value)" }
      .map { "\($0.label ?? ""): \("\($0.value)".suffix(900)) | \("\($1.value)".suffix(900))" }
      .joined(separator: "\n")
  }

  private static func place(_ row: Connection) -> String {
    "\(row.network.rawValue) \(row.address) \(row.host) \(row.port) \(row.transport.rawValue)"
  }

  /// Without times; received bytes in one piece, since where chunks end depends on time; without
  /// the words for a connection that a server closed, for which the kernel may say FIN or RST; and
  /// replies in the order of their bytes, since those that take long may be overtaken;
  /// of servers that pad, without the padding: what shares a packet depends on a timer of a second;
  /// of a server that has had enough of us, without the requests it never read: how many had left
  /// by then depends on time.
  private static func masked(_ row: Connection) -> Connection {
    var row = row
    row.startedAt = nil
    row.connectMicroseconds = nil
    row.durationMicroseconds = nil
    row.resolveMicroseconds = row.resolveMicroseconds.map { _ in 0 }
    row.roundTripMicroseconds = nil
    row.tls?.durationMicroseconds = nil
    for index in row.exchanges.indices {
      row.exchanges[index].serviceMicroseconds = nil
      row.exchanges[index].paddingBytes = row.exchanges[index].paddingBytes.map { _ in 0 }
      row.exchanges[index].delay = row.exchanges[index].delay.map { _ in .absent }
      row.exchanges[index].firstByteMicroseconds = row.exchanges[index].firstByteMicroseconds.map {
        _ in 0
      }
      row.exchanges[index].lastByteMicroseconds = row.exchanges[index].lastByteMicroseconds.map {
        _ in 0
      }
      row.exchanges[index].line = row.exchanges[index].line.map { _ in 0 }
      row.exchanges[index].sentMicroseconds = row.exchanges[index].sentMicroseconds.map { _ in 0 }
    }
    row.sent = joined(row.sent)
    row.received = joined(row.received)
    let text = Array(Data(base64Encoded: row.received.first?.dataBase64 ?? "") ?? Data())
    var lines = text.split(separator: UInt8(ascii: "\n")).map(withoutPadding)
    if row.session == "odd" {
      // Whether the last fence's answer is still read depends on time.
      lines.removeAll { String(decoding: $0, as: UTF8.self).contains("10000") }
      row.bytesReceived = 0
    }
    if lines.reduce(0, { $0 + $1.count + 1 }) < text.count { row.bytesReceived = 0 }
    row.received = lines.map { String(decoding: $0, as: UTF8.self) }.sorted()
      .map { line in Chunk().with { $0.data = line } }
    if row.outcome == .closedNoReply || row.outcome == .tlsClosed { row.detail = "" }
    if row.exchanges.contains(where: { $0.outcome == .throttled }) {
      row.detail = ""
      row.exchanges.removeAll { $0.line == nil }
      row.bytesSent = 0
      row.sent = []
    }
    return row
  }

  /// A line without the spaces before its last bracket.
  private static func withoutPadding(_ line: ArraySlice<UInt8>) -> [UInt8] {
    guard line.last == UInt8(ascii: "}") else { return Array(line) }
    let kept = line.dropLast().reversed().drop { $0 == UInt8(ascii: " ") }
    return Array(kept.reversed()) + [UInt8(ascii: "}")]
  }

  private static func joined(_ chunks: [Chunk]) -> [Chunk] {
    let bytes = chunks.flatMap { chunk -> [UInt8] in
      if let text = chunk.data { return Array(text.utf8) }
      return Array(Data(base64Encoded: chunk.dataBase64 ?? "") ?? Data())
    }
    return [
      Chunk().with {
        $0.dataBase64 = Data(bytes).base64EncodedString()
      }
    ]
  }

  private static func masked(_ row: NameResolution) -> NameResolution {
    var row = row
    row.resolveMicroseconds = 0
    return row
  }

  private static func masked(_ row: Listing) -> Listing {
    var row = row
    row.heardAt = nil
    return row
  }
}
