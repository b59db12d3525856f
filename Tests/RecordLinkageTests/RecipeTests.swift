import RecordLinkage
import Statistics
import Testing

/// Recipes: over-dense conjunctions.
struct RecipeTests {
  private func table(_ source: ReferenceNetwork.Recipes) -> RecipeTable {
    RecipeTable(
      fields: source.fields,
      cells: source.cells.map { cells in
        cells.map { cell -> RecipeTable.Cell in
          guard let cell else { return .unknown }
          return source.nothing.contains(cell) ? .usual : .value(cell)
        }
      },
      places: source.places,
      explanations: [
        .init(kinds: source.families, field: source.fields.firstIndex(of: "software"))
      ])
  }

  @Test(arguments: ReferenceNetwork.all.indices) func `recipes are the reference's`(index: Int) {
    let source = ReferenceNetwork.all[index].recipes
    let recipes = Recipes(table(source)).found
    #expect(recipes.map(\.members) == source.found.map(\.members))
    for (recipe, expected) in zip(recipes, source.found) {
      let order = expected.fields.indices.sorted { expected.fields[$0] < expected.fields[$1] }
      #expect(recipe.values.map { source.fields[$0.field] } == order.map { expected.fields[$0] })
      #expect(recipe.values.map(\.value) == order.map { expected.values[$0] })
      #expect(abs(recipe.logChance - expected.logp) < 1e-8 * abs(expected.logp))
    }
  }

  @Test(arguments: ReferenceNetwork.all.indices) func `bursts are the reference's`(index: Int) {
    let source = ReferenceNetwork.all[index].bursts
    // One key is one thing, made when the first of its servers says.
    let order = source.times.indices.filter { source.times[$0] != nil }
      .sorted { (source.times[$0] ?? 0, $0) < (source.times[$1] ?? 0, $1) }
    var seen: Set<String> = []
    let first = Set(order.filter { seen.insert(source.keys[$0] ?? "none").inserted })
    let bursts = Bursts(source.times.indices.map { first.contains($0) ? source.times[$0] : nil })
    var found: [String: String] = [:]
    for burst in bursts.bursts {
      for thing in burst.things { found[String(thing)] = "burst of \(Int(burst.start))" }
    }
    #expect(found == source.of)
  }

  /// 300 servers of the ordinary kind, of which 20 share three values that a tenth of the others
  /// have each.
  @Test(arguments: 1...10) func `a fleet that looks ordinary value by value is found`(seed: UInt64)
  {
    let recipes = Recipes(Self.network(fleet: 20, seed: seed)).found
    let members = Set(recipes.flatMap(\.members))
    let fleet = members.filter { $0 < 20 }.count
    #expect(fleet >= 19 && Double(fleet) >= 0.95 * Double(members.count))
  }

  @Test(arguments: 1...20) func `honest servers with popular values have no recipe`(seed: UInt64) {
    #expect(Recipes(Self.network(fleet: 0, seed: seed)).found.isEmpty)
  }

  @Test func `unknown and usual values are no part of a recipe`() {
    let cells = [[RecipeTable.Cell]](repeating: [.unknown, .usual, .value("x")], count: 40)
    let table = RecipeTable(
      fields: ["a", "b", "c"], cells: cells, places: [String](repeating: "net", count: 40),
      explanations: [])
    #expect(Recipes(table).found.isEmpty)
  }

  /// A fifth has no name, and so a certificate without one; half of all have ordinary ports.
  @Test func `what an explanation makes ordinary is no recipe`() {
    var withoutExplanation = 0
    for seed in UInt64(1)...20 {
      var chance = Xoshiro256StarStar(seed: seed)
      let isNamed = (0..<300).map { _ in chance.nextUnit() < 0.8 }
      let cells = isNamed.map { isNamed -> [RecipeTable.Cell] in
        let tool = ["rsa", "ec", "ec"][chance.nextIndex(below: 3)]
        return [
          .value(isNamed ? "name" : "ip4"), .value(tool + (isNamed ? " with names" : "")),
          .value(chance.nextUnit() < 0.5 ? "usual ports" : "p\(chance.nextIndex(below: 50))"),
          .value("as\(chance.nextIndex(below: 8))"),
        ]
      }
      func recipes(_ explanations: [RecipeTable.Explanation]) -> [Recipe] {
        Recipes(
          RecipeTable(
            fields: ["hosts", "shape", "ports", "as"], cells: cells,
            places: [String](repeating: "net", count: 300), explanations: explanations)
        ).found
      }
      #expect(recipes([.init(kinds: isNamed.map { $0 ? "name" : "address" })]).isEmpty)
      withoutExplanation += recipes([]).isEmpty ? 0 : 1
    }
    #expect(withoutExplanation >= 15, "without it most of these networks have one")
  }

  /// Machines at home are alike in three ways, whatever access network they are in.
  @Test(arguments: 1...20) func `what goes together everywhere is no recipe`(seed: UInt64) {
    var chance = Xoshiro256StarStar(seed: seed)
    let cells = (0..<300).map { _ -> [RecipeTable.Cell] in
      let isHome = chance.nextUnit() < 0.3
      let network = chance.nextIndex(below: 4)
      func value(_ field: Int) -> RecipeTable.Cell {
        isHome ? .value("home") : .value("v\(chance.nextIndex(below: 12))")
      }
      return [.value((isHome ? "access" : "hoster") + "\(network)")] + (0..<3).map { value($0) }
    }
    let recipes = Recipes(
      RecipeTable(
        fields: ["as", "a", "b", "c"], cells: cells,
        places: [String](repeating: "net", count: 300), explanations: [])
    ).found
    #expect(!recipes.contains { recipe in recipe.values.contains { $0.field == 0 } })
  }

  private static func network(fleet: Int, seed: UInt64) -> RecipeTable {
    var chance = Xoshiro256StarStar(seed: seed)
    let cells = (0..<300).map { record in
      (0..<6).map { field -> RecipeTable.Cell in
        if record < fleet, field < 3 { return .value("fleet") }
        if field < 3, chance.nextUnit() < 0.1 { return .value("fleet") }
        return .value("v\(chance.nextIndex(below: [12, 6, 8, 30, 5, 40][field]))")
      }
    }
    return RecipeTable(
      fields: (0..<6).map { "f\($0)" }, cells: cells,
      places: [String](repeating: "net", count: 300),
      explanations: [.init(kinds: (0..<300).map { String($0 % 2) })])
  }
}
