public import ArgumentParser
public import Collecting
import StageKit

extension CollectCommand {
  struct Scan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Crawl a network politely and write down every attempt.")
    @OptionGroup var options: StageOptions
    @Option(help: "Folder of the dataset's raw evidence.") var output: String?
    @Option(help: "Descriptor of a simulated network (simnet.json).") var simulatedNetwork: String?
    @Flag(help: "Contact a public network. See Measurement-Ethics first.") var live = false
    @Flag(help: "Print the plan and end.") var dryRun = false
    @Option(help: "Scans to take; an unfinished one that is gone on with counts.") var count = 1
    @Option(
      help: ArgumentHelp(
        "Start a scan so often: 90s, 30m, 6h, 1d. Without it one follows the other.",
        valueName: "interval")) var every: ScanInterval?
    @Option(help: "What becomes of a scan that was interrupted: resume, publish or discard.")
    var unfinished = ScanRequest.Unfinished.resume
    @Flag(help: "Print a table of outcomes behind each scan.") var summary = false
    @Option(help: "One of the vantage points in collect.vantages, in place of the parameter.")
    var vantage: String?
    @Option(help: "Addresses of names in hosts(5) form, before DNS.") var resolve: String?
    @Option(help: "Whom never to contact, besides the pinned list.") var optOut: String?

    func validate() throws {
      if !(0...1_000_000).contains(count) { throw ValidationError("--count takes 0…1000000") }
    }

    func run() async throws {
      let runner = StageRunner(ScanStage.identity, CollectParameters.self, options)
      if try runner.extractsParameters() { return }
      let request = ScanRequest(
        output: try required(output, "--output"), simulatedNetwork: simulatedNetwork, isLive: live,
        isDryRun: dryRun, count: count, interval: every?.duration, unfinished: unfinished,
        printsSummary: summary, vantage: vantage, hostsFile: resolve, optOutFile: optOut)
      try await runner.run(output: request.output) { parameters, context in
        let stage = ScanStage(request, parameters)
        if dryRun { print(try stage.plan(), terminator: "") } else { try await stage.run(context) }
      }
    }
  }
}

extension ScanRequest.Unfinished: ExpressibleByArgument {}

extension ScanInterval: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
