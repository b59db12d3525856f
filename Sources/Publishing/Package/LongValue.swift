internal import Artifact

/// A cell that is cut in its table, whole.
struct LongValue: ListedRow, Equatable {
  static let schema = table(
    "published.long_values", version: 1, .jsonl, key: ["table", "row", "column"],
    "Cells of the CSV tables that are cut there, whole.")

  var characters = 0
  var column = ""
  var key: [String] = []
  var row = 0
  var sha256 = ""
  var table = ""
  var value = ""

  init() {}

  init(table: String, row: Int, key: [String], cell: LongCell) {
    self.table = table
    self.row = row
    self.key = key
    column = cell.column
    characters = cell.characters
    sha256 = cell.sha256
    value = cell.value
  }

  mutating func columns<C: Columns>(_ c: inout C) throws(C.Failure) {
    try c.integer(
      "characters", &characters, "Length of the whole cell, in Unicode code points.",
      unit: "characters")
    try c.text("column", &column, "The column of the cell.")
    try c.texts(
      "key", &key,
      "The key of the row: its cells, as in the table, in the order of its primary key.")
    try c.integer("row", &row, "The row's place in the table; the first one is 0.")
    try c.text(
      "sha256", &sha256, "SHA-256 of the whole cell in UTF-8, as the mark in the table has it.")
    try c.text("table", &table, "The table of the cell.")
    try c.text(
      "value", &value, "The whole cell, with its escapes, as it would stand in the table.")
  }

  var sortKey: SortKey { .of(table, row, column) }
}
