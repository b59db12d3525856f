internal import Artifact

/// The code that loads the package's tables, as its `README.md` prints it.
enum ReadingCode {
  static func text(_ facts: PackageFacts) -> String {
    guard let csv = table(of: facts, .csv, named: "servers"),
      let jsonl = table(of: facts, .jsonl, named: "texts")
    else { return "There is no table in this package.\n\n" }
    return """
      With pandas, in the package's folder:

      ```python
      \(pandas(csv, jsonl))
      ```

      A cell's escapes, and a cell that was too long for its table:

      ```python
      \(cells(csv))
      ```

      With polars:

      ```python
      \(polars(csv, jsonl))
      ```

      With DuckDB:

      ```python
      \(duckDB(csv, jsonl))
      ```

      Without these types, readers that guess them from the first rows stop at a later text, take `000123`
      for a number, or the country `NA` (Namibia) for unknown.


      """
  }

  /// One line that loads a CSV table with all its columns as text.
  static func pandasLine(_ table: PackagedTable) -> String {
    "import pandas as pd\n\(table.name) = pd.read_csv(\"\(table.path)\", dtype=\"string\", "
      + "keep_default_na=False, na_values=[\"\"])"
  }

  /// Python's imports.
  private static func imports(_ modules: String...) -> String {
    modules.map { "import \($0)" }.joined(separator: "\n")
  }

  private static func table(
    of facts: PackageFacts, _ encoding: ArtifactSchema.Encoding, named name: String
  ) -> PackagedTable? {
    let tables = facts.tables.filter { $0.schema.encoding == encoding }
    return tables.first { $0.name == name } ?? tables.first
  }

  private static func pandas(_ csv: PackagedTable, _ jsonl: PackagedTable) -> String {
    """
    \(imports("gzip", "json"))

    \(imports("pandas as pd"))

    package = json.load(open("datapackage.json", encoding="utf-8"))
    DTYPES = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean",
              "datetime": "string"}

    def fields(name):
        \"""The path of a table, and the type of each of its columns.\"""
        table = next(t for t in package["resources"] if t["name"] == name)
        return table["path"], {f["name"]: f["type"] for f in table["schema"]["fields"]}

    def lines(path):
        \"""The rows of a table of JSON lines.\"""
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def table(name):
        path, types = fields(name)
        dtypes = {column: DTYPES.get(type, "object") for column, type in types.items()}
        if path.endswith(".csv.gz"):
            return pd.read_csv(path, dtype=dtypes, keep_default_na=False, na_values=[""])
        return pd.DataFrame(lines(path), columns=list(dtypes), dtype="object").astype(dtypes)

    \(csv.name) = table("\(csv.name)")
    \(jsonl.name) = table("\(jsonl.name)")
    """
  }

  private static func cells(_ csv: PackagedTable) -> String {
    let column = column(of: csv) { if case .text = $0 { true } else { false } }
    let list = Self.column(of: csv) { if case .texts = $0 { true } else { false } }
    var code =
      imports("re") + "\n" + #"""

        def text(cell):
            r"""What a cell stands for: `\=1+1` is =1+1, and `\u000a` a line end."""
            return re.sub(r"\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|(.))",
                          lambda found: found[3] or chr(int(found[1] or found[2], 16)), cell)

        def whole(name):
            """A table whose cut cells are whole again."""
            frame, long = table(name), table("long_values")
            for cell in long[long["table"] == name].itertuples():
                frame.loc[cell.row, cell.column] = cell.value
            return frame

        """#
    code += "\nframe = whole(\"\(csv.name)\")"
    if let column {
      code += "\n\(column)_texts = frame[\"\(column)\"].map(text, na_action=\"ignore\")"
    }
    if let list {
      code += "\n\(list)_lists = frame[\"\(list)\"].map(\n"
      code += "    lambda cell: [text(item) for item in cell.split(\";\")], na_action=\"ignore\")"
    }
    return code
  }

  private static func column(
    of table: PackagedTable, where isWanted: (Column.Kind) -> Bool
  ) -> String? {
    let names = table.schema.columns.filter { isWanted($0.kind) }.map(\.name)
    return names.first { $0 == "banner" || $0 == "names" } ?? names.first
  }

  private static func polars(_ csv: PackagedTable, _ jsonl: PackagedTable) -> String {
    """
    \(imports("polars as pl"))

    POLARS = {"integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean}
    path, types = fields("\(csv.name)")
    \(csv.name) = pl.read_csv(path, schema_overrides={c: POLARS.get(t, pl.String) for c, t in types.items()})
    \(csv.name)_as_text = pl.read_csv(path, infer_schema_length=0)
    path, types = fields("\(jsonl.name)")
    \(jsonl.name) = pl.DataFrame(lines(path), schema=list(types), infer_schema_length=None)
    """
  }

  private static func duckDB(_ csv: PackagedTable, _ jsonl: PackagedTable) -> String {
    """
    \(imports("duckdb"))

    DUCKDB = {"integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "array": "JSON", "object": "JSON"}
    path, types = fields("\(csv.name)")
    types = {column: DUCKDB.get(type, "VARCHAR") for column, type in types.items()}
    \(csv.name) = duckdb.sql(f"FROM read_csv('{path}', header = true, types = {types})")
    \(csv.name)_as_text = duckdb.sql(f"FROM read_csv('{path}', header = true, all_varchar = true)")
    path, types = fields("\(jsonl.name)")
    types = {column: DUCKDB.get(type, "VARCHAR") for column, type in types.items()}
    \(jsonl.name) = duckdb.sql(f"FROM read_json('{path}', format = 'newline_delimited', columns = {types})")
    """
  }
}
