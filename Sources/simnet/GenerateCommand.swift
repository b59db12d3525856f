import ArgumentParser
import Artifact
import SimulatedNetwork

extension SimnetCommand {
  struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a random network from a mix of operators and a seed.",
      discussion: """
        Sizes of operators follow a power law (exponent 0.9), releases the shares of December \
        2025. Equal arguments give equal bytes. All names are reserved ones, all IPv4 addresses \
        loopback. The result is a scenario for `simnet run`.
        """)

    @Option(help: "Seed of all chance.")
    var seed = 1

    @Option(help: "Servers in all, 1…20000.")
    var servers = 300

    @Option(
      help: ArgumentHelp(
        "Shares of appliance, vps, pro, farm, stealth and platform among the servers.",
        valueName: "kind=share,…"))
    var mix: String?

    @Option(help: "Operators in all; otherwise as the mix makes them.")
    var operators: Int?

    @Option(help: "Part of the servers with a planted deviation, 0…1.")
    var deviantShare = 0.0

    @Option(help: "Part of the fields that operators in hiding make random, 0…1.")
    var randomised = 0.0

    @Option(
      help: ArgumentHelp(
        "Habits that look like others, a few servers each beside the rest; or all.",
        valueName: "word,…"))
    var habits: String?

    @Option(help: ArgumentHelp("Where to write; otherwise standard output.", valueName: "file"))
    var output: String?

    func run() throws {
      do {
        let parameters = try GenerationParameters(
          servers: servers, seed: seed, mix: mix, operators: operators,
          deviantShare: deviantShare, randomised: randomised, habits: habits)
        try ScenarioFile.write(ScenarioGenerator(parameters), to: output)
      } catch let error as any ReportedError {
        throw failure(error)
      }
    }
  }
}
