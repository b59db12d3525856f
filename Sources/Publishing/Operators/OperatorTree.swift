internal import Records

/// Servers of likely operators as a tree: each join is the strongest link between its two sides.
enum OperatorTree {
  private static let limit = 60

  /// - Parameters:
  ///   - links: those that hold likely operators together.
  ///   - caption: what the figure is of.
  /// - Returns: nil where fewer than three servers are joined.
  static func figure(
    id: String, title: String, links: [Link], caption: String, facts: ReportFacts
  ) -> Figure? {
    let strongest = links.filter(\.spanning).sorted {
      ($1.bits, $0.serverA, $0.serverB) < ($0.bits, $1.serverA, $1.serverB)
    }
    var places: [String: Int] = [:]
    var joins: [DendrogramChart.Join] = []
    for link in strongest {
      let new = [link.serverA, link.serverB].filter { places[$0] == nil }
      if places.count + new.count > limit { continue }
      for id in new { places[id] = places.count }
      guard let first = places[link.serverA], let second = places[link.serverB] else { continue }
      joins.append(.init(first: first, second: second, value: link.bits))
    }
    guard places.count > 2 else { return nil }
    let ids = places.sorted { $0.value < $1.value }.map(\.key)
    let all = Set(strongest.flatMap { [$0.serverA, $0.serverB] }).count
    let chart = DendrogramChart(
      id: id, title: title, axis: "bits",
      leaves: ids.map { "\(facts.label(of: $0)) \($0.prefix(8))" },
      joins: joins, isWeight: true)
    return Figure(
      chart,
      caption: caption + " Each bracket is the strongest link between its two sides, in bits; the "
        + "further to the left, the stronger. At zero the odds are even."
        + (all > ids.count
          ? " Drawn are the \(NumberText.count(ids.count)) of \(NumberText.count(all, "server")) that are joined most firmly."
          : ""),
      numbers: chart.numbers, sources: [Source("data/links.jsonl.gz")], isWide: true)
  }
}
