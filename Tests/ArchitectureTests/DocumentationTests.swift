import Artifact
import Foundation
import Records
import StageKit
import Testing

/// The documentation names what the programs have.
struct DocumentationTests {
  @Test func `every target is described in the architecture article`() throws {
    let article = try SourceTree.text(Self.architecture)
    for module in SourceTree.modules where !article.contains("`\(module)`") {
      Issue.record("Architecture.md does not mention \(module)")
    }
  }

  @Test(arguments: RecordCatalog.all.map { $0.schema.id })
  func `every artifact is described in the ontology article`(id: String) throws {
    let article = try SourceTree.text(Self.ontology)
    #expect(article.contains("`\(id)`"))
  }

  @Test(arguments: Outcome.allCases) func `every outcome code is described in the ontology article`(
    outcome: Outcome
  ) throws {
    let article = try SourceTree.text(Self.ontology)
    #expect(article.contains("`\(outcome.rawValue)`"))
  }

  @Test func `every rule id of the stages is described in the rules article, and no other`() throws
  {
    let ids = { (text: String) in
      Set(
        text.matches(
          of:
            /["`]((?:resolution|veto|claim|certificate|operator|outage|event)\.[a-z-]+|I[0-9]+\.[a-z-]+)["`]/
        )
        .map { String($0.output.1) })
    }
    var used: Set<String> = []
    for module in ["Records", "Normalizing", "Clustering", "Scoring"] {
      for file in SourceTree.swiftFiles(in: "Sources/\(module)") {
        used.formUnion(ids(file.lines.joined(separator: "\n")))
      }
    }
    // Units of concentration and exposure.
    used.subtract(["operator.cohort", "operator.declared", "operator.identity"])
    let described = ids(try SourceTree.text("Sources/Records/Records.docc/Rules.md"))
    #expect(used.subtracting(described) == [], "used, and not described")
    #expect(described.subtracting(used) == [], "described, and not used")
    #expect(described.count > 30)
  }

  @Test(arguments: StageError.Code.allCases)
  func `every exit code is described in the architecture article`(code: StageError.Code) throws {
    #expect(try SourceTree.text(Self.architecture).contains("| \(code.exitCode) |"))
  }

  @Test func `the change log has an entry for the current version`() throws {
    #expect(try SourceTree.text("CHANGELOG.md").contains("## \(observatoryVersion)\n"))
  }

  @Test func `the citation names the current version`() throws {
    #expect(try SourceTree.text("CITATION.cff").contains("version: \(observatoryVersion)\n"))
  }

  @Test func `every requirement is cited by a test, and every citation names a requirement`() throws
  {
    let numbers = { (text: String) in
      Set(text.matches(of: /\bR-[0-9]+\b/).map { String($0.output) })
    }
    let stated = numbers(try SourceTree.text(Self.requirements))
    var cited: Set<String> = []
    for suffix in [".swift", ".py"] {
      for file in SourceTree.files(in: "Tests", suffix: suffix) {
        cited.formUnion(numbers(file.lines.joined(separator: "\n")))
      }
    }
    #expect(stated.subtracting(cited) == [], "stated, and no test cites them")
    #expect(cited.subtracting(stated) == [], "cited, and not stated")
  }

  private static let architecture = "Sources/StageKit/StageKit.docc/Architecture.md"
  private static let ontology = "Sources/Records/Records.docc/Ontology.md"
  private static let requirements = "Sources/StageKit/StageKit.docc/Requirements.md"
}
