import Foundation
import Records
import TestSupport
import Testing

@testable import Scoring

/// Indicators are stated before they are applied.
struct RuleBookTests {
  @Test func `the rule book has every rule of the folder once, in the order of numbers`() throws {
    let ids = IndicatorRule.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids == ids.sorted())
    let files = try FileManager.default.contentsOfDirectory(
      atPath: PackageRoot.path("Sources/Scoring/Indicators"))
    #expect(ids.count == files.count)
    for number in 1...25 {
      #expect(ids.contains { $0.text.hasPrefix("I\(number).") }, "I\(number)")
    }
  }

  @Test func `every rule says what is computed, what honest servers do, and what refutes it`() {
    for rule in IndicatorRule.all {
      let told = rule.explanation
      for text in [rule.statement, told.statistic, told.null, told.rationale, told.refutation] {
        #expect(text.hasSuffix("."), "\(rule.id)")
        #expect(!text.contains("\n") && !text.contains("|"), "\(rule.id)")
      }
      #expect(rule.grades.inOneScan <= rule.grades.inSeries)
      #expect(rule.requirement == .scan || !rule.isEvaluated)
    }
  }

  @Test
  func `no text of a verdict or a rule says what anybody meant, or that a server keeps records`()
    throws
  {
    let verdicts = [Verdict.proved, .suspected, .none, .insufficient]
    var texts = verdicts.map { VerdictWording.statement($0) + VerdictWording.title($0) }
    texts.append(VerdictWording.reply)
    for rule in IndicatorRule.all {
      let told = rule.explanation
      texts += [rule.statement, told.statistic, told.null, told.rationale, told.refutation]
    }
    // What a hit says of a server stands in the rules' files, the article for whoever is named beside them.
    for folder in ["Indicators", "Scoring.docc"] {
      let path = PackageRoot.path("Sources/Scoring/\(folder)")
      for file in try FileManager.default.contentsOfDirectory(atPath: path) {
        // The article names what a score is not.
        let text = try String(contentsOfFile: "\(path)/\(file)", encoding: .utf8)
        texts.append(text.replacing("“honeypot probability”", with: ""))
      }
    }
    for text in texts {
      for word in VerdictWording.forbidden {
        #expect(!text.lowercased().contains(word), "\(text.prefix(80)): \(word)")
      }
    }
  }

  @Test func `whoever is named can answer, be corrected and be left out`() throws {
    let guide = try String(
      contentsOfFile: PackageRoot.path("CONTRIBUTING.md"), encoding: .utf8)
    #expect(guide.contains("**Corrections and opting out.**"))
    #expect(VerdictWording.reply.contains("Corrections and opting out in CONTRIBUTING.md"))
  }

  @Test func `what this release measures is evaluated, and what it does not says why`() {
    let without = IndicatorRule.all.filter { !$0.isEvaluated }
    for rule in without where rule.requirement == .scan {
      #expect(rule.grades.inSeries == .none && rule.group == .meta, "\(rule.id)")
      #expect(rule.explanation.statistic.hasPrefix("Not scored"), "\(rule.id)")
    }
    #expect(
      without.filter { $0.requirement != .scan }.map(\.id.text) == [
        "I10.timing-by-client", "I13.broadcast-refusal", "I14.certificate-by-vantage",
        "I15.content-by-vantage", "I20.selective-limit", "I21.missing-limit", "I24.connect-back",
      ])
  }

  @Test func `harmless configuration is of grade none`() {
    for rule in [IndicatorRule.missingLimit, .perfectUptime, .sharedInfrastructure] {
      #expect(rule.grades.inSeries == .none)
    }
    #expect(
      IndicatorRule.all.filter { $0.requirement == .conduct }.map(\.id.text)
        == ["I13.broadcast-refusal", "I21.missing-limit", "I24.connect-back"])
  }
}
