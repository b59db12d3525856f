import ElectrumProtocol
import Records
import SoftwareIdentification
import TestSupport
import Testing

@testable import Probing

/// The rule book as data.
struct RuleBookTests {
  @Test func `every rule has an id of its own, a reason and a source`() {
    let ids = RuleBook.rules.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids.count > 80)
    for rule in RuleBook.rules {
      #expect(rule.id.text.wholeMatch(of: /software\.[a-z0-9.-]+/) != nil, "\(rule.id)")
      #expect(rule.rationale.hasSuffix(".") || rule.rationale.hasSuffix(")."), "\(rule.id)")
      #expect(!rule.source.text.isEmpty && !rule.tests.isEmpty && !rule.fits.isEmpty)
    }
  }

  @Test func `every aspect has rules`() {
    #expect(Set(RuleBook.rules.map(\.aspect)) == Set(SoftwareRule.Aspect.allCases))
  }

  @Test func `no release both shows a fact and is left open, and every fact is against some`() {
    for rule in RuleBook.rules {
      var excluded = 0
      for implementation in KnownImplementation.allCases {
        let releases = implementation.releases.map(Optional.some)
        for release in releases.isEmpty ? [nil] : releases {
          let fits = rule.fits.contains { $0.contains(implementation, release) }
          let open = rule.open.contains { $0.contains(implementation, release) }
          #expect(!(fits && open), "\(rule.id) of \(implementation.name)")
          if !fits, !open { excluded += 1 }
        }
      }
      #expect(excluded > 0, "\(rule.id)")
    }
  }

  @Test func `a span begins and ends at a known release`() {
    for span in RuleBook.rules.flatMap({ $0.fits + $0.open }) {
      for bound in [span.since, span.before].compactMap({ $0 }) {
        #expect(span.implementation.releases.contains(bound), "\(span)")
      }
    }
  }

  @Test func `releases are in order`() {
    for implementation in KnownImplementation.allCases {
      #expect(implementation.releases == implementation.releases.sorted())
    }
  }

  @Test func `rules look at probes of the catalogue`() {
    let known =
      ProbeCatalog.all(clientName: "test").map(\.id)
      + ProbeCatalog.retired(clientName: "test").map(\.id) + [SoftwareObservations.rangesProbe]
    for rule in RuleBook.rules {
      switch rule.probes {
      case .any: break
      case .named(let ids):
        #expect(Set(ids).subtracting(known) == [], "\(rule.id)")
      case .family(let prefix):
        #expect(known.contains { $0.hasPrefix(prefix) }, "\(rule.id)")
      }
    }
  }

  @Test func `the article is the rule book`() throws {
    #expect(
      try Golden.matches(
        RuleBook.article, "Sources/SoftwareIdentification/SoftwareIdentification.docc/Rule-Book.md")
    )
  }
}
