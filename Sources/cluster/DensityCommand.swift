import ArgumentParser
import Clustering
import Foundation

extension ClusterCommand {
  struct Density: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Answer cases of density clustering: JSON from standard input to standard output.",
      shouldDisplay: false)

    func run() throws {
      let input = FileHandle.standardInput.readDataToEndOfFile()
      FileHandle.standardOutput.write(try DensityCases.answers(to: input))
    }
  }
}
