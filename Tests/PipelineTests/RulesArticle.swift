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

    Every indicator of a reached server is a row of `scores.indicators`, with its class: *proved* by a
    contradiction that anyone can check, *statistical* with an error rate, or *descriptive*. An indicator that
    this release cannot evaluate is `unknown`, and lowers the coverage of the score.

    """
      + "\n"
      + table(
        ["Indicator", "Group", "Class", "Greatest odds", "Evaluated", "Says", "Source"],
        IndicatorRule.all.map { rule in
          [
            "`\(rule.id)`", rule.group.name, rule.verdictClass.rawValue,
            "\(Int(rule.greatestOdds)) : 1", rule.isEvaluated ? "yes" : "not yet", rule.statement,
            rule.source.text,
          ]
        })
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
