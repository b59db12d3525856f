import Foundation
import RecordLinkage

/// Links records, merges weights or finds recipes from a file, and prints seconds, wall and processor:
///
/// - `linkage-bench pairs RECORDS.tsv`: a record a line, its values separated by tabs, empty where it
///   has none; prints the pairs that say anything and the clusters, too.
/// - `linkage-bench average WEIGHTS COUNT`: doubles, by pair as scipy orders them; prints clusters.
/// - `linkage-bench recipes RECORDS.tsv`: prints the recipes.
@main
enum LinkageBench {
  static func main() throws {
    let arguments = CommandLine.arguments
    switch arguments[1] {
    case "average": try average(arguments[2], count: Int(arguments[3]) ?? 0)
    case "pairs": try pairs(try lines(arguments[2]))
    default: recipes(try lines(arguments[2]))
    }
  }

  private static func lines(_ path: String) throws -> [[String]] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
    }
  }

  private static func measure<Result>(_ work: () throws -> Result) rethrows -> (Result, [Any]) {
    let (wall, processor) = (Date(), clock())
    let result = try work()
    return (
      result,
      [Date().timeIntervalSince(wall), Double(clock() - processor) / Double(CLOCKS_PER_SEC)]
    )
  }

  private static func show(_ figures: [Any]) {
    print(figures.map { "\($0)" }.joined(separator: "\t"))
  }

  private static func average(_ path: String, count: Int) throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    var bits = [Double](repeating: 0, count: bytes.count / MemoryLayout<Double>.size)
    _ = bits.withUnsafeMutableBytes { bytes.copyBytes(to: $0) }
    var weights: [WeightedPair] = []
    weights.reserveCapacity(bits.count)
    var place = 0
    for a in 0..<count {
      for b in (a + 1)..<max(a + 1, count) {
        weights.append(WeightedPair(a: Int32(a), b: Int32(b), bits: bits[place]))
        place += 1
      }
    }
    let (clusters, seconds) = measure {
      AverageLinkage.partition(count: count, nothing: -0.5, greatest: 12, weights: weights)
    }
    show(seconds + [Set(clusters).count])
  }

  /// A group a column, of agreement 0.3, as a model of term frequencies has it.
  private static func pairs(_ records: [[String]]) throws {
    let columns = records.first?.count ?? 0
    var evidence = LinkageEvidence(count: records.count)
    evidence.fields = (0..<columns).map { column in
      ValueField(
        "field \(column)", group: column,
        values: records.map { $0[column].isEmpty ? [] : [$0[column]] })
    }
    let model = LinkageModel(
      groups: (0..<columns).map { column in
        EvidenceGroupModel(
          name: "field \(column)", levels: [AgreementLevel(agreement: 0.3, strength: .alone)])
      })
    let (linkage, seconds) = try measure { try Linkage(evidence, model: model) }
    var shown = 0
    linkage.forEachPair { _ in shown += 1 }
    show(seconds + [shown, linkage.pairs.count, Set(linkage.clusters).count])
  }

  private static func recipes(_ records: [[String]]) {
    let columns = records.first?.count ?? 0
    let table = RecipeTable(
      fields: (0..<columns).map { "field \($0)" },
      cells: records.map { $0.map { $0.isEmpty ? .unknown : .value($0) } },
      places: [String](repeating: "net", count: records.count),
      explanations: [.init(kinds: records.map { $0.first }, field: 0)])
    let (found, seconds) = measure { Recipes(table).found }
    show(seconds + [found.count])
  }
}
