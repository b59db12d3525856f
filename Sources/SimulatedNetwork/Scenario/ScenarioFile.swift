internal import Artifact

/// Finds and reads scenarios.
public enum ScenarioFile {
  /// Where the scenarios that ship are, from the package's root.
  public static let folder = "datasets/scenarios"

  private static let maximumBytes = 64 << 20

  /// Writes a generated scenario, named after its file; without a path, to standard output.
  public static func write(
    _ generator: ScenarioGenerator, to path: String?
  ) throws(SimulationError) {
    guard let path else {
      // The line ends the document already.
      let text = String(decoding: generator.document(name: "generated").dropLast(), as: UTF8.self)
      return FileOutput.standardOutput(text)
    }
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let name = file.hasSuffix(".json") ? String(file.dropLast(5)) : file
    do throws(ArtifactError) {
      try FileBytes.write(generator.document(name: name), to: path)
    } catch {
      throw SimulationError(
        .cannotWrite, place: path, found: error.found, remedy: "check the folder")
    }
  }

  /// - Parameter name: a path that ends in `.json`, or the name of a scenario that ships.
  public static func read(_ name: String) throws(ScenarioError) -> Scenario {
    let path = name.hasSuffix(".json") ? name : "\(folder)/\(name).json"
    let bytes: [UInt8]
    do throws(ArtifactError) {
      bytes = try FileBytes.read(path, limit: maximumBytes)
    } catch {
      throw ScenarioError(
        .unreadable, place: path, expected: "a readable scenario file", found: error.found)
    }
    do throws(ScenarioError) {
      return try Scenario(parsing: bytes)
    } catch {
      throw error.inFile(path)
    }
  }
}
