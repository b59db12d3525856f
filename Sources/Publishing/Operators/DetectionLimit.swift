/// How well one who hides is found: measured on simulated networks, since nobody knows who hides in a
/// real one.
///
/// Share of the pairs of servers of one hiding operator that are in one likely operator, among 260
/// servers of others, by its size and by the part of the fields that it makes random on each server; one
/// scan. Figures of the article Likely Operators, from the evaluation that the programs ship.
enum DetectionLimit {
  /// Parts of the fields that are made random.
  static let randomised = [0, 0.25, 0.5, 0.75, 0.9, 1]
  /// Servers of the hiding operator, and the share found at each of those parts.
  static let rows: [(servers: Int, found: [Double])] = [
    (5, [1, 1, 0.65, 0.3, 0.05, 0]),
    (15, [1, 1, 0.58, 0.2, 0.06, 0]),
    (40, [1, 0.75, 0.38, 0.12, 0.02, 0]),
  ]

  static let statement =
    "An operator who sets half or more of the fields that can be set differently on each server is "
    + "nearly invisible, and no group found is no sign that there is none."

  static var listing: Listing {
    Listing(
      listingTitle: "Detection limit",
      listingCaption:
        "Share of the pairs of one hiding operator's servers that are found to belong together, by "
        + "how many servers it has and which part of their fields it makes random. Measured on "
        + "simulated networks of 260 other servers, one scan each; of a real network it is likely less.",
      listingRows: Grid(
        ["Servers of the operator"] + randomised.map { "#" + NumberText.percent($0) },
        rows.map { row in
          [NumberText.count(row.servers, "server")] + row.found.map { NumberText.percent($0) }
        }), listingSources: [])
  }
}
