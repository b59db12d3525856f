internal import Artifact
import Foundation
internal import Records
internal import StageKit

/// Brings stage outputs into the package, each row read once, checked, and shown to the report.
final class TableCopier {
  private let context: StageContext
  private let scans: [String]
  private(set) var tables: [PackagedTable] = []
  /// Tables with cells that were cut, and what reads such a table's rows once more.
  private var cutTables: [(name: String, tell: (LongValueWriter) throws -> Void)] = []

  init(context: StageContext, scans: [String]) {
    self.context = context
    self.scans = scans
  }

  /// One table as it is.
  /// - Returns: false where the folder has no such table.
  @discardableResult
  func copy<Row: ArtifactRow>(
    _ type: Row.Type, from folder: String, stage: String, observe: (Row) -> Void = { _ in }
  ) throws -> Bool {
    guard exists(Row.self, folder) else { return false }
    let reader = try context.reader(Row.self, folder: folder)
    let writer = try context.writer(Row.self, folder: "data", form: .bounded)
    while let row = try reader.next() {
      try writer.append(row)
      observe(row)
    }
    try finish(writer, stage: stage) { body in
      let reader = try ArtifactReader<Row>(folder: folder)
      while let row = try reader.next() { try body(row) }
    }
    return true
  }

  /// The tables of all scans as one, the scan's name in front.
  /// - Parameter observe: is told the scan's place in the series and the row.
  /// - Returns: false where no scan has such a table.
  @discardableResult
  func concatenate<Row: ArtifactRow, Published: ArtifactRow>(
    _ type: Row.Type, from folder: String, stage: String,
    as published: @escaping (String, Row) -> Published,
    observe: (Int, Row) -> Void = { _, _ in }
  ) throws -> Bool {
    guard scans.contains(where: { exists(Row.self, folder + "/" + $0) }) else { return false }
    let writer = try context.writer(Published.self, folder: "data", form: .bounded)
    for (index, scan) in scans.enumerated() {
      let reader = try context.reader(Row.self, folder: folder + "/" + scan, scope: scan)
      while let row = try reader.next() {
        try writer.append(published(scan, row))
        observe(index, row)
      }
      try context.checkInterruption()
    }
    try finish(writer, stage: stage) { [scans] body in
      for scan in scans {
        let reader = try ArtifactReader<Row>(folder: folder + "/" + scan)
        while let row = try reader.next() { try body(published(scan, row)) }
      }
    }
    return true
  }

  /// The rules of one stage; none where its folder has no such table.
  func rules<Table: RuleTable>(
    _ table: Table.Type, in folder: String
  ) throws -> [RuleRecord<PublishedRules>] {
    guard exists(RuleRecord<Table>.self, folder) else { return [] }
    return try context.rows(RuleRecord<Table>.self, folder: folder).map { RuleRecord($0) }
  }

  /// Writes the rules of all stages as one table; none where no stage has any.
  func unite(_ rules: [RuleRecord<PublishedRules>]) throws {
    if !rules.isEmpty { try write(rules, stage: "publish") }
  }

  /// Writes few rows, sorted by their key, as one table.
  func write<Row: ArtifactRow>(_ rows: [Row], stage: String) throws {
    let sorted = rows.sorted { $0.sortKey < $1.sortKey }
    let writer = try context.writer(Row.self, folder: "data", form: .bounded)
    for row in sorted { try writer.append(row) }
    try finish(writer, stage: stage) { body in try sorted.forEach(body) }
  }

  /// Few rows that a stage left; nil where its folder has no such table.
  func rows<Row: ArtifactRow>(_ type: Row.Type, in folder: String) throws -> [Row]? {
    exists(Row.self, folder) ? try context.rows(Row.self, folder: folder) : nil
  }

  /// Writes the cells that were cut, whole: the last table of the package.
  func writeLongValues() throws {
    let writer = try context.writer(LongValue.self, folder: "data")
    for table in cutTables.sorted(by: { $0.name < $1.name }) {
      try table.tell(LongValueWriter(table: table.name, writer: writer))
      try context.checkInterruption()
    }
    try finish(writer, stage: "publish") { _ in }
  }

  /// A table is absent where neither it nor its manifest is there; one of them alone is a loss,
  /// which reading it reports.
  private func exists<Row: ArtifactRow>(_ type: Row.Type, _ folder: String) -> Bool {
    let name = Row.schema.fileName
    return [name, Manifest.fileName(for: name)].contains {
      FileManager.default.fileExists(atPath: folder + "/" + $0)
    }
  }

  /// - Parameter again: shows all rows of the table once more, in their order.
  private func finish<Row: ArtifactRow>(
    _ writer: ArtifactWriter<Row>, stage: String,
    again: @escaping (_ body: (Row) throws -> Void) throws -> Void
  ) throws {
    let schema = Row.schema
    let content = try context.finish(writer, folder: "data", hasManifest: false)
    tables.append(
      PackagedTable(
        name: schema.name, path: "data/" + schema.fileName, schema: schema, content: content,
        stage: stage))
    guard writer.cutCells > 0 else { return }
    cutTables.append(
      (schema.name, { longValues in try longValues.append(rows: again) }))
  }
}
