import Artifact
import Ordering
import Records
import StageKit
import Statistics

/// What the stage writes of behaviour: memberships, families with what tells them, outliers,
/// figures.
struct BehaviourTables {
  private let table: BehaviourTable
  private let parameters: ClusterParameters
  private let classes: BehaviourClasses
  private let families: BehaviourFamilies
  private let stability: BehaviourStability
  private let classIDs: [String]
  /// By family.
  private let familyIDs: [String]
  private let classesOf: [[Int]]
  private let classOfServer: [Int?]

  private static let traitsOfFamily = 5

  init(
    _ table: BehaviourTable, _ parameters: ClusterParameters, threads: Int,
    check: () throws -> Void = {}
  ) throws {
    self.table = table
    self.parameters = parameters
    let classes = BehaviourClasses(table, parameters)
    self.classes = classes
    let families = BehaviourFamilies(classes, table, parameters)
    self.families = families
    stability = try BehaviourStability(
      table, classes, families, parameters, threads: threads, check: check)
    let classIDs = classes.classes.map { BehaviourClasses.id(of: $0.representative, table) }
    self.classIDs = classIDs
    var classesOf = [[Int]](repeating: [], count: families.familyCount)
    for (index, family) in families.families.enumerated() {
      if let family { classesOf[family].append(index) }
    }
    self.classesOf = classesOf
    familyIDs = classesOf.map { members in
      Identifier.group(prefix: "f_", anchor: members.map { classIDs[$0] }.min() ?? "")
    }
    var classOf = [Int?](repeating: nil, count: table.servers.count)
    for (index, group) in classes.classes.enumerated() {
      for member in group.members { classOf[member] = index }
    }
    classOfServer = classOf
  }

  var memberships: [BehaviourMembership] {
    table.servers.enumerated().map { index, server in
      BehaviourMembership(serverID: server).with { row in
        row.coverage = table.coverage(index)
        guard let own = classOfServer[index] else {
          row.familyID = compatibleFamily(index).map { familyIDs[$0] }
          return
        }
        row.classID = classIDs[own]
        row.classSize = classes.classes[own].members.count
        row.familyID = families.families[own].map { familyIDs[$0] }
      }
    }
  }

  /// Of a server with too little observed: the one family of all classes that it may be of.
  private func compatibleFamily(_ server: Int) -> Int? {
    let width = table.probes.count
    let own = table.codes[server * width..<(server + 1) * width]
    var found: Int?
    for (index, group) in classes.classes.enumerated() {
      guard let joint = BehaviourClasses.shared(own, group.representative), joint > 0 else {
        continue
      }
      guard let family = families.families[index], found == nil || found == family else {
        return nil
      }
      found = family
    }
    return found
  }

  // MARK: Families

  var familyRows: [BehaviourFamily] {
    familyIDs.indices.map { family in
      var nearest: (own: Int, other: Int, distance: Double)?
      for own in classesOf[family] {
        let isOther = { (index: Int) in families.families[index].map { $0 != family } ?? false }
        guard let found = families.nearest(to: own, where: isOther) else { continue }
        if nearest.map({ found.distance < $0.distance }) ?? true {
          nearest = (own, found.index, found.distance)
        }
      }
      return BehaviourFamily(familyID: familyIDs[family]).with { row in
        row.classes = classesOf[family].map { classIDs[$0] }.sorted()
        row.servers = classesOf[family].reduce(0) { $0 + classes.classes[$1].members.count }
        row.meanOverlap = stability.meanOverlaps[family]
        row.stability = stability.meanOverlaps[family].map(FamilyStability.init)
        guard let nearest else { return }
        row.nearestFamily = families.families[nearest.other].map { familyIDs[$0] }
        row.nearestDistance = nearest.distance
        row.differingProbes = differing(nearest.own, nearest.other)
      }
    }
  }

  private func differing(_ a: Int, _ b: Int) -> [String] {
    let (x, y) = (classes.classes[a].representative, classes.classes[b].representative)
    return table.probes.indices
      .filter { x[$0] != 0 && y[$0] != 0 && x[$0] != y[$0] }
      .map { table.probes[$0] }
  }

  private func sharedProbes(_ a: Int, _ b: Int) -> Int {
    let (x, y) = (classes.classes[a].representative, classes.classes[b].representative)
    return table.probes.indices.count { x[$0] != 0 && y[$0] != 0 }
  }

  var traits: [BehaviourTrait] {
    let width = table.probes.count
    var all = table.probes.indices.map { [Int](repeating: 0, count: table.values(probe: $0) + 1) }
    let classed = classes.classes.flatMap(\.members)
    func count(_ servers: [Int], into counts: inout [[Int]]) {
      for server in servers {
        for probe in 0..<width { counts[probe][Int(table.codes[server * width + probe])] += 1 }
      }
    }
    count(classed, into: &all)
    return familyIDs.indices.flatMap { family -> [BehaviourTrait] in
      var own = table.probes.indices.map { [Int](repeating: 0, count: table.values(probe: $0) + 1) }
      count(classesOf[family].flatMap { classes.classes[$0].members }, into: &own)
      var found: [BehaviourTrait] = []
      for probe in 0..<width {
        let values = Double(table.values(probe: probe))
        let (ownTotal, total) = (
          own[probe].dropFirst().reduce(0, +), all[probe].dropFirst().reduce(0, +)
        )
        for code in own[probe].indices.dropFirst() where own[probe][code] > 0 {
          found.append(
            BehaviourTrait(familyID: familyIDs[family], rank: 0).with {
              $0.probe = table.probes[probe]
              $0.signature = table.signature(UInt16(code), probe: probe) ?? ""
              $0.familyShare = Double(own[probe][code]) / Double(ownTotal)
              $0.share = Double(all[probe][code]) / Double(total)
              $0.lift =
                (Double(own[probe][code] + 1) / (Double(ownTotal) + values))
                / (Double(all[probe][code] + 1) / (Double(total) + values))
            })
        }
      }
      found.sort {
        $0.lift != $1.lift
          ? $0.lift > $1.lift
          : ($0.probe, $0.signature) < ($1.probe, $1.signature)
      }
      return found.prefix(Self.traitsOfFamily).enumerated().map { place, row in
        var row = row
        row.rank = place + 1
        return row
      }
    }
  }

  // MARK: Outliers

  var outliers: [BehaviourOutlier] {
    let givers = classesByAnswer
    return classes.classes.indices.compactMap { index in
      let family = families.families[index]
      guard
        family == nil || families.scores[index] >= parameters.outlierScore
          || answersAlone(index, givers)
      else { return nil }
      let nearest = families.nearest(to: index) { _ in true }
      return BehaviourOutlier(classID: classIDs[index]).with { row in
        row.servers = classes.classes[index].members.map { table.servers[$0] }.sorted()
        row.score = families.scores[index]
        row.familyID = family.map { familyIDs[$0] }
        guard let nearest else { return }
        row.nearestClass = classIDs[nearest.index]
        row.nearestDistance = nearest.distance
        row.differingProbes = differing(index, nearest.index)
        row.sharedProbes = sharedProbes(index, nearest.index)
      }
    }
  }

  /// By probe and code: classes that answer so.
  private var classesByAnswer: [[Int]] {
    var counts = table.probes.indices.map {
      [Int](repeating: 0, count: table.values(probe: $0) + 1)
    }
    for group in classes.classes {
      for (probe, code) in group.representative.enumerated() { counts[probe][Int(code)] += 1 }
    }
    return counts
  }

  /// Whether a class of too few servers to be a family answers a probe as no other class does. Beside
  /// a popular class one such answer is the least difference there is, and so no distance shows it.
  private func answersAlone(_ index: Int, _ givers: [[Int]]) -> Bool {
    let group = classes.classes[index]
    return group.members.count < parameters.minimumFamily
      && group.representative.enumerated().contains { probe, code in
        code != 0 && givers[probe][Int(code)] == 1
      }
  }

  // MARK: Figures

  /// - Parameter software: what each server says that it is: implementation and major version.
  func metrics(software: [String: String]) -> [ClusterMetric] {
    let quality = families.quality(dimensions: table.probes.count + table.timings.count)
    let classed = classes.classes.reduce(0) { $0 + $1.members.count }
    let noise = classes.classes.indices
      .filter { families.families[$0] == nil }
      .reduce(0) { $0 + classes.classes[$1].members.count }
    let known = table.servers.indices.compactMap { index -> (Int, String)? in
      guard let own = classOfServer[index], let name = software[table.servers[index]] else {
        return nil
      }
      return (families.families[own] ?? -1 - own, name)
    }
    let agreement = PartitionComparison(
      truth: known.map(\.1), prediction: known.map(\.0)
    ).adjustedRandIndex
    func metric(_ name: String, _ value: Double?, _ summary: String) -> ClusterMetric {
      ClusterMetric(metric: "behaviour.\(name)", summary: summary).with { $0.value = value }
    }
    let histogram = (0..<10).map { tenth in
      metric(
        "coverage.\(tenth)",
        Double(
          table.servers.indices.count { min(9, Int(table.coverage($0) * 10)) == tenth }),
        "Reached servers of which \(tenth) to \(tenth + 1) tenths of the probes were answered.")
    }
    return [
      metric("classes", Double(classes.classes.count), "Exact behaviour classes."),
      metric(
        "unclassed", Double(classes.unclassed.count),
        "Reached servers with too few answers to be classed."),
      metric("families", Double(families.familyCount), "Families of behaviour classes."),
      metric(
        "families.stable",
        Double(stability.meanOverlaps.count { ($0 ?? 0) >= 0.75 }),
        "Of these, stable or highly stable when a fifth of servers and probes is left out."),
      metric(
        "noise", classed == 0 ? nil : Double(noise) / Double(classed),
        "Share of classed servers in no family."),
      metric("outliers", Double(outliers.count), "Classes that stand apart."),
      metric(
        "validity", quality.validity,
        "Density-based cluster validity of the families, -1 to 1 (Moulavi et al. 2014)."),
      metric("silhouette", quality.silhouette, "Mean silhouette of the families, -1 to 1."),
      metric(
        "order", stability.leastAgreement,
        "Least adjusted Rand index of the families against 20 other orders of the servers."),
      metric(
        "software", agreement,
        "Adjusted Rand index of the families against implementation and major version: near 1 the probes see nothing else, low they see more."
      ),
    ] + histogram
  }
}
