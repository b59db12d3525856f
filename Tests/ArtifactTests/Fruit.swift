import Artifact

/// A row with every kind of column, for the tests of the artifact library.
struct Fruit: ArtifactRow, Equatable {
  var colours: [String] = []
  var count: Int?
  var fresh: Bool?
  var name: String
  var note: String?
  var weight: Double?

  static let schema = ArtifactSchema(
    id: "test.fruits", version: 1, encoding: .csv, key: ["name"], summary: "Fruits.",
    columns: columns)

  static let columns = [
    Column("colours", .texts, "Colours."), Column("count", .integer, "Count.", empty: "unknown"),
    Column("fresh", .boolean, "Fresh.", empty: "unknown"), Column("name", .text, "Name."),
    Column("note", .text, "Note.", empty: "none"),
    Column("weight", .number(significantDigits: 6), "Weight.", unit: "g", empty: "unknown"),
  ]

  var sortKey: SortKey { .of(name) }

  func encode(to encoder: inout RowEncoder) {
    encoder.texts("colours", colours)
    encoder.integer("count", count)
    encoder.boolean("fresh", fresh)
    encoder.text("name", name)
    encoder.text("note", note)
    encoder.number("weight", weight, significantDigits: 6)
  }
}

extension Fruit {
  init(from decoder: inout RowDecoder) throws(ArtifactError) {
    colours = try decoder.texts("colours")
    count = try decoder.optionalInteger("count")
    fresh = try decoder.optionalBoolean("fresh")
    name = try decoder.text("name")
    note = try decoder.optionalText("note")
    weight = try decoder.optionalNumber("weight")
  }
}

/// A basket of fruits as nested JSON.
struct Basket: ArtifactRow, Equatable {
  var fruits: [Fruit]
  var name: String
  var owner: Fruit?

  static let schema = ArtifactSchema(
    id: "test.baskets", version: 1, encoding: .jsonl, key: ["name"], summary: "Baskets.",
    columns: [
      Column("fruits", .objects(Fruit.columns), "Fruits."), Column("name", .text, "Name."),
      Column("owner", .object(Fruit.columns), "Owner.", empty: "nobody"),
    ])

  var sortKey: SortKey { .of(name) }

  func encode(to encoder: inout RowEncoder) {
    encoder.objects("fruits", fruits) { $1.encode(to: &$0) }
    encoder.text("name", name)
    encoder.object("owner", owner.map { value in { value.encode(to: &$0) } })
  }
}

extension Basket {
  init(from decoder: inout RowDecoder) throws(ArtifactError) {
    fruits = try decoder.objects("fruits") { d throws(ArtifactError) in try Fruit(from: &d) }
    name = try decoder.text("name")
    owner = try decoder.object("owner") { d throws(ArtifactError) in try Fruit(from: &d) }
  }
}

extension Lineage {
  static let test = Lineage(stage: "test", revision: 1, parameters: .object([]))
}

/// Writes `rows` into `folder` and returns the manifest.
@discardableResult
func write<Row: ArtifactRow>(
  _ rows: [Row], in folder: String, threads: Int = 1
) throws -> Manifest {
  let writer = try ArtifactWriter<Row>(folder: folder, threads: threads)
  try writer.append(contentsOf: rows)
  return try writer.finish().commit(.test)
}

/// The error that reading all of `folder`'s artifact gives.
func readError<Row: ArtifactRow>(_ type: Row.Type, in folder: String) -> ArtifactError? {
  do throws(ArtifactError) {
    _ = try ArtifactReader<Row>(folder: folder).all()
    return nil
  } catch {
    return error
  }
}
