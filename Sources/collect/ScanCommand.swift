import ArgumentParser
import Collecting
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
    @Option(help: "Scans to take, one after the other.") var scans = 1
    @Option(help: "Name of the vantage point, in place of the parameter.") var vantage: String?
    @Option(help: "Addresses of names in hosts(5) form, before DNS.") var resolve: String?
    @Option(help: "Whom never to contact, besides the pinned list.") var optOut: String?

    func run() async throws {
      let runner = StageRunner(ScanStage.identity, CollectParameters.self, options)
      if try runner.extractsParameters() { return }
      let request = ScanRequest(
        output: try required(output, "--output"), simulatedNetwork: simulatedNetwork, isLive: live,
        isDryRun: dryRun, scans: scans, vantage: vantage, hostsFile: resolve, optOutFile: optOut)
      try await runner.run(output: request.output) { parameters, context in
        let stage = ScanStage(request, parameters)
        if dryRun { print(try stage.plan(), terminator: "") } else { try await stage.run(context) }
      }
    }
  }
}
