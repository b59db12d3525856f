import ArgumentParser
import SimulatedNetwork

extension SimnetCommand {
  struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Start the servers of a scenario; run a command against them, if one is given.")

    @Option(help: "Scenario file (.json), or the name of one in datasets/scenarios.")
    var scenario: String

    @Option(help: "Folder for the descriptor, hosts file, address plan and truth.")
    var directory: String

    @Option(help: "How often the command runs; simulated time passes between runs.")
    var epochs = 1

    @Option(help: "Without a command: stop after so many seconds.")
    var duration: Double?

    @Option(help: "Add this to the second byte of every address, to run networks side by side.")
    var offset = 0

    @Argument(parsing: .postTerminator, help: "Command; {} is replaced by the descriptor's path.")
    var command: [String] = []

    func validate() throws {
      if !(1...10_000).contains(epochs) { throw ValidationError("--epochs takes 1…10000") }
    }

    func run() async throws {
      do {
        throw ExitCode(try await simulate())
      } catch let error as any SimulationFailure {
        FileOutput.standardError("simnet: \(error)")
        throw ExitCode(error.exitCode)
      }
    }

    private func simulate() async throws -> Int32 {
      let run = SimulationRun()
      let plan = try NetworkPlan(
        ScenarioFile.read(scenario).shifted(by: offset), epochs: epochs)
      let folder = try SimulationFolder(plan, path: directory)
      try folder.writeWorld()
      let network = try await SimulatedNetwork.start(plan)
      FileOutput.standardOutput(try folder.writeDescriptor())
      let code = try await run.run(
        command, on: network, descriptor: folder.descriptorPath, epochs: epochs, seconds: duration)
      await network.stop()
      return code
    }
  }
}
