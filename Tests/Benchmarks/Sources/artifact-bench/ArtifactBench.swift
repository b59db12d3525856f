import Artifact
import Foundation
import Records
import ZlibInflate

/// One measured task a process, so that the driver can read its time and peak memory:
///
///     artifact-bench pool FILE ROWS           plain JSONL of the pool, for the peers
///     artifact-bench write FOLDER ROWS EACH   the pool as an artifact, EACH times over
///     artifact-bench read FOLDER              decode, validate, check order and digests
///     artifact-bench inflate FOLDER           zlib alone on the same file
@main
struct ArtifactBench {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    let numbers = arguments.compactMap(Int.init)
    guard let task = arguments.first, let path = arguments.dropFirst().first else {
      throw Failure(description: "usage: artifact-bench pool|write|read|inflate PATH ...")
    }
    switch task {
    case "pool": try pool(path, rows: numbers[0])
    case "write": try write(path, rows: numbers[0], each: numbers[1])
    case "read": print(try read(path))
    case "inflate": print(observatory_inflate_file(path + "/" + Connection.schema.fileName))
    default: throw Failure(description: "no such task: \(task)")
    }
  }

  private static func pool(_ path: String, rows: Int) throws {
    var pool = ConnectionPool()
    let folder = path + ".artifact"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try write(pool.connections(rows), to: folder, each: 1)
  }

  private static func write(_ folder: String, rows: Int, each: Int) throws {
    var pool = ConnectionPool()
    try write(pool.connections(rows), to: folder, each: each)
  }

  private static func write(_ connections: [Connection], to folder: String, each: Int) throws {
    let writer = try ArtifactWriter<Connection>(folder: folder)
    for round in 0..<each {
      let prefix = String(1000 + round) + "."
      for var connection in connections {
        connection.address = prefix + connection.address
        try writer.append(connection)
      }
    }
    try writer.finish().commit(Lineage(stage: "benchmark", revision: 1, parameters: .object([])))
  }

  private static func read(_ folder: String) throws -> Int {
    let reader = try ArtifactReader<Connection>(folder: folder)
    var exchanges = 0
    while let connection = try reader.next() { exchanges += connection.exchanges.count }
    return exchanges
  }

  struct Failure: Error, CustomStringConvertible { let description: String }
}
