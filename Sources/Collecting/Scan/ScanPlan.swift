import Addressing
import Artifact
import Digests
import ElectrumProtocol
import Ordering
import Probing
package import Records
package import StageKit

/// Everything that is settled before the first connection: whom, how, how often. Can be printed.
package struct ScanPlan: Sendable {
  package let target: ScanTarget
  package let rules: ConductRules
  package let routes: Set<AddressFamily>
  package let vantage: Vantage
  /// Number of the scan in its series: the costly probes take turns.
  package var turn = 0
  package let parameters: CollectParameters
  package let hosts: HostsFile
  /// Files whose bytes decide the plan, for lineage: name and path.
  let references: [(name: String, path: String)]

  /// - Throws: `stage.usage` unless the request names a simulated network or says `--live`, and
  ///   exactly one of them.
  package init(_ request: ScanRequest, _ parameters: CollectParameters) throws(StageError) {
    self.parameters = parameters
    let place = try parameters.vantage(named: request.vantage)
    let extra = try request.hostsFile.map { path throws(StageError) in try InputFile.hosts(path) }
    switch (request.simulatedNetwork, request.isLive) {
    case (let descriptor?, false):
      target = try ScanTarget(descriptor: descriptor)
      references = [("simnet.json", descriptor)]
    case (nil, true):
      target = try ScanTarget(
        bootstrap: parameters.bootstrapFile, network: parameters.network,
        hosts: extra ?? HostsFile())
      references = [
        ("bootstrap", parameters.bootstrapFile), (Self.optOutReference, parameters.optOutFile),
      ]
    case (.some, true), (nil, false): throw Self.undecided(request)
    }
    hosts = extra ?? target.hosts
    rules = ConductRules(
      simulatedRanges: target.simulatedRanges,
      optOut: try Self.optOut(request, parameters, isSimulated: target.isSimulated),
      pause: target.isSimulated ? parameters.simulatedPause : parameters.pause)
    vantage = target.isSimulated ? place.simulated(proxy: target.proxy) : place
    routes = vantage.routes(
      direct: target.isSimulated
        ? Set(target.simulatedRanges.map(\.base.network)) : VantageRoutes.detect())
    if request.isLive, parameters.contact.isEmpty, !request.isDryRun { throw Self.nameless }
  }

  private static let optOutReference = "opt-out"

  private static func undecided(_ request: ScanRequest) -> StageError {
    StageError(
      .usage, place: "collect scan",
      expected: "either --simulated-network FILE (loopback only) or --live (a public network)",
      found: request.isLive ? "both" : "neither",
      remedy: "say which; see Measurement-Ethics before --live")
  }

  private static let nameless = StageError(
    .usage, place: "collect scan --live", expected: "a contact in pipeline.json, collect.contact",
    found: "none", remedy: "say where an operator can reach you: a URL or a mail address")

  private static func optOut(
    _ request: ScanRequest, _ parameters: CollectParameters, isSimulated: Bool
  ) throws(StageError) -> OptOutList {
    var list = OptOutList()
    let files =
      (isSimulated ? [] : [parameters.optOutFile]) + [request.optOutFile].compactMap { $0 }
    for path in files {
      let text = try InputFile.text(path, expected: "an opt-out list")
      list.formUnion(try OptOutList(parsing: text, file: path))
    }
    return list
  }

  /// Families whose connections go through the vantage's proxy.
  var viaProxy: Set<AddressFamily> { routes.intersection(vantage.proxied) }

  /// A digest of all that decides what is asked of whom, but for who opted out: that holds at once.
  func conditions() throws(ArtifactError) -> String {
    let digest = SHA256()
    for (name, path) in references where name != Self.optOutReference {
      let bytes = try FileBytes.read(path, limit: 64 << 20, expected: name)
      bytes.withUnsafeBytes { digest.update($0) }
    }
    let facts: [JSONValue] = [
      parameters.json, .string(target.network.rawValue), .string(vantage.name),
      .boolean(target.isSimulated),
    ]
    JSONValue.array(facts).canonicalBytes.withUnsafeBytes { digest.update($0) }
    return digest.finish()
  }

  func crawlSettings(spent: Duration) -> Crawl.Settings {
    var settings = Crawl.Settings(plan: self.settings.plan)
    if target.isSimulated { settings.armPause = rules.pause }
    settings.concurrency = parameters.concurrency
    settings.byteBudget = parameters.scanBytes
    settings.timeBudget = parameters.scanTime
    settings.attemptBytes = self.settings.byteLimit
    settings.spent = spent
    settings.network = target.network
    let peers = parameters.peerQuestions(isSimulated: target.isSimulated)
    settings.peerAnswers = peers.answers
    settings.peerSpacing = peers.spacing
    settings.snapshotSpacing = parameters.snapshotSpacing(isSimulated: target.isSimulated)
    settings.peersAgain = ProbeSession.peersAgain(clientName: parameters.announcedName)
    return settings
  }

  package var settings: AttemptSettings {
    parameters.attemptSettings(
      isSimulated: target.isSimulated, turn: turn, forks: target.knownForks)
  }

  /// The plan for people, a line a fact.
  var text: String {
    let servers = target.bootstrap.reduce(0) { $0 + $1.servers.count }
    let lists = target.bootstrap.map(\.source).joined(separator: ", ")
    let families = routes.map(\.rawValue).sorted().joined(separator: ", ")
    return """
      network         \(target.network.rawValue)\(target.isSimulated ? ", simulated" : ", public")
      from            \(servers) bootstrap servers of \(lists)
      vantage         \(vantage.text), routes: \(families.isEmpty ? "none" : families)
      says it is      \(parameters.announcedName)
      asks            \(settings.plan.summary)
      takes           at most \(settings.byteLimit) bytes a connection, \(parameters.scanBytes) a scan
      pace            one connection at a time to a /24 or /48, \(rules.pause) between two to one address
      at once         \(parameters.concurrency) connections, fewer where the limit of open files is lower
      stays away      from ports of other services that only strangers name: \(WellKnownService.portsText)
      lasts           at most \(parameters.scanTime) a scan\(snapshots)

      """
  }

  private var snapshots: String {
    if settings.plan.later.isEmpty { return "" }
    let spacing = parameters.snapshotSpacing(isSimulated: target.isSimulated)
    let silence = settings.plan.sessions.reduce(0) { $0 + $1.plannedSilence }
    return """

      visits          \(1 + settings.plan.later.count) to a server that answers, \(spacing) apart or more
      keeps silent    \(Duration.microseconds(silence)) of the time that a server is asked
      """
  }

  /// The same with every question, its purpose and its cost.
  var fullText: String {
    text + "\n" + settings.plan.table
  }
}
