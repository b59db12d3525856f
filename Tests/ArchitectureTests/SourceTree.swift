import Foundation
import TestSupport

/// A text file of the project.
struct SourceFile: CustomStringConvertible {
  /// Path from the project's root.
  let path: String
  let lines: [Substring]

  var description: String { path }
  var name: String {
    String(path[path.index(after: path.lastIndex(of: "/") ?? path.startIndex)...])
  }

  /// Its lines of code: without comments and the content of string literals on one line.
  var code: [(number: Int, text: String)] {
    lines.enumerated().compactMap { index, line in
      let text = SourceTree.withoutLiterals(line)
      return text.allSatisfy(\.isWhitespace) ? nil : (index + 1, text)
    }
  }
}

/// The sources as text: what the compiler does not check.
enum SourceTree {
  static let modules = folders("Sources")

  static func swiftFiles(in folder: String) -> [SourceFile] { files(in: folder, suffix: ".swift") }

  static func files(in folder: String, suffix: String) -> [SourceFile] {
    let walk = FileManager.default.enumerator(atPath: PackageRoot.path(folder))
    let paths = (walk?.allObjects as? [String] ?? []).filter {
      $0.hasSuffix(suffix) && !$0.contains(".build/")
    }
    return paths.sorted().compactMap { file("\(folder)/\($0)") }
  }

  static func file(_ path: String) -> SourceFile? {
    guard let text = try? String(contentsOfFile: PackageRoot.path(path), encoding: .utf8) else {
      return nil
    }
    return SourceFile(
      path: path, lines: text.split(separator: "\n", omittingEmptySubsequences: false))
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOfFile: PackageRoot.path(path), encoding: .utf8)
  }

  private static func folders(_ path: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: PackageRoot.path(path))
    return (names ?? []).filter { !$0.hasPrefix(".") }.sorted()
  }

  static func withoutLiterals(_ line: Substring) -> String {
    var result = ""
    var quoted = false
    var previous: Character = " "
    for character in line {
      if character == "\"" && previous != "\\" { quoted.toggle() }
      if !quoted && character == "/" && previous == "/" {
        result.removeLast()
        break
      }
      if !quoted { result.append(character) }
      previous = character
    }
    return result
  }
}
