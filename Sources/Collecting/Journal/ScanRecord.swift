import Addressing
import Artifact
import ElectrumProtocol
import Probing
import Records

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
  func observation(_ plan: ScanPlan) -> JSONValue {
    let outcomes = result.tally.outcomes
      .map { ($0.key.rawValue, JSONValue.integer($0.value)) }
    let dropped = result.dropped
    return .object([
      (
        "allowed_ranges",
        .array(plan.target.simulatedRanges.map { .string($0.description) })
      ),
      ("cause", result.cause.map { .string($0.text) } ?? .null),
      ("client_name", .string(plan.parameters.announcedName)),
      ("clock", result.clock.json(isSimulated: plan.target.isSimulated)),
      ("complete", .boolean(result.cause == nil)),
      (
        "dropped",
        .object([
          ("not_contactable", .integer(dropped.notContactable)),
          ("over_address_limit", .integer(dropped.overAddressLimit)),
          ("over_frontier_limit", .integer(dropped.overFrontierLimit)),
          ("over_name_limit", .integer(dropped.overNameLimit)),
          ("over_source_limit", .integer(dropped.overSourceLimit)),
        ])
      ),
      ("ended_at", .string(endedAt.text)),
      ("imported", .boolean(false)),
      ("network", .string(plan.target.network.rawValue)),
      ("outcomes", .object(outcomes)),
      ("plan", .string(plan.settings.plan.id)), ("plan_turn", .integer(plan.settings.plan.turn)),
      ("resumed", .integer(resumed)),
      ("routes", .array(plan.routes.map(\.rawValue).sorted().map { .string($0) })),
      ("scan", .string(name)),
      ("simulated", .boolean(plan.target.isSimulated)),
      ("started_at", .string(startedAt.text)),
      (
        "tls",
        .object([
          ("minimum_version", .string("TLSv1")), ("security_level", .integer(0)),
          ("verification", .string("recorded, never enforced")),
        ])
      ),
      ("vantage", .string(plan.vantage.name)),
      ("via_proxy", .array(plan.viaProxy.map(\.rawValue).sorted().map { .string($0) })),
    ])
  }
}
