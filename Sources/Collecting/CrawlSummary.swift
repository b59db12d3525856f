import Probing
package import Records

/// What a crawl gave.
@dynamicMemberLookup
struct CrawlResult: Sendable {
  let journal: ClosedJournal
  let summary: CrawlSummary

  subscript<Value>(dynamicMember path: KeyPath<CrawlSummary, Value>) -> Value {
    summary[keyPath: path]
  }
}

/// What a crawl gave besides its rows.
package struct CrawlSummary: Sendable {
  package let resolutions: [NameResolution]
  package let dropped: Frontier.Dropped
  package let tally: CrawlTally
  /// nil where the frontier was crawled to its end.
  package let cause: Crawl.Cause?
  /// Servers that asked in their own words to be left out.
  package let optOuts: [OptOutRequest]

  package init(
    resolutions: [NameResolution], dropped: Frontier.Dropped, tally: CrawlTally,
    cause: Crawl.Cause?, optOuts: [OptOutRequest] = []
  ) {
    self.optOuts = optOuts
    self.resolutions = resolutions
    self.dropped = dropped
    self.tally = tally
    self.cause = cause
  }
}

/// How far a crawl is.
package struct CrawlTally: Sendable, Equatable {
  /// Endpoints known.
  package var frontier = 0
  /// Connections begun.
  package var connected = 0
  /// Attempts ended and endpoints left untested.
  package private(set) var outcomes: [Outcome: Int] = [:]

  package init() {}

  package var ended: Int { outcomes.values.reduce(0, +) }

  package mutating func count(_ outcome: Outcome) {
    outcomes[outcome, default: 0] += 1
  }

  func count(where isCounted: (Outcome) -> Bool) -> Int {
    outcomes.filter { isCounted($0.key) }.values.reduce(0, +)
  }
}
