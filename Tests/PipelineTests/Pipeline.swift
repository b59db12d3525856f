import Foundation
import StageKit
import TestSupport

/// The five stages after `collect`, run as the built programs.
struct Pipeline {
  let folder: String

  /// Runs one program; a test fails with its words where it fails.
  static func run(_ program: String, _ arguments: [String]) throws {
    let result = try Program(program).run(arguments)
    guard result.exitCode == 0 else {
      throw Failure(description: "\(program) exited with \(result.exitCode): \(result.errors)")
    }
  }

  struct Failure: Error, CustomStringConvertible { let description: String }

  /// Derives everything from `<folder>/raw`.
  func derive(geoip: String?, threads: Int = 2) throws {
    let common = ["--threads", "\(threads)", "--quiet"]
    func path(_ name: String) -> String { folder + "/" + name }
    try Self.run(
      "normalize",
      ["--raw", path("raw"), "--output", path("normalized")]
        + (geoip.map { ["--geoip", $0] } ?? []) + common)
    try Self.run(
      "featurize",
      ["--normalized", path("normalized"), "--output", path("features")] + common)
    try Self.run(
      "cluster",
      [
        "--normalized", path("normalized"), "--features", path("features"), "--output",
        path("clusters"),
      ] + common)
    // Unoptimised programs play few wallets.
    let few = folder + "/score.json"
    try Data(#"{"wallets":20,"sybil_wallets":1}"#.utf8).write(to: URL(fileURLWithPath: few))
    try Self.run(
      "score",
      [
        "--normalized", path("normalized"), "--features", path("features"), "--clusters",
        path("clusters"), "--output", path("scores"),
        "--parameters", few,
      ] + common)
  }

  /// Content digests of every artifact that the stages made, by folder and name.
  func digests() throws -> [String: String] {
    var digests: [String: String] = [:]
    for (folder, stage) in [
      ("normalized", "normalize"), ("features", "featurize"), ("clusters", "cluster"),
      ("scores", "score"),
    ] {
      let manifest = try StageManifest(
        path: "\(self.folder)/\(folder)/\(stage).manifest.json")
      for output in manifest.outputs {
        digests["\(folder)/\(output.name)"] = output.contentSHA256
      }
    }
    return digests
  }
}
