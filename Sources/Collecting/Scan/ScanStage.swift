import Artifact
import Foundation
import Logging
import NIOCore
import NIOPosix
import Probing
import Records
public import StageKit
import TLSChannel
import Timekeeping

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
    try ScanPlan(request, parameters).fullText
  }

  /// Settles what an interrupted run left, then takes scans up to `request.count`, one after the
  /// other.
  ///
  /// - Throws: `stage.interrupted` after a signal: the scan under way stays in its journal, for the
  ///   next run.
  public func run(_ context: StageContext) async throws {
    let plan = try ScanPlan(request, parameters)
    if !plan.target.isSimulated { FileHandle.standardError.write(Data(plan.text.utf8)) }
    ScanFolder.removeLeftovers(in: context.output)
    let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, min(context.threads, 4)))
    do {
      let taken = try await settleUnfinished(plan, context, group)
      try await takeScans(after: taken, plan, context, group)
    } catch {
      try? await group.shutdownGracefully()
      throw error
    }
    try await group.shutdownGracefully()
  }

  // MARK: Scans

  private func takeScans(
    after taken: Int, _ plan: ScanPlan, _ context: StageContext, _ group: any EventLoopGroup
  ) async throws {
    var schedule = ScanSchedule(every: request.interval, from: .now())
    for _ in 0..<max(0, request.count - taken) {
      guard await schedule.waitForNext(context.interruption) else {
        return context.logger.notice("ended by a signal between two scans")
      }
      let folder = try ScanFolder(in: context.output, vantage: plan.vantage.name)
      let header = ScanHeader(
        name: folder.name, startedAt: folder.startedAt,
        turn: ScanFolder.scans(in: context.output).count, conditions: try plan.conditions())
      try header.write(to: folder.path)
      try await take(Run(header: header, folder: folder), plan, context, group)
    }
  }

  /// - Returns: scans that were brought to their end.
  private func settleUnfinished(
    _ plan: ScanPlan, _ context: StageContext, _ group: any EventLoopGroup
  ) async throws -> Int {
    var finished = 0
    for unfinished in UnfinishedScan.find(in: context.output) {
      var run = Run(unfinished)
      let decision = try decision(on: unfinished, plan)
      switch decision {
      case .discard:
        context.logger.notice("\(unfinished.header.name): unfinished, discarded")
        unfinished.folder.discard()
        continue
      case .publish(let why): run.cause = .given(why)
      case .resume: context.logger.notice("\(unfinished.header.name): going on with it")
      }
      run.spent = unfinished.spent
      run.header.spentBefore = unfinished.spentMicroseconds
      run.header.runs.append(.now())
      try run.header.write(to: unfinished.folder.path)
      try await take(run, plan, context, group)
      if case .resume = decision { finished += 1 }
    }
    return finished
  }

  private enum Decision {
    case resume
    /// As it is, with the cause.
    case publish(String)
    case discard
  }

  private func decision(
    on unfinished: UnfinishedScan, _ plan: ScanPlan
  ) throws -> Decision {
    let age = UTCTime.now().microseconds - unfinished.lastSign.microseconds
    let isSame = unfinished.header.conditions == (try plan.conditions())
    switch request.unfinished {
    case .discard: return .discard
    case .publish: return .publish("it was interrupted and not gone on with")
    case .resume where isSame && age <= parameters.resumeSeconds * 1_000_000: return .resume
    case .resume where isSame:
      return .publish("it was interrupted for more than \(parameters.resumeSeconds) s")
    case .resume where plan.target.isSimulated:
      // Another network, though it may have the same addresses: that one is gone.
      return .discard
    case .resume:
      throw StageError(
        .usage, place: unfinished.folder.path,
        expected: "the target, vantage and parameters with which this unfinished scan began",
        found: "others",
        remedy: "restore them, or settle it with --unfinished publish or --unfinished discard")
    }
  }

  /// One run at a scan: a new one, or one that was interrupted.
  private struct Run {
    var header: ScanHeader
    let folder: ScanFolder
    var isResumed = false
    /// Why nothing more is asked.
    var cause: Crawl.Cause?
    var spent = Duration.zero

    init(header: ScanHeader, folder: ScanFolder) {
      self.header = header
      self.folder = folder
    }

    init(_ unfinished: UnfinishedScan) {
      header = unfinished.header
      folder = unfinished.folder
      isResumed = true
    }
  }

  private func take(
    _ run: Run, _ plan: ScanPlan, _ context: StageContext, _ group: any EventLoopGroup
  ) async throws {
    var plan = plan
    plan.turn = run.header.turn
    let (record, journal) = try await crawl(run, plan, context, group)
    try OptOutMemory(folder: context.output).remember(record.result.optOuts)
    if let cause = record.result.cause, cause.isInterruption {
      throw Self.interrupted(run.folder, cause)
    }
    try run.folder.write(
      record, plan: plan, context: context, certificates: journal.certificates
    ) { connections throws(ArtifactError) in
      try journal.forEachLine { line, key throws(ArtifactError) in
        try connections.append(encoded: line, key: key)
      }
    }
    context.logger.notice("\(record.text)")
    if request.printsSummary {
      print(record.table(isSimulated: plan.target.isSimulated), terminator: "")
    }
  }

  private static func interrupted(_ folder: ScanFolder, _ cause: Crawl.Cause) -> StageError {
    StageError(
      .interrupted, place: folder.name, expected: "to be left running", found: cause.text,
      remedy: "run the same command again: it goes on where it was and asks nothing twice; "
        + "--unfinished publish keeps the scan as it is")
  }

  private func crawl(
    _ run: Run, _ plan: ScanPlan, _ context: StageContext, _ group: any EventLoopGroup
  ) async throws -> (ScanRecord, ClosedJournal) {
    let connector = try ElectrumConnector(
      group: group, settings: plan.settings, vantage: plan.vantage)
    let resolver = NameResolver(
      hosts: plan.hosts, asksSystem: !plan.target.isSimulated, timeout: parameters.resolveTimeout,
      loop: group.next())
    let rules = plan.rules.adding(try OptOutMemory(folder: context.output).list())
    let display = CrawlProgress(context.progress(run.folder.name, unit: "endpoints", total: nil))
    let crawl = try Crawl(
      connector: connector, resolve: { await resolver.resolve($0) }, rules: rules,
      frontier: Frontier(rules: rules, routes: plan.routes, limits: parameters.limits),
      settings: plan.crawlSettings(spent: run.spent), journal: run.folder.path,
      isResumed: run.isResumed, report: { display.show($0) })
    if let cause = run.cause { await crawl.stop(cause) }
    // A series has many crawls: the handler must not keep those that ended.
    context.interruption.onReceive { [weak crawl, interruption = context.interruption] in
      guard let crawl else { return }
      Task { await crawl.stop(.signal(interruption.received ?? SIGTERM)) }
    }
    if let signal = context.interruption.received { await crawl.stop(.signal(signal)) }
    let outcome: Result<CrawlResult, any Error>
    do { outcome = .success(try await crawl.run(from: plan.target.bootstrap.map(\.peers))) } catch {
      outcome = .failure(error)
    }
    display.finish()
    await resolver.shutDown()
    let result = try outcome.get()
    let record = ScanRecord(
      name: run.folder.name, startedAt: run.folder.startedAt, endedAt: .now(),
      resumed: run.header.runs.count - 1, result.summary)
    return (record, result.journal)
  }
}

extension UnfinishedScan {
  /// Time that runs at it took until now; what lies between them does not count.
  fileprivate var spent: Duration { .microseconds(spentMicroseconds) }

  fileprivate var spentMicroseconds: Int {
    guard let last = header.runs.last else { return 0 }
    return max(0, lastSign.microseconds - last.microseconds) + header.spentBefore
  }
}

/// Shows a crawl's progress. Called from the crawl's actor alone, and at the end.
private final class CrawlProgress: @unchecked Sendable {
  private let progress: StageKit.Progress

  init(_ progress: StageKit.Progress) {
    self.progress = progress
  }

  func show(_ tally: CrawlTally) {
    progress.set(tally.ended, note: tally.text)
  }

  func finish() {
    progress.finish()
  }
}
