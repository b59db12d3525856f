import StageKit
import TestSupport
import Testing

/// The programs' command lines.
struct CommandTests {
  static let stages = ["collect", "normalize", "featurize", "cluster", "score", "publish"]
  static let programs = stages + ["simnet"]

  @Test(arguments: programs) func `every program prints its help and succeeds`(program: String)
    throws
  {
    let result = try Program(program).run(["--help"])
    #expect(result.exitCode == 0)
    #expect(result.output.contains("USAGE: \(program)"))
    #expect(result.errors.isEmpty)
  }

  @Test(arguments: programs) func `every program prints the version of the project`(program: String)
    throws
  {
    let result = try Program(program).run(["--version"])
    #expect(result.exitCode == 0)
    #expect(result.output == observatoryVersion + "\n")
  }

  @Test(arguments: programs) func `an unknown option is a wrong command line: 64`(program: String)
    throws
  {
    let needed = program == "simnet" ? ["--scenario", "none", "--directory", "/nowhere"] : []
    let result = try Program(program).run(needed + ["--no-such-option"])
    #expect(result.exitCode == 64)
    #expect(result.errors.contains("--no-such-option"))
    #expect(result.output.isEmpty)
  }

  @Test(arguments: stages.dropFirst())
  func `a stage without its inputs says which option is missing: 64`(program: String) throws {
    let result = try Program(program).run([])
    #expect(result.exitCode == 64)
    #expect(result.errors.contains("--"))
  }

  @Test(arguments: stages.dropFirst())
  func `a stage whose input folder does not exist names it: 66`(program: String) throws {
    let folder = try TemporaryFolder()
    let nowhere = folder.file("nowhere")
    let inputs = [
      "normalize": ["raw"], "featurize": ["normalized"], "cluster": ["normalized", "features"],
      "score": ["normalized", "features", "clusters"],
      "publish": ["raw", "normalized", "features", "clusters", "scores"],
    ]
    let options = (inputs[program] ?? []).flatMap { ["--\($0)", nowhere] }
    let result = try Program(program).run(options + ["--output", folder.file("out")])
    #expect(result.exitCode == 66)
    #expect(result.errors.contains(nowhere))
  }

  @Test(arguments: stages) func `threads are 0 to 1024: 64 otherwise`(program: String) throws {
    let result = try Program(program).run(["--threads", "1025"])
    #expect(result.exitCode == 64)
    #expect(result.errors.contains("1025"))
  }
}
