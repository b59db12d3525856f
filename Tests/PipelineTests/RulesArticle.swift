import RecordLinkage
import Records

@testable import Clustering
@testable import Featurizing
@testable import Normalizing
@testable import Scoring

/// The article `Rules`, made of the rules themselves.
enum RulesArticle {
  static var text: String {
    [
      introduction, resolution, operators, indicators, outages, certificates, software,
    ].joined(separator: "\n\n") + "\n"
  }

  private static let introduction = """
    # Rules

    The permanent ids of the rules that join, link and score, and what each one says.

    A rule's id is never given to another rule. Each stage writes the rules that it applies as the table
    `rules` into its folder, and the data package has them all in one. This article is written from the
    rules by a test.
    """

  private static var resolution: String {
    """
    ## Which endpoints are one server

    Every merge, veto and one-sided claim is a row of `normalized.resolution`. How the rules work together is
    told by the article Server-Resolution of the module Normalizing. S and V are their numbers there.

    """
      + "\n"
      + table(["Rule", "Kind", "Says", "Source"], rows(NormalizeStage.rules, of: .resolution))
  }

  private static var operators: String {
    """
    ## Which servers likely have one operator

    Links are rows of `clusters.links`, with the bits of each group. Evidence of one group counts once. A
    *proof* outweighs all doubt, evidence that may decide *alone* needs no other group, and what *supports*
    needs a bit of another group beside it. How the rules work together is told by the article
    Likely-Operators of the module Clustering.

    """
      + "\n"
      + table(
        ["Rule", "Group", "Strength", "Evaluated", "Says", "Source"],
        OperatorRule.all.map { rule in
          [
            "`\(rule.id)`", rule.group.name, rule.strength?.rawValue ?? "none",
            rule.isEvaluated ? "yes" : "not yet", rule.statement, rule.source.text,
          ]
        })
  }

  private static var indicators: String {
    """
    ## How a server deviates

    Every indicator of a reached server is a row of `scores.indicators`. Its grade is what it may say at most:
    *proved* by archived bytes that anyone can check, *strong* (1000 : 1), *supporting* (100 : 1), or *none*,
    which is shown and not scored. Where two grades stand, the second one needs two scans some hours apart.
    What a rule computes, what honest servers do, why a hit speaks for deviation and what would refute it is
    told below the table. How rules become a score is told by the article Deviation-Score.

    """
      + "\n"
      + table(
        ["Indicator", "Family", "Grade", "Needs", "Evaluated", "Says", "Source"],
        IndicatorRule.all.map { rule in
          [
            "`\(rule.id)`", rule.group.name, grade(rule.grades), rule.requirement.rawValue,
            rule.isEvaluated ? "yes" : "no", rule.statement, rule.source.text,
          ]
        }) + "\n\n" + IndicatorRule.all.map(explanation).joined(separator: "\n\n")
  }

  private static func grade(_ grades: IndicatorRule.Grades) -> String {
    grades.inOneScan == grades.inSeries
      ? grades.inSeries.rawValue : "\(grades.inOneScan.rawValue), \(grades.inSeries.rawValue)"
  }

  private static func explanation(_ rule: IndicatorRule) -> String {
    let told = rule.explanation
    return """
      ### \(rule.id)

      - Statistic: \(told.statistic)
      - Honest servers: \(told.null)
      - Why it speaks for deviation: \(told.rationale)
      - What would refute it: \(told.refutation)
      """
  }

  private static var outages: String {
    """
    ## What is not held against a server

    `excused` of `features.timelines`, `excluded` of `features.events` and `rule` of `features.outages` name
    these rules. The numbers are parameters of `featurize`, here with their defaults; a dataset's table `rules`
    has those that were used. How the rules work together is told by the module Longitudinal.

    """
      + "\n"
      + table(["Rule", "Excuses", "Says", "Source"], rows(FeaturizeStage.rules(), of: .outage))
  }

  private static var certificates: String {
    """
    ## What class of maker a certificate has

    `profile` and `profile_rule` of `normalized.certificates`: the first rule that holds.

    """
      + "\n"
      + table(
        ["Rule", "Profile", "Says", "Source"], rows(NormalizeStage.rules, of: .certificate))
  }

  private static let software = """
    ## Which software a server is

    The rules of this family are listed by the article Rule-Book of the module SoftwareIdentification.
    """

  private static func rows<Table: RuleTable>(
    _ rules: [RuleRecord<Table>], of family: RuleFamily
  ) -> [[String]] {
    rules.filter { $0.family == family }.map { ["`\($0.id)`", $0.group, $0.statement, $0.source] }
  }

  private static func table(_ head: [String], _ rows: [[String]]) -> String {
    let line = { (cells: [String]) in "| " + cells.joined(separator: " | ") + " |" }
    let rule = "|" + String(repeating: "---|", count: head.count)
    return ([line(head), rule] + rows.map(line)).joined(separator: "\n")
  }
}
