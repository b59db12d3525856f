import Artifact
import Foundation
import StageKit

/// The foreign formats that are read.
public enum ImportFormat: String, Sendable, CaseIterable {
  /// The four JSON files of the original observatory.
  case original
  /// One JSON object a line and host: what any scan can be written as.
  case jsonl
  /// A wallet's list of servers: one JSON object.
  case servers
  /// The states of such a list over time: one JSON object a line, host and state.
  case history

  private static let firstLineLimit = 16 << 20

  /// The format of what is at `path`; nil where it is none of these.
  ///
  /// A folder is `original`, if it holds those files. A file's first line decides: an object with
  /// `commit_date` is a history's, an object of objects a list of servers', any other a row of JSONL.
  /// Where the first line is no whole object, a file that begins with `{` is a list of servers.
  init?(recognising path: String) throws(StageError) {
    if OriginalScan(folder: path) != nil {
      self = .original
      return
    }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      return nil
    }
    let line = try Self.firstLine(path)
    guard line.first == UInt8(ascii: "{") else { return nil }
    guard let object = try? JSONValue(parsing: line), case .object(let members) = object else {
      self = .servers
      return
    }
    if object["commit_date"] != nil {
      self = .history
    } else if !members.isEmpty, members.allSatisfy({ $0.1.isObject }) {
      self = .servers
    } else {
      self = .jsonl
    }
  }

  private static func firstLine(_ path: String) throws(StageError) -> [UInt8] {
    let file = try ForeignFile(path)
    var line: [UInt8] = []
    while line.count <= firstLineLimit, let chunk = try file.next() {
      let rest = line.isEmpty ? chunk.drop { $0.isWhiteSpace } : chunk[...]
      if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        line += rest[..<end]
        break
      }
      line += rest
    }
    return line
  }
}

extension JSONValue {
  var isObject: Bool { if case .object = self { true } else { false } }
  var isNull: Bool { if case .null = self { true } else { false } }
}

extension UInt8 {
  /// A space, or one of the five control characters that separate words.
  var isWhiteSpace: Bool { self == 0x20 || (0x09...0x0d).contains(self) }
}
