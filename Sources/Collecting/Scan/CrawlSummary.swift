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
  let clock: ClockCheck

  package init(
    resolutions: [NameResolution], dropped: Frontier.Dropped, tally: CrawlTally,
    cause: Crawl.Cause?, optOuts: [OptOutRequest] = []
  ) {
    self.init(
      resolutions: resolutions, dropped: dropped, tally: tally, cause: cause, optOuts: optOuts,
      clock: ClockCheck())
  }

  init(
    resolutions: [NameResolution], dropped: Frontier.Dropped, tally: CrawlTally,
    cause: Crawl.Cause?, optOuts: [OptOutRequest], clock: ClockCheck
  ) {
    self.clock = clock
    self.optOuts = optOuts
    self.resolutions = resolutions
    self.dropped = dropped
    self.tally = tally
    self.cause = cause
  }
}
