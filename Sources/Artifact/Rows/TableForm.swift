/// For whom a CSV table is written. A JSONL table is the same in both forms.
public enum TableForm: Sendable {
  /// For the next stage: every cell whole, whatever its length.
  case exact
  /// For any reader: no cell is longer than `BoundedCell.limit`, and the header's names stand in
  /// quotes, so that a reader that guesses a file's dialect from its beginning (as DuckDB does)
  /// knows of quotes before the first cell that needs them.
  case bounded
}
