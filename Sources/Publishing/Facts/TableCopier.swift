internal import Artifact
import Foundation
import Ordering
internal import Records
internal import StageKit

/// Brings stage outputs into the package, each checked by its digests and, as far as the report wants its
/// rows, shown to it. What nobody wants to see is copied in its bytes.
///
/// Its methods are not specialised: seventy tables would be seventy copies of each, a sixth of what this module takes
/// to compile, and the time of a row is in the reader and the writer.
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
  @_semantics("optimize.sil.specialize.generic.never")
  @discardableResult
  func copy<Row: ArtifactRow>(
    _ type: Row.Type, from folder: String, stage: String
  ) throws -> Bool {
    try copy(type, from: folder, stage: stage) { reader, writer in
      try pass(reader, to: writer, behind: []) { $0 }
    }
  }

  /// The same, each row shown to the report.
  @_semantics("optimize.sil.specialize.generic.never")
  @discardableResult
  func copy<Row: ArtifactRow>(
    _ type: Row.Type, from folder: String, stage: String, observe: (Row) -> Void
  ) throws -> Bool {
    try copy(type, from: folder, stage: stage) { reader, writer in
      while let row = try reader.next() {
        try writer.append(row)
        observe(row)
      }
    }
  }

  @_semantics("optimize.sil.specialize.generic.never")
  private func copy<Row: ArtifactRow>(
    _ type: Row.Type, from folder: String, stage: String,
    handing: (ArtifactReader<Row>, ArtifactWriter<Row>) throws -> Void
  ) throws -> Bool {
    guard exists(Row.self, folder) else { return false }
    let writer = try context.writer(Row.self, folder: "data", form: .bounded)
    try handing(try context.reader(Row.self, folder: folder), writer)
    try finish(writer, stage: stage) { body in
      let reader = try ArtifactReader<Row>(folder: folder)
      while let row = try reader.next() { try body(row) }
    }
    return true
  }

  /// The tables of all scans as one, the scan's name in front.
  /// - Returns: false where no scan has such a table.
  @_semantics("optimize.sil.specialize.generic.never")
  @discardableResult
  func concatenate<Row: ArtifactRow, Published: ArtifactRow>(
    _ type: Row.Type, from folder: String, stage: String,
    as published: @escaping (String, Row) -> Published
  ) throws -> Bool {
    try concatenate(type, from: folder, stage: stage, as: published, observing: .none) { _, _ in }
  }

  /// The same, rows shown to the report.
  /// - Parameters:
  ///   - observed: the scans of which the rows are shown.
  ///   - observe: is told the scan's place in the series and the row.
  @_semantics("optimize.sil.specialize.generic.never")
  @discardableResult
  func concatenate<Row: ArtifactRow, Published: ArtifactRow>(
    _ type: Row.Type, from folder: String, stage: String,
    as published: @escaping (String, Row) -> Published, observing observed: ObservedScans = .all,
    observe: (Int, Row) -> Void
  ) throws -> Bool {
    guard scans.contains(where: { exists(Row.self, folder + "/" + $0) }) else { return false }
    let writer = try context.writer(Published.self, folder: "data", form: .bounded)
    for (index, scan) in scans.enumerated() {
      let reader = try context.reader(Row.self, folder: folder + "/" + scan, scope: scan)
      if !observed.holds(index, of: scans.count),
        let columns = Self.columns(before: Row.self, in: Published.self, of: scan)
      {
        try pass(reader, to: writer, behind: columns) { published(scan, $0) }
      } else {
        let isObserved = observed.holds(index, of: scans.count)
        while let row = try reader.next() {
          try writer.append(published(scan, row))
          if isObserved { observe(index, row) }
        }
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

  /// The scans whose rows the report wants to see.
  enum ObservedScans {
    case none
    case last
    case all

    func holds(_ index: Int, of count: Int) -> Bool {
      switch self {
      case .none: false
      case .last: index == count - 1
      case .all: true
      }
    }
  }

  /// Hands rows on in their bytes, but for those whose cells may be too long for the table.
  @_semantics("optimize.sil.specialize.generic.never")
  private func pass<Row: ArtifactRow, Published: ArtifactRow>(
    _ reader: ArtifactReader<Row>, to writer: ArtifactWriter<Published>, behind columns: [UInt8],
    as published: (Row) -> Published
  ) throws {
    while true {
      let step = try reader.next(inBytesUpTo: ArtifactWriter<Published>.plainRowLimit) {
        line throws(ArtifactError) in
        try writer.append(behind: columns, line: line)
      }
      switch step {
      case .shown: continue
      case .row(let row): try writer.append(published(row))
      case .end: return
      }
    }
  }

  /// What stands before each row of a scan where the published row is otherwise the same bytes; nil where
  /// it is not.
  @_semantics("optimize.sil.specialize.generic.never")
  private static func columns<Row: ArtifactRow, Published: ArtifactRow>(
    before type: Row.Type, in published: Published.Type, of scan: String
  ) -> [UInt8]? {
    let own = Row.schema
    let theirs = Published.schema
    if theirs.columns.map(\.name) == own.columns.map(\.name) { return [] }
    // Letters, digits, and signs that begin no formula: the encoder leaves them as they are.
    let isPlain =
      scan.utf8.first.map { $0 != UInt8(ascii: "-") } ?? false
      && scan.unicodeScalars.allSatisfy {
        $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
          || $0 == "-" || $0 == "."
      }
    guard isPlain, own.encoding == .csv, theirs.encoding == .csv,
      theirs.columns.map(\.name) == [ScanColumn.declaration.name] + own.columns.map(\.name)
    else { return nil }
    return Array(scan.utf8) + [UInt8(ascii: ",")]
  }

  /// The rules of one stage; none where its folder has no such table.
  @_semantics("optimize.sil.specialize.generic.never")
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
  @_semantics("optimize.sil.specialize.generic.never")
  func write<Row: ArtifactRow>(_ rows: [Row], stage: String) throws {
    let sorted = rows.sorted { $0.sortKey < $1.sortKey }
    let writer = try context.writer(Row.self, folder: "data", form: .bounded)
    for row in sorted { try writer.append(row) }
    try finish(writer, stage: stage) { body in try sorted.forEach(body) }
  }

  /// Few rows that a stage left; nil where its folder has no such table.
  @_semantics("optimize.sil.specialize.generic.never")
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
  @_semantics("optimize.sil.specialize.generic.never")
  private func exists<Row: ArtifactRow>(_ type: Row.Type, _ folder: String) -> Bool {
    let name = Row.schema.fileName
    return [name, Manifest.fileName(for: name)].contains {
      FileManager.default.fileExists(atPath: folder + "/" + $0)
    }
  }

  /// - Parameter again: shows all rows of the table once more, in their order.
  @_semantics("optimize.sil.specialize.generic.never")
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
