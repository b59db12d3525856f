import Addressing
import Artifact
import Foundation
import Records
import SimulatedTLS
import TLSChannel
import TestSupport
import Testing

/// An onion service and a clearnet server that share a key and do not say so: nothing that is derived,
/// and nothing that is published, gives them away.
struct WithheldTwinTests {
  private static let onion =
    OnionName(publicKey: [UInt8](repeating: 7, count: 32))?.text ?? "no onion name"
  private static let clear = "9.9.1.1"
  private static let scans = ["20260101T000000Z-a", "20260201T000000Z-a"]

  private struct Shown {
    let evidence: CertificateEvidence
    let key: String

    init(_ serial: [UInt8], _ key: PrivateKey) throws {
      let certificate = try CertificateTemplate(
        subject: [.init("CN", "localhost")], alternativeNames: [], notBefore: 1_700_000_000,
        notAfter: 1_800_000_000, serial: serial
      ).selfSigned(by: key)
      let summary = try CertificateSummary(der: certificate.der)
      evidence = CertificateEvidence(sha256: summary.sha256).with {
        $0.derBase64 = Data(certificate.der).base64EncodedString()
      }
      self.key = summary.spkiSHA256
    }

    var facts: TLSFacts {
      TLSFacts().with {
        $0.chain = [evidence.sha256]
        $0.cipher = "TLS_AES_256_GCM_SHA384"
        $0.group = "x25519"
        $0.sessionTicket = true
        $0.signatureAlgorithm = "ECDSA+SHA256"
        $0.ticketLifetimeSeconds = 7_243
        $0.version = "TLSv1.3"
      }
    }
  }

  private static func answered(
    _ address: String, _ shown: Shown?, port: Int = 50002, hosts: [String]
  ) -> Connection {
    let named = hosts.map { #""\#($0)":{"ssl_port":50002}"# }.joined(separator: ",")
    var connection = Connection.answered(
      address, port: port, transport: .ssl,
      replies: [
        (
          "server.features",
          #"{"hosts":{\#(named)},"genesis_hash":"00","protocol_min":"1.4","protocol_max":"1.4.2"}"#
        ), ("blockchain.headers.subscribe", #"{"height":100,"hex":"00"}"#),
      ])
    connection.tls = shown?.facts
    return connection
  }

  /// All tables, decompressed, by their path.
  private static func texts(_ folder: String) throws -> [(path: String, lines: [String])] {
    let files = try #require(FileManager.default.enumerator(atPath: folder))
    return try files.compactMap { $0 as? String }.sorted().compactMap { path in
      let full = folder + "/" + path
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder),
        !isFolder.boolValue
      else { return nil }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/gzip")
      process.arguments = path.hasSuffix(".gz") ? ["-dc", full] : ["-dcf", full]
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let data = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      let text = String(decoding: data, as: UTF8.self)
      return (path, text.split(separator: "\n").map(String.init))
    }
  }

  private static func derive(_ scans: [RawScan]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for scan in scans { try scan.write(raw: folder.file("raw")) }
    try Pipeline(folder: folder.path).derive(geoip: nil, threads: 1)
    try Pipeline.run(
      "publish",
      [
        "--raw", folder.file("raw"), "--normalized", folder.file("normalized"), "--features",
        folder.file("features"), "--clusters", folder.file("clusters"), "--scores",
        folder.file("scores"), "--output", folder.file("published/v1"), "--quiet",
      ])
    return folder
  }

  private static let derived = ["normalized", "features", "clusters", "scores", "published"]

  @Test(arguments: [false, true])
  func `no derived row and no published one joins them, whichever scan showed the key`(
    together: Bool
  ) throws {
    let key = try PrivateKey(.ecP256)
    // One certificate for both, and one of the onion service's own over the same key.
    let (common, own) = (try Shown([1, 2, 3], key), try Shown([4, 5, 6], key))
    var first = RawScan(Self.scans[0])
    var second = RawScan(Self.scans[1])
    let onions = [
      Self.answered(Self.onion, common, hosts: [Self.onion]),
      Self.answered(Self.onion, own, port: 50003, hosts: [Self.onion]),
    ]
    let clear = Self.answered(Self.clear, common, hosts: [Self.clear])
    first.connections = onions + (together ? [clear] : [])
    first.certificates = [common.evidence, own.evidence]
    second.connections = [clear] + (together ? onions : [])
    second.certificates = [common.evidence, own.evidence]
    let folder = try Self.derive([first, second])

    let scan = folder.file("normalized/\(Self.scans[0])")
    let endpoints = try ArtifactReader<Endpoint>(folder: scan).all()
      .filter { $0.network == .onion }
    #expect(endpoints.count == 2)
    for endpoint in endpoints {
      #expect(endpoint.certificateSHA256 == nil)
      #expect(endpoint.handshake == HandshakeFacts().with { $0.withheld = "withheld.twin" })
      #expect(endpoint.tlsVersion == "TLSv1.3")
    }
    let onionIDs = Set(endpoints.flatMap { [$0.endpointID, $0.serverID] } + [Self.onion])
    let secrets = [common.evidence.sha256, common.key]
    var met: Set<String> = []
    for part in Self.derived {
      for (path, lines) in try Self.texts(folder.file(part)) {
        for line in lines {
          #expect(!line.contains(own.evidence.sha256), "\(part)/\(path): the onion's own")
          guard let secret = secrets.first(where: { line.contains($0) }) else { continue }
          met.insert(part)
          #expect(!onionIDs.contains { line.contains($0) }, "\(part)/\(path): \(line)")
          #expect(together || !path.contains(Self.scans[0]), "\(part)/\(path) has \(secret)")
        }
      }
    }
    #expect(
      met.isSuperset(of: ["normalized", "features"]), "the clearnet server's own rows have it")
    // An id is a hash over its anchor: that of a key would tell who has it.
    for endpoint in endpoints {
      for secret in secrets {
        let id = Identifier.server(anchor: "spki:\(secret)|\(endpoint.endpointID)")
        #expect(!onionIDs.contains(id))
      }
    }
    let manifest = try String(
      contentsOfFile: folder.file("normalized/normalize.manifest.json"), encoding: .utf8)
    #expect(manifest.contains(#""withheld.twin": \#(together ? 4 : 2)"#))
    let raw = try Self.texts(folder.file("raw/\(Self.scans[0])"))
    #expect(raw.contains { $0.lines.contains { $0.contains(own.evidence.sha256) } }, "raw keeps it")
    let reasons = try Self.texts(folder.file("features")).flatMap(\.lines)
      .filter { line in
        line.contains("withheld.twin") && endpoints.contains { line.contains($0.serverID) }
      }
    #expect(!reasons.isEmpty, "features say why")
  }

  @Test func `twins that name each other are one server, and nothing of theirs is withheld`() throws
  {
    let shown = try Shown([1, 2, 3], try PrivateKey(.ecP256))
    var scan = RawScan(Self.scans[0])
    let places = [Self.clear, Self.onion]
    scan.connections = places.map { Self.answered($0, shown, hosts: places) }
    scan.certificates = [shown.evidence]
    let folder = try Self.derive([scan])
    let endpoints = try ArtifactReader<Endpoint>(
      folder: folder.file("normalized/\(Self.scans[0])")
    ).all()
    #expect(Set(endpoints.map(\.serverID)).count == 1)
    #expect(endpoints.allSatisfy { $0.certificateSHA256 == shown.evidence.sha256 })
    #expect(endpoints.allSatisfy { $0.handshake.withheld == nil })
  }

  @Test func `a clearnet stranger with the key of named twins withholds the onion service's`()
    throws
  {
    let shown = try Shown([1, 2, 3], try PrivateKey(.ecP256))
    var scan = RawScan(Self.scans[0])
    let places = [Self.clear, Self.onion]
    scan.connections =
      places.map { Self.answered($0, shown, hosts: places) }
      + [Self.answered("9.9.2.2", shown, hosts: ["9.9.2.2"])]
    scan.certificates = [shown.evidence]
    let folder = try Self.derive([scan])
    let endpoints = try ArtifactReader<Endpoint>(
      folder: folder.file("normalized/\(Self.scans[0])")
    ).all()
    #expect(endpoints.filter { $0.handshake.withheld != nil }.map(\.network) == [.onion])
  }
}
