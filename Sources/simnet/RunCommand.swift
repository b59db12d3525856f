import ArgumentParser
import Artifact
import SimulatedNetwork

extension SimnetCommand {
  struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Start the servers of a scenario; run a command against them, if one is given.")

    @Option(help: "Scenario file (.json), or the name of one in datasets/scenarios.")
    var scenario: String

    @Option(help: "Folder for the descriptor, hosts file, address plan and truth.")
    var directory: String

    @Option(help: "Epochs planned: a command runs once in each; --control and SIGUSR1 advance.")
    var epochs = 1

    @Option(help: "Without a command: stop after so many seconds.")
    var duration: Double?

    @Option(help: "Add this to the second byte of every address, to run networks side by side.")
    var offset = 0

    @Option(help: "Record what the servers are asked, a JSON line each.")
    var logRequests: String?

    @Flag(help: "Obey standard input: advance, advance N, epoch?, stop.")
    var control = false

    @Argument(parsing: .postTerminator, help: "Command; {} is replaced by the descriptor's path.")
    var command: [String] = []

    func validate() throws {
      if !(1...10_000).contains(epochs) { throw ValidationError("--epochs takes 1…10000") }
      if control, !command.isEmpty { throw ValidationError("--control takes no command") }
    }

    func run() async throws {
      do { throw ExitCode(try await simulate()) } catch let error as any ReportedError {
        throw failure(error)
      }
    }

    private func simulate() async throws -> Int32 {
      let run = SimulationRun()
      let plan = try NetworkPlan(ScenarioFile.read(scenario).shifted(by: offset), epochs: epochs)
      let folder = try SimulationFolder(plan, path: directory)
      try folder.writeWorld()
      let log = try logRequests.map { try RequestLog(path: $0) }
      let network = try await SimulatedNetwork.start(plan, threads: 2, log: log, folder: folder)
      FileOutput.standardOutput(try folder.writeDescriptor(of: network, log: log))
      let code = try await run.run(
        command, on: network, descriptor: folder.descriptorPath, epochs: epochs,
        seconds: duration, isControlled: control)
      await network.stop()
      return code
    }
  }
}
