import ArgumentParser
import Artifact
import Collecting
import SimulatedNetwork
import SimulatedScans
import StageKit

struct WriteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "write",
    abstract: "Write the scans that collect would take of a scenario, without sockets.",
    discussion: """
      The same servers, draws and certificates as on the wire, asked by collect's own rules on a \
      simulated clock; one scan an epoch. Beside the raw evidence: descriptor, hosts, address \
      plan and truth of the network.
      """)

  @OptionGroup var options: StageOptions

  @Option(help: "Scenario file (.json), or the name of one in datasets/scenarios.")
  var scenario: String?

  @Option(help: "Folder of the dataset's raw evidence.")
  var output: String?

  @Option(help: "Scans to write; simulated time passes between them.")
  var epochs = 1

  @Option(help: "Folder for the descriptor, hosts file, address plan and truth.")
  var directory: String?

  func validate() throws {
    if !(1...10_000).contains(epochs) { throw ValidationError("--epochs takes 1…10000") }
  }

  func run() async throws {
    let runner = StageRunner(SeriesWriter.identity, CollectParameters.self, options)
    if try runner.extractsParameters() { return }
    let (name, raw) = (try required(scenario, "--scenario"), try required(output, "--output"))
    do {
      let plan = try NetworkPlan(ScenarioFile.read(name), epochs: epochs)
      let world = try SimulationFolder(plan, path: directory ?? raw + "/../simnet")
      try world.writeWorld()
      _ = try world.writeDescriptor()
      try await runner.run(output: raw) { parameters, context async throws in
        try SeriesWriter(
          plan, epochs: epochs, descriptor: world.descriptorPath, output: raw,
          parameters: parameters
        ).run(context)
      }
    } catch let error as any ReportedError {
      throw failure(error)
    }
  }
}
