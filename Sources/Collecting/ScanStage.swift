import Artifact
import Foundation
import Logging
import NIOCore
import NIOPosix
import Probing
import Records
public import StageKit
import TLSChannel

/// Takes scans: crawls a network and writes down what it saw.
public struct ScanStage {
  public static let identity = StageIdentity(name: "collect", revision: 1)

  private let request: ScanRequest
  private let parameters: CollectParameters

  public init(_ request: ScanRequest, _ parameters: CollectParameters) {
    self.request = request
    self.parameters = parameters
  }

  /// The plan as text, checked as for a run.
  public func plan() throws(StageError) -> String {
    try ScanPlan(request, parameters).text
  }

  /// Takes `request.scans` scans one after the other.
  ///
  /// - Throws: `stage.interrupted` after a signal, when the scan under way has been written.
  public func run(_ context: StageContext) async throws {
    var plan = try ScanPlan(request, parameters)
    if !plan.target.isSimulated { FileHandle.standardError.write(Data(plan.text.utf8)) }
    ScanFolder.removeLeftovers(in: context.output)
    let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, min(context.threads, 4)))
    do {
      for _ in 0..<request.scans {
        plan.turn = ScanFolder.scans(in: context.output).count
        let folder = try ScanFolder(in: context.output, vantage: plan.vantage)
        let (record, journal) = try await crawl(plan, folder, context, group)
        try OptOutMemory(folder: context.output).remember(record.result.optOuts)
        try folder.write(
          record, plan: plan, context: context, certificates: journal.certificates
        ) { connections throws(ArtifactError) in
          try journal.forEachRow { row throws(ArtifactError) in try connections.append(row) }
          journal.remove()
        }
        context.logger.notice("\(record.text)")
        if let signal = context.interruption.received { throw Self.interrupted(folder, signal) }
      }
    } catch {
      try? await group.shutdownGracefully()
      throw error
    }
    try await group.shutdownGracefully()
  }

  private static func interrupted(_ folder: ScanFolder, _ signal: Int32) -> StageError {
    StageError(
      .interrupted, place: folder.name, expected: "to be left running", found: "signal \(signal)",
      remedy: "what was seen by then is kept, with complete: false in its manifest")
  }

  private func crawl(
    _ plan: ScanPlan, _ folder: ScanFolder, _ context: StageContext, _ group: any EventLoopGroup
  ) async throws -> (ScanRecord, ClosedJournal) {
    let connector = try ElectrumConnector(group: group, settings: plan.settings)
    let resolver = NameResolver(
      hosts: plan.hosts, asksSystem: !plan.target.isSimulated, timeout: parameters.resolveTimeout,
      loop: group.next())
    var settings = Crawl.Settings(plan: plan.settings.plan)
    if plan.target.isSimulated { settings.armPause = plan.rules.pause }
    settings.concurrency = parameters.concurrency
    settings.byteBudget = parameters.scanBytes
    settings.timeBudget = parameters.scanTime
    settings.network = plan.target.network
    let peers = parameters.peerQuestions(isSimulated: plan.target.isSimulated)
    settings.peerAnswers = peers.answers
    settings.peerSpacing = peers.spacing
    settings.peersAgain = ProbeSession.peersAgain(clientName: parameters.announcedName)
    let rules = plan.rules.adding(try OptOutMemory(folder: context.output).list())
    let display = CrawlProgress(context.progress(folder.name, unit: "endpoints", total: nil))
    let crawl = try Crawl(
      connector: connector, resolve: { await resolver.resolve($0) }, rules: rules,
      frontier: Frontier(rules: rules, routes: plan.routes, limits: parameters.limits),
      settings: settings, journal: folder.path, report: { display.show($0) })
    context.interruption.onReceive { [interruption = context.interruption] in
      Task { await crawl.stop(.signal(interruption.received ?? SIGTERM)) }
    }
    if let signal = context.interruption.received { await crawl.stop(.signal(signal)) }
    let result = try await crawl.run(from: plan.target.bootstrap.map(\.peers))
    display.finish()
    await resolver.shutDown()
    let record = ScanRecord(
      name: folder.name, startedAt: folder.startedAt, endedAt: .now(), result.summary)
    return (record, result.journal)
  }
}

/// Shows a crawl's progress. Called from the crawl's actor alone, and at the end.
private final class CrawlProgress: @unchecked Sendable {
  private let progress: StageKit.Progress

  init(_ progress: StageKit.Progress) {
    self.progress = progress
  }

  func show(_ tally: CrawlTally) {
    let throttled = tally.count { $0 == .throttled }
    let answered = tally.count { $0 == .answered }
    progress.set(
      tally.ended,
      note: "of \(tally.frontier) known, \(answered) answered, \(throttled) throttled")
  }

  func finish() {
    progress.finish()
  }
}
