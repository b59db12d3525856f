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
  /// `commit_date` is a history's, one with a field of a host or with texts and numbers alone a row of
  /// JSONL, another a list of servers. Where the first line is no whole object, a file that begins with
  /// `{` is a list of servers, unless the line has a row's fields.
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
    guard let object = (try? JSONRecord(parsing: line))?.value, case .object(let members) = object
    else {
      self = Self.format(ofBroken: line)
      return
    }
    let isRow = members.contains {
      HostRow.fields.contains($0.0) || $0.0.hasPrefix(ForeignRow.ownPrefix)
    }
    if object["commit_date"] != nil {
      self = .history
    } else if isRow || !members.contains(where: { $0.1.isObject || $0.1.isArray }) {
      self = .jsonl
    } else {
      self = .servers
    }
  }

  /// Where the first line is a row that is broken, by its fields; else it begins an object of several
  /// lines.
  private static func format(ofBroken line: [UInt8]) -> ImportFormat {
    let text = String(decoding: line, as: UTF8.self)
    let isRow = text.contains("\"host\"") && line.last != UInt8(ascii: ",")
    return text.contains("\"commit_date\"") ? .history : isRow ? .jsonl : .servers
  }

  /// What the file is that is in none of the formats.
  static func description(of path: String) throws(StageError) -> String {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      return "a folder without these files"
    }
    switch try firstLine(path).first {
    case nil: return "an empty file"
    case UInt8(ascii: "["): return "a JSON list, where rows are one object a line"
    default: return "none of these"
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
  var isArray: Bool { if case .array = self { true } else { false } }
  var isNull: Bool { if case .null = self { true } else { false } }
}

extension UInt8 {
  /// A space, or one of the five control characters that separate words.
  var isWhiteSpace: Bool { self == 0x20 || (0x09...0x0d).contains(self) }
}
