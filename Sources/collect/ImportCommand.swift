public import ArgumentParser
public import Collecting
import StageKit

extension CollectCommand {
  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Turn a foreign scan into raw evidence; what it never asked stays unknown.")
    @OptionGroup var options: StageOptions
    @Argument(help: "File or folder of the foreign scan.") var path: String?
    @Option(help: "Folder of the dataset's raw evidence.") var output: String?
    @Option(help: "Format of the foreign scan (default: recognised).") var format: ImportFormat?
    @Option(help: "Name of the scan (default: made from the contents).") var scan: String?
    @Option(
      help: ArgumentHelp(
        "Take the rows that can be read; write the others here, with why (JSON Lines).",
        valueName: "file")) var rejects: String?

    func run() async throws {
      let runner = StageRunner(ScanStage.identity, CollectParameters.self, options)
      if try runner.extractsParameters() { return }
      let request = ImportRequest(
        path: try required(path, "path"), output: try required(output, "--output"),
        format: format, scan: scan, rejects: rejects)
      try await runner.run(output: request.output) { parameters, context async throws in
        try ImportStage(request, parameters).run(context)
      }
    }
  }
}

extension ImportFormat: ExpressibleByArgument {}
