import ArgumentParser
import Releases
import StageKit

extension PublishCommand {
  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tell what is otherwise in a published package than in an earlier one.",
      discussion: """
        Servers that came, went or changed; releases of software first seen; likely operators that \
        parted or were joined; verdicts that changed; numbers that moved beyond their bands; tables \
        and columns. Each difference names what it can come from: the world, or our rules, programs \
        or references. Scans that both packages rest on are compared with themselves to tell these \
        apart.
        """)

    @Argument(help: ArgumentHelp("The earlier package.", valueName: "earlier"))
    var earlier: String
    @Argument(help: ArgumentHelp("The later package.", valueName: "later"))
    var later: String
    @Option(
      help: ArgumentHelp(
        "Also write differences.csv.gz and feed.atom there.", valueName: "folder"))
    var output: String?
    @Option(help: ArgumentHelp("Differences of a kind to print.", valueName: "count"))
    var limit = 20
    @Flag(help: "Fail where the later version number does not say what changed.")
    var checkVersion = false

    func validate() throws {
      if limit < 0 { throw ValidationError("--limit is \(limit); it must be 0 or more") }
    }

    func run() throws {
      try reporting(as: "publish diff") {
        let comparison = try ReleaseComparison(
          earlier: PublishedPackage(folder: earlier), later: PublishedPackage(folder: later))
        if let output { try comparison.write(to: output) }
        print(comparison.text(limit: limit), terminator: "")
        if checkVersion { try comparison.checkVersion() }
      }
    }
  }
}
