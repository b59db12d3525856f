import Foundation
import Testing

@Suite("Imports follow the architecture's table (R-19)")
struct ImportTests {
  @Test("every module of Sources stands in the table")
  func everyModuleIsListed() {
    let listed = Set(ImportTable.rows.map(\.module)).union(ImportTable.shims)
    #expect(Set(SourceTree.modules) == listed)
  }

  @Test("a module imports what its row allows", arguments: ImportTable.rows.map(\.module))
  func importsAreAllowed(module: String) throws {
    let row = try #require(ImportTable.rows.first { $0.module == module })
    let allowed = row.ours.union(row.others).union(row.platform)
    for file in SourceTree.swiftFiles(in: "Sources/\(module)") {
      for imported in imports(of: file) where !allowed.contains(imported) {
        Issue.record("\(file.path) imports \(imported), which the table does not allow")
      }
    }
  }

  @Test("every module that the table allows is used, so that the table stays a map")
  func tableHoldsNoUnusedRow() {
    for row in ImportTable.rows where !ImportTable.programs.contains(row.module) {
      let used = Set(SourceTree.swiftFiles(in: "Sources/\(row.module)").flatMap(imports))
      for module in row.ours where !used.contains(module) {
        Issue.record("\(row.module) never imports \(module)")
      }
    }
  }

  @Test("an import is recognised in each of its spellings")
  func spellings() throws {
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
}
