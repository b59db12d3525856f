import Addressing
import ElectrumProtocol
import Ordering
import Probing
import Records
package import Timekeeping

/// One scan as a whole, when its crawl has ended.
package struct ScanRecord {
  let name: String
  let startedAt: UTCTime
  let endedAt: UTCTime
  let result: CrawlSummary
  /// How often it was gone on with after an interruption.
  let resumed: Int

  package init(
    name: String, startedAt: UTCTime, endedAt: UTCTime, resumed: Int = 0, _ result: CrawlSummary
  ) {
    self.resumed = resumed
    self.name = name
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.result = result
  }

  /// For the log.
  package var text: String {
    let tally = result.tally
    let tested = tally.count(where: \.isTested)
    let answered = tally.count { $0 == .answered }
    let ending = result.cause.map { "; ended early: \($0.text)" } ?? ""
    return "\(name): \(tally.ended) endpoints, \(tested) tested, \(answered) answered\(ending)"
  }

  /// What the manifests tell of this one run.
  func observation(_ plan: ScanPlan) -> Observation {
    var observation = Observation()
    observation.cause = result.cause?.text
    observation.complete = result.cause == nil
    observation.network = plan.target.network.rawValue
    observation.scan = name
    observation.simulated = plan.target.isSimulated
    observation.startedAt = startedAt.text
    observation.vantage = plan.vantage.name
    observation.conduct = conduct(plan)
    return observation
  }

  private func conduct(_ plan: ScanPlan) -> Observation.Conduct {
    let dropped = result.dropped
    var conduct = Observation().conduct
    conduct.allowedRanges = plan.target.simulatedRanges.map(\.description)
    conduct.clientName = plan.parameters.announcedName
    conduct.clock = plan.target.isSimulated ? nil : result.clock.summary
    conduct.dropped = [
      "not_contactable": dropped.notContactable,
      "over_address_limit": dropped.overAddressLimit,
      "over_frontier_limit": dropped.overFrontierLimit,
      "over_name_limit": dropped.overNameLimit,
      "over_source_limit": dropped.overSourceLimit,
    ]
    conduct.endedAt = endedAt.text
    for (outcome, count) in result.tally.outcomes { conduct.outcomes[outcome.rawValue] = count }
    conduct.plan = plan.settings.plan.id
    conduct.planTurn = plan.settings.plan.turn
    conduct.resumed = resumed
    conduct.routes = plan.routes.map(\.rawValue).sorted()
    conduct.viaProxy = plan.viaProxy.map(\.rawValue).sorted()
    return conduct
  }
}
