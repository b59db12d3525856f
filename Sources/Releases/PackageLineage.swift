public import Artifact
import Ordering
import Records

/// What the tables of a package were made from: scans, revisions of stages, parameters, references.
public struct PackageLineage: Sendable, Equatable {
  /// What one stage was told, as canonical texts.
  struct Stage: Sendable, Equatable {
    var revision = ""
    var parameters = ""
    var references: [String] = []
  }

  /// Digests of the evidence of each scan.
  let scans: [String: [String]]
  /// What each stage after collect was told.
  let stages: [String: Stage]

  /// - Parameter provenance: the content of a package's `provenance.json`.
  public init(_ provenance: JSONValue) {
    var scans: [String: [String]] = [:]
    var stages: [String: Stage] = [:]
    for record in Self.items(provenance["stages"]) {
      let name = record["stage"]?["name"]?.text ?? ""
      if let scan = record["scan"]?.text {
        scans[scan] = Self.items(record["outputs"]).compactMap { $0["content_sha256"]?.text }
      } else {
        stages[name] = Stage(
          revision: record["stage"]?["revision"]?.canonicalText ?? "",
          parameters: record["parameters"]?.canonicalText ?? "",
          references: Self.items(record["references"]).map(\.canonicalText).sorted())
      }
    }
    self.scans = scans
    self.stages = stages
  }

  private static func items(_ value: JSONValue?) -> [JSONValue] {
    guard case .array(let items)? = value else { return [] }
    return items
  }

  /// The last scan of each vantage. Names of scans are a time and, behind it, the vantage.
  var lastScans: [String: String] {
    scans.keys.sorted().reduce(into: [:]) { $0[String($1.dropFirst(17))] = $1 }
  }

  /// Whether a scan of that name rests on the same bytes in both.
  func shares(_ scan: String, with other: PackageLineage) -> Bool {
    guard let here = scans[scan] else { return false }
    return here == other.scans[scan]
  }

  /// What a difference of a table that `stage` writes can come from, the scans aside.
  ///
  /// Where nothing that the packages record is otherwise, the programs are: a change that their
  /// revision does not tell.
  func ownCauses(of later: PackageLineage, upTo stage: Step) -> [DifferenceCause] {
    let steps = Step.allCases.filter { $0.rawValue <= stage.rawValue }.map { "\($0)" }
    let pairs = steps.map { (stages[$0] ?? Stage(), later.stages[$0] ?? Stage()) }
    var causes: [DifferenceCause] = []
    if pairs.contains(where: { $0.parameters != $1.parameters }) { causes.append(.rules) }
    if pairs.contains(where: { $0.revision != $1.revision }) { causes.append(.programs) }
    if pairs.contains(where: { $0.references != $1.references }) { causes.append(.references) }
    return causes
  }

  /// What a difference can come from where it is drawn from all scans.
  func causes(of later: PackageLineage, upTo stage: Step) -> [DifferenceCause] {
    let own = ownCauses(of: later, upTo: stage)
    if scans != later.scans { return [.world] + own }
    return own.isEmpty ? [.programs] : own
  }

  /// The stages that derive tables, in the order of the pipeline.
  enum Step: Int, CaseIterable {
    case normalize, featurize, cluster, score
  }
}

extension JSONValue {
  /// The text that this is; nil where it is none.
  var text: String? {
    if case .string(let text) = self { return text }
    return nil
  }
}
