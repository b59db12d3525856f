import Foundation
import TestSupport
import Testing

/// Imports follow the lists of Package.swift (R-19).
struct ImportTests {
  private static let map = ImportMap.package

  @Test func `every module of Sources stands in the map`() {
    #expect(Set(SourceTree.modules) == Set(Self.map.rows.map(\.module) + Self.map.shims))
  }

  @Test(arguments: ImportMap.package.rows.map(\.module))
  func `a module imports what its row allows`(module: String) throws {
    let row = try #require(Self.map.rows.first { $0.module == module })
    let allowed = row.platform.union(row.ours).union(row.others)
    for file in SourceTree.swiftFiles(in: "Sources/\(module)") {
      for imported in imports(of: file) where !allowed.contains(imported) {
        Issue.record("\(file.path) imports \(imported), which Package.swift does not list")
      }
    }
  }

  @Test func `every module that a row lists is used, so that the lists stay a map`() {
    for row in Self.map.rows where !row.isProgram {
      let used = Set(SourceTree.swiftFiles(in: "Sources/\(row.module)").flatMap(imports))
      for module in row.ours + row.others where !used.contains(module) {
        Issue.record("\(row.module) never imports \(module)")
      }
    }
  }

  @Test func `production code does not link the test bed`() {
    let testBed = { (module: String) in module.hasPrefix("Simulated") || module == "simnet" }
    for row in Self.map.rows where !testBed(row.module) {
      for module in row.ours where testBed(module) {
        Issue.record("\(row.module) lists \(module)")
      }
    }
  }

  @Test
  func `modules are built to be seen from inside exactly where their tests do, and no library is`()
  {
    var seen: Set<String> = []
    for file in SourceTree.swiftFiles(in: "Tests") {
      for line in file.code where line.text.hasPrefix("@testable import ") {
        seen.insert(String(line.text.dropFirst("@testable import ".count)))
      }
    }
    #expect(seen == Self.map.seenFromInside)
    #expect(!Self.map.libraries.isEmpty && Self.map.libraries.isDisjoint(with: seen))
  }

  /// Written anew by `RECORD_GOLDEN=1 swift test --filter ImportTests`.
  @Test func `the architecture article shows the map as Package.swift has it`() throws {
    for row in Self.map.rows where row.sentence.isEmpty && !(row.isProgram && row.ours.count == 2) {
      Issue.record("Package.swift does not say above \(row.module) what it is for")
    }
    let article = try SourceTree.text(Self.article)
    let start = try #require(article.range(of: "| Module |"))
    let end = try #require(article.range(of: "\n\n", range: start.lowerBound..<article.endIndex))
    let expected = article.replacingCharacters(
      in: start.lowerBound..<end.lowerBound, with: Self.map.table)
    #expect(try Golden.matches(expected, Self.article))
  }

  @Test func `a list is read in each of its layouts`() throws {
    let map = ImportMap(
      """
      let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
      let package: [Target] = [
        .target(name: "CZlib", linkerSettings: [.linkedLibrary("z")]),
        // Reads and
        // writes.
        module("A", ["B", "CZlib"], exclude: ["Schemas"]),
        module("B"),
        module(
          "C",
          [
            "A",
            "B",
          ], [nioCore]),
        command("run", ["A"]),
      ]
      """)
    #expect(map.shims == ["CZlib"])
    #expect(map.rows.map(\.module) == ["A", "B", "C", "run"])
    #expect(map.rows.map(\.ours) == [["B", "CZlib"], [], ["A", "B"], ["A"]])
    #expect(map.rows.map(\.others) == [[], [], ["NIOCore"], ["ArgumentParser"]])
    #expect(map.rows[0].sentence == "Reads and writes." && map.rows[1].sentence == "")
  }

  @Test func `an import is recognised in each of its spellings`() throws {
    let text = """
      import A
      public import B
      @preconcurrency import C
      internal import struct D.E
      @testable import F
      // import G
      """
    let file = SourceFile(path: "x/y.swift", lines: text.split(separator: "\n"))
    #expect(imports(of: file) == ["A", "B", "C", "D", "F"])
  }

  private func imports(of file: SourceFile) -> [String] {
    file.code.compactMap { line in
      let words = line.text.split(separator: " ")
      guard let index = words.firstIndex(of: "import"), index + 1 < words.count,
        words[..<index].allSatisfy({ $0.hasPrefix("@") || Self.access.contains($0) })
      else { return nil }
      let kinds: Set<Substring> = [
        "struct", "class", "enum", "func", "protocol", "typealias", "var",
      ]
      let name = words[(index + 1)...].first { !kinds.contains($0) }
      return name.map { String($0.prefix { $0 != "." }) }
    }
  }

  private static let access: Set<Substring> = [
    "public", "package", "internal", "fileprivate", "private",
  ]

  private static let article = "Sources/StageKit/StageKit.docc/Architecture.md"
}
