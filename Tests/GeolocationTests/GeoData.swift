import Foundation

/// Databases of others beside the project, where they are present.
enum GeoData {
  static let folder = URL(
    filePath: "../shared/data/geo",
    relativeTo: URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
  )
  static let maxMind = folder.appending(path: "maxmind_test_mmdb")
  static let ipFire = folder.appending(path: "ipfire-country-asn-2026-08-22.mmdb.gz")

  static var exists: Bool { FileManager.default.fileExists(atPath: maxMind.path) }
  static var ipFireExists: Bool { FileManager.default.fileExists(atPath: ipFire.path) }

  static func path(_ name: String) -> String { maxMind.appending(path: name).path }

  /// Every network of a source file with what the database must say of it.
  static func entries(_ name: String) throws -> [(network: String, fields: [String: Any])] {
    let data = try Data(contentsOf: maxMind.appending(path: name))
    let list = try JSONSerialization.jsonObject(with: data) as? [[String: [String: Any]]] ?? []
    return list.flatMap { $0.map { (network: $0.key, fields: $0.value) } }
  }

  /// Runs `body` with the path of a fresh folder and removes it afterwards.
  static func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  /// Unpacks with the system's gzip.
  static func gunzip(_ source: URL, to target: URL) throws {
    try Data().write(to: target)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", source.path]
    process.standardOutput = try FileHandle(forWritingTo: target)
    try process.run()
    process.waitUntilExit()
  }
}
