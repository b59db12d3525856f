import ArgumentParser
import Normalizing
import StageKit

@main
struct NormalizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "normalize",
    abstract: "Turn raw observations into endpoints, servers, certificates and advertisements.",
    discussion: """
      Facts without judgement. Reads every scan of a series in the order of their names, so that \
      server ids carry on from scan to scan. Needs --raw and --output.

      With --verify it checks artifacts of any stage instead: schema, form, order, digests.
      """,
    version: observatoryVersion)

  @Option(help: ArgumentHelp("The series of raw scans.", valueName: "folder"))
  var raw: String?

  @Option(help: ArgumentHelp("Where the normalized scans go.", valueName: "folder"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "MaxMind-format database, most trusted first; replaces the parameters' list.",
      valueName: "file"))
  var geoip: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Check these artifacts against their manifests and end ('-': standard input).",
      valueName: "file"))
  var verify: [String] = []

  @Option(
    help: ArgumentHelp(
      "Say what a MaxMind-format database knows of the addresses on standard input, and end.",
      valueName: "file"))
  var lookUp: String?

  @OptionGroup var options: StageOptions

  func run() throws {
    let runner = StageRunner(NormalizeStage.identity, NormalizeParameters.self, options)
    if try runner.extractsParameters() { return }
    if !verify.isEmpty { return try runner.reporting { try ArtifactCheck.run(verify) } }
    if let lookUp { return try runner.reporting { print(try DatabaseCheck.run(lookUp)) } }
    let raw = try required(raw, "--raw <folder>")
    try runner.run(output: try required(output, "--output <folder>")) { parameters, context in
      var stage = try NormalizeStage(parameters, geoip: geoip, context: context)
      try stage.run(raw: raw)
    }
  }
}
