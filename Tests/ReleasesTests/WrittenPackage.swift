import Artifact
import Digests
import Foundation
import TestSupport

/// A small published package, written by hand: tables as rows of texts.
struct WrittenPackage {
  var name = "electrum-observatory-demo"
  var version = "1.0.0"
  /// Evidence of each scan, as a text that stands for its bytes.
  var scans = ["20260101T000000Z-a": "one"]
  var clusterParameters = "{}"
  var revision = 1
  var tables: [String: [[String]]] = [:]
  /// Types of columns that are not texts.
  var types: [String: String] = [:]

  func write(to folder: String) throws -> String {
    try FileManager.default.createDirectory(
      atPath: folder + "/data", withIntermediateDirectories: true)
    var resources: [JSONValue] = []
    for (name, rows) in tables.sorted(by: { $0.key < $1.key }) {
      let text = rows.map { $0.joined(separator: ",") + "\n" }.joined()
      let path = folder + "/data/\(name).csv"
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      _ = try Program.run("gzip", ["-nf", path])
      let fields = (rows.first ?? []).map { column in
        JSONValue.object([
          ("name", .string(column)), ("type", .string(types["\(name).\(column)"] ?? "string")),
        ])
      }
      resources.append(
        .object([
          ("name", .string(name)), ("path", .string("data/\(name).csv.gz")),
          ("content_sha256", .string(SHA256.hex(Array(text.utf8)))),
          ("schema", .object([("fields", .array(fields))])),
        ]))
    }
    let descriptor = JSONValue.object([
      ("name", .string(name)), ("version", .string(version)),
      ("created", .string("2026-01-01T00:00:00Z")), ("resources", .array(resources)),
    ])
    try FileBytes.write(descriptor.prettyBytes, to: folder + "/datapackage.json")
    try FileBytes.write(try provenance().prettyBytes, to: folder + "/provenance.json")
    return folder
  }

  private func provenance() throws -> JSONValue {
    var stages = scans.sorted { $0.key < $1.key }.map { scan, bytes in
      JSONValue.object([
        ("scan", .string(scan)), ("stage", Self.stage("collect", 1)),
        ("outputs", .array([.object([("content_sha256", .string(bytes))])])),
      ])
    }
    for name in ["normalize", "featurize", "cluster", "score"] {
      let told = name == "cluster" ? clusterParameters : "{}"
      stages.append(
        .object([
          ("stage", Self.stage(name, revision)),
          ("parameters", try JSONValue(parsing: Array(told.utf8))), ("references", .array([])),
        ]))
    }
    return .object([("stages", .array(stages))])
  }

  private static func stage(_ name: String, _ revision: Int) -> JSONValue {
    .object([("name", .string(name)), ("revision", .integer(revision))])
  }
}
