public import ArgumentParser
public import Collecting
import StageKit

extension CollectCommand {
  struct Plan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print what a scan asks a server, why, and what it costs; contacts nobody.")
    @OptionGroup var options: StageOptions
    @Option(help: "light, full or differential, in place of the parameter.") var plan: PlanExtent?
    @Option(help: "Number of the scan in its series: the costly probes take turns.") var turn = 0

    func validate() throws {
      if turn < 0 { throw ValidationError("--turn takes 0 or more") }
    }

    func run() async throws {
      let runner = StageRunner(ScanStage.identity, CollectParameters.self, options)
      if try runner.extractsParameters() { return }
      print(try runner.parameters().planTable(plan, turn: turn), terminator: "")
    }
  }
}

extension PlanExtent: ExpressibleByArgument {}
