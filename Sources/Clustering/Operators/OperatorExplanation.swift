import Artifact
import RecordLinkage
import Records
import StageKit

extension ClusterStage {
  /// Why two servers are linked or not (two server ids), or what holds an operator together (the id
  /// of one), in lines of 80 columns at most.
  public func explanation(
    of ids: [String], normalized: String, features: String
  ) throws -> String {
    let servers = try ServerFactsReader.servers(
      normalized: normalized, features: features, context: context)
    let partitions: OperatorPartitions = try linked(place: features) { () throws(LinkageError) in
      try OperatorPartitions(
        servers, copiedKeys: parameters.copiedKeys, model: parameters.model,
        threads: context.threads, memory: parameters.memory)
    }
    let explanation = OperatorExplanation(partitions)
    let text =
      ids.count == 2
      ? explanation.pair(ids[0], ids[1]) : ids.first.flatMap { explanation.operator($0) }
    guard let text else {
      throw StageError(
        .badInput, place: "explain",
        expected: "two different servers that answered, or an operator of several servers",
        found: ids.map { EscapedText.escape($0) }.joined(separator: " "),
        remedy: "take ids from clusters/operators.csv.gz")
    }
    return text
  }
}

/// Explanations as a reader follows them: what pulls together, what holds apart.
struct OperatorExplanation {
  private static let width = 80
  private let partitions: OperatorPartitions
  private let tables: OperatorTables
  private let ids: [String]

  init(_ partitions: OperatorPartitions) {
    self.partitions = partitions
    tables = OperatorTables(partitions)
    ids = partitions.servers.map(\.id)
  }

  // MARK: Pairs

  /// - Returns: nil where a server did not answer, or both are one.
  func pair(_ one: String, _ other: String) -> String? {
    guard let a = ids.firstIndex(of: one), let b = ids.firstIndex(of: other), a != b else {
      return nil
    }
    let comparison = partitions.linkage.comparison(a, b)
    let link = tables.link(comparison)
    var lines = ["\(link.serverA) and \(link.serverB)", ""]
    lines.append(Self.row("prior", "two servers of which nothing is known", link.prior))
    for agreement in link.agreements { lines += Self.lines(agreement) }
    lines.append(String(repeating: "-", count: 34))
    lines.append(Self.row("W", "probability \(Self.decimal(link.posterior, 4))", link.bits))
    lines += ["", Self.sentence(link.says)]
    if link.agreements.isEmpty { lines.append("Nothing is known that both have.") }
    lines += changes(comparison)
    return Self.text(lines)
  }

  private func changes(_ comparison: PairComparison) -> [String] {
    guard !comparison.agreements.isEmpty else { return [] }
    var lines = ["", "What would change it:"]
    for agreement in comparison.agreements {
      let rule = Self.short(agreement.field)
      if let change = agreement.withAnotherHolder, change != 0 {
        lines.append("  another unit with this \(rule): \(Self.signed(change)) bits")
      }
      lines.append(
        "  without \(rule): W = \(Self.signed(comparison.total - agreement.bits))")
    }
    return lines
  }

  private static func lines(_ agreement: LinkAgreement) -> [String] {
    var lines = [row(agreement.group, short(agreement.rule), agreement.bits)]
    if !agreement.value.isEmpty {
      lines.append("          " + EscapedText.escape(agreement.value))
    }
    var basis = "\(agreement.strength), cap \(decimal(agreement.cap, 2))"
    if let share = agreement.share, let chance = agreement.chance {
      basis += ", log2(\(decimal(share, 2)) / \(decimal(chance, 6)))"
    }
    if let holders = agreement.holders, let known = agreement.known {
      basis += "; \(holders) of \(known) others"
    }
    lines.append("          " + basis)
    return lines
  }

  private static func sentence(_ word: LinkWord) -> String {
    switch word {
    case .proved: "Proved: both have one secret."
    case .oneIdentity: "One identity: no stranger can make all that joins them."
    case .likely: "Likely one operator."
    case .possibly: "Possibly one operator: what joins them can be copied, rented or shared."
    case .declared: "Not joined as one operator; joined by what they say of themselves (declared)."
    case .deployedAlike: "Not joined as one operator; deployed alike."
    case .apart: "Not joined."
    }
  }

  // MARK: Operators

  /// - Returns: nil where no operator of several servers has this id.
  func `operator`(_ id: String) -> String? {
    guard
      let cluster = partitions.clusters.first(where: {
        OperatorTables.id("o_", ids[$0.evidence.members[0]]) == id
      })
    else { return nil }
    let evidence = cluster.evidence
    var lines = ["\(id): \(evidence.members.count) servers, \(cluster.label.rawValue)"]
    if let shortfall = cluster.shortfall {
      lines.append("No better label: \(shortfall).")
    }
    lines += ["", "Mean bits of its \(evidence.pairs) pairs:"]
    lines.append(Self.row("prior", "", partitions.linkage.prior))
    for group in OperatorGroup.weighed where evidence.meanBits[group.rawValue] > 0 {
      lines.append(Self.row(group.name, "", evidence.meanBits[group.rawValue]))
    }
    lines.append("Mean probability \(Self.decimal(evidence.meanPosterior, 4)).")
    lines += ["", "The strongest links that hold it together:"]
    for link in evidence.spanning { lines.append(line(link)) }
    if let bridge = evidence.weakestBridge {
      lines += ["", "Its weakest bridge:", line(bridge)]
    }
    let members = Set(evidence.members)
    let links = partitions.linkage.pairs.filter {
      members.contains(Int($0.a)) && members.contains(Int($0.b))
    }
    if let cut = MinimumCut.bits(members: evidence.members, links: links) {
      lines.append("At least \(Self.decimal(cut, 2)) bits would have to go to part it.")
    }
    return Self.text(lines)
  }

  private func line(_ link: WeightedPair) -> String {
    let comparison = partitions.linkage.comparison(Int(link.a), Int(link.b))
    let groups = comparison.agreements.filter { $0.bits > 0 }
      .map { OperatorGroup.weighed[$0.group].name }
    return "  \(ids[Int(link.a)]) \(ids[Int(link.b)]) \(Self.signed(link.bits)) "
      + groups.joined(separator: ", ")
  }

  // MARK: Text

  private static func text(_ lines: [String]) -> String {
    lines.map { line in
      var line = line.count > width ? line.prefix(width - 1) + "…" : line[...]
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  /// A name, bits with a bar, and what they are of.
  private static func row(_ name: String, _ what: String, _ bits: Double) -> String {
    let bar = String(repeating: bits < 0 ? "-" : "+", count: min(14, Int(bits.magnitude.rounded())))
    return pad(name, 8) + pad(signed(bits), 9, isRight: true) + " " + pad(bar, 15) + what
  }

  private static func pad(_ text: String, _ width: Int, isRight: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return isRight ? space + text : text + space
  }

  private static func signed(_ bits: Double) -> String {
    (bits < 0 ? "-" : "+") + decimal(bits.magnitude, 2)
  }

  private static func short(_ rule: String) -> String {
    String(rule.drop { $0 != "." }.dropFirst())
  }

  /// A number with so many digits after the point.
  private static func decimal(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite, value.magnitude < 1e12 else { return "\(value)" }
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    let whole = Int((value.magnitude * scale).rounded())
    let (integer, rest) = whole.quotientAndRemainder(dividingBy: Int(scale))
    let fraction = String(rest)
    let sign = value < 0 && whole > 0 ? "-" : ""
    return sign + "\(integer)"
      + (digits > 0 ? "." + String(repeating: "0", count: digits - fraction.count) + fraction : "")
  }
}
