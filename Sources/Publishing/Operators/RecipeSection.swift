import Ordering
internal import Records

/// Servers that are deployed alike.
enum RecipeSection {
  static func section(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "recipes", sectionTitle: "Deployed alike")
    guard !facts.recipes.isEmpty else {
      section.sectionAbsence = "No combination of ordinary values is too frequent for chance."
      return section
    }
    section.sectionLead = [OperatorWording.alike]
    let rows = facts.recipes.sorted {
      ($1.servers.count, $0.recipeID) < ($0.servers.count, $1.recipeID)
    }
    section.listings = [
      Listing(
        listingTitle: "Recipes",
        listingCaption:
          "Their values, how many servers have all of them, and how likely that is by "
          + "chance (natural logarithm).",
        listingRows: Grid(
          ["Recipe", "Values", "#Servers", "#Candidates", "#ln chance", "Some of the servers"],
          rows.prefix(30).map { row in
            [
              row.recipeID, VisibleText.show(row.values.joined(separator: "; "), limit: 300),
              NumberText.count(row.servers.count), NumberText.count(row.candidates),
              NumberText.decimal(row.logChance, places: 1),
              row.servers.prefix(4).map(facts.label).joined(separator: ", "),
            ]
          }), listingSources: [Source("data/recipes.csv.gz")])
    ]
    return section
  }
}
