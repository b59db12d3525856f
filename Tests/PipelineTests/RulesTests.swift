import Foundation
import Records
import TestSupport
import Testing

@testable import Clustering
@testable import Featurizing
@testable import Normalizing
@testable import Scoring

/// Rules are values whose book is printed.
struct RulesTests {
  /// Every rule of every stage.
  private static let all: [RuleRecord<PublishedRules>] =
    NormalizeStage.rules.map { RuleRecord($0) } + FeaturizeStage.rules().map { RuleRecord($0) }
    + ClusterStage.rules.map { RuleRecord($0) } + ScoreStage.rules.map { RuleRecord($0) }

  @Test func `the article of rules is written from the rules`() throws {
    #expect(try Golden.matches(RulesArticle.text, "Sources/Records/Records.docc/Rules.md"))
  }

  @Test func `every family has rules, no id is given twice, and each family stands in one stage`() {
    #expect(Set(Self.all.map(\.family)) == Set(RuleFamily.allCases))
    #expect(Set(Self.all.map(\.id)).count == Self.all.count)
    #expect(Self.all.count > 120)
  }

  @Test func `a statement is one sentence of one line, and a source is named`() {
    for rule in Self.all {
      // What stands between backticks is a server's text.
      let words = rule.statement.replacing(/`[^`]*`/, with: "")
      #expect(words.hasSuffix(".") && !words.contains(". "), "\(rule.id)")
      #expect(!rule.statement.contains("\n") && !rule.statement.contains("|"), "\(rule.id)")
      #expect(rule.statement.first.map { $0.isUppercase || $0 == "`" } == true, "\(rule.id)")
      #expect(!rule.source.isEmpty && !rule.group.isEmpty, "\(rule.id)")
    }
  }

  @Test func `an article that a rule cites is there, with the section`() throws {
    let files = FileManager.default.enumerator(atPath: PackageRoot.path("Sources"))
    var articles: [String: String] = [:]
    while let name = files?.nextObject() as? String {
      guard name.hasSuffix(".md") else { continue }
      let title = ((name as NSString).lastPathComponent as NSString).deletingPathExtension
      articles[title] = try String(
        contentsOfFile: PackageRoot.path("Sources/" + name), encoding: .utf8)
    }
    var cited = 0
    for rule in Self.all {
      guard let match = rule.source.wholeMatch(of: /article (.+), section “(.+)”/) else { continue }
      cited += 1
      let text = articles[String(match.output.1)] ?? ""
      #expect(text.contains("## \(match.output.2)\n"), "\(rule.id) cites \(rule.source)")
    }
    #expect(cited > 20)
  }

  @Test func `ids are ordered as people read numbers`() {
    let ids: [RuleID] = [
      "I2.a", "I10.a", "I10.b", "S2", "S10", "software.agrees-1.4", "software.agrees-1.4.1",
      "software.agrees-1.10",
    ]
    #expect(ids.shuffled().sorted() == ids)
  }
}
