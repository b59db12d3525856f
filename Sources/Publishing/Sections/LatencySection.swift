internal import Records

/// How long connections took from the vantage: its distance from servers, and no property of theirs.
enum LatencySection {
  /// Upper ends of the bins. Unit: ms.
  private static let ends = [1.0, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]

  static func section(_ facts: ReportFacts) -> Section {
    var section = Section(sectionID: "latency", sectionTitle: "How long it takes")
    let answered = facts.endpoints.values.joined().filter { $0.outcome == .answered }
    let figures = [
      figure(
        "connect-time", "Time to connect", answered.map(\.connectMilliseconds),
        "From the first packet to an open TCP connection: one round trip."),
      figure(
        "tls-time", "Time of the TLS handshake",
        answered.filter { $0.transport == .ssl }.map(\.tlsMilliseconds),
        "From the open connection to the end of the handshake: round trips and work on both sides."),
    ].compactMap(\.self)
    guard !figures.isEmpty else {
      section.sectionAbsence =
        "No time of a connection is known: none was measured, or it was not imported."
      return section
    }
    section.sectionLead = [
      "One vantage measures its own distance: a near server is not a better one, and no verdict rests on "
        + "it. How long a server works on each question stands in the table of service times, with delays "
        + "that programs add by design told apart."
    ]
    section.figures = figures
    return section
  }

  /// nil where no value is known.
  private static func figure(
    _ id: String, _ title: String, _ values: [Double?], _ caption: String
  ) -> Figure? {
    let known = values.compactMap(\.self)
    guard !known.isEmpty else { return nil }
    var counts = [Int](repeating: 0, count: ends.count + 1)
    for value in known { counts[ends.firstIndex { value < $0 } ?? ends.count] += 1 }
    let first = counts.firstIndex { $0 > 0 } ?? 0
    let last = counts.lastIndex { $0 > 0 } ?? 0
    var rows = (first...last).map { ChartRow(name($0), counts[$0]) }
    let unknown = values.count - known.count
    if unknown > 0 { rows.append(ChartRow("not known", unknown, .untested)) }
    return Figure(
      BarChart(id: id, title: title, rows: rows),
      caption: caption + " Endpoints that answered when their server was last listed.",
      numbers: Grid(
        ["Time", "#Endpoints"], rows.map { [$0.label, NumberText.count($0.total)] }),
      sources: [Source("data/endpoints.csv.gz"), Source("data/service_times.csv.gz")])
  }

  private static func name(_ bin: Int) -> String {
    if bin == 0 { return "under \(NumberText.decimal(ends[0])) ms" }
    let low = NumberText.count(Int(ends[bin - 1]))
    return bin == ends.count
      ? "\(low) ms and more" : "\(low) to under \(NumberText.count(Int(ends[bin]))) ms"
  }
}
