import Foundation
import SimulatedNetwork
import TestSupport
import Testing

struct SimnetProgramTests {
  /// What `body` left behind at a shift of the addresses where the program found its ports free.
  private func atFreeOffset(
    _ body: (_ folder: String, _ offset: String) throws -> Program.Result
  ) throws -> (folder: TemporaryFolder, result: Program.Result) {
    for attempt in 0..<20 {
      let offset = 30 + (Int(ProcessInfo.processInfo.processIdentifier) + attempt * 7) % 150
      let folder = try TemporaryFolder()
      let result = try body(folder.file("n"), "\(offset)")
      if !result.errors.contains("simnet.address-in-use") { return (folder, result) }
    }
    throw Busy()
  }

  private struct Busy: Error {}

  private func run(_ arguments: [String]) throws -> Program.Result {
    try atFreeOffset { folder, offset in
      try Program("simnet").run(
        ["run", "--scenario", "demo", "--directory", folder, "--offset", offset] + arguments)
    }.result
  }

  @Test func `it runs a command an epoch with the descriptor and ends with its code`() throws {
    let result = try run(["--epochs", "2", "--", "sh", "-c", "grep -c demo \"$0\"; exit 0", "{}"])
    #expect(result.exitCode == 0)
    let lines = result.output.split(separator: "\n")
    #expect(lines.first?.contains("simnet-descriptor.v1") == true)
    #expect(lines.dropFirst() == ["1", "1"])
    #expect(try run(["--epochs", "3", "--", "sh", "-c", "echo once; exit 7"]).exitCode == 7)
  }

  @Test func `without a command it stops by itself`() throws {
    let result = try run(["--duration", "0.2"])
    #expect(result.exitCode == 0)
    #expect(result.errors == "")
  }

  @Test func `a signal reaches the command and ends both`() throws {
    let script = """
      ( exec "$0" "$@" -- sh -c 'kill -TERM $PPID; exec sleep 60' ) ; echo ended $?
      """
    let (_, result) = try atFreeOffset { folder, offset in
      try Program.run(
        "sh",
        [
          "-c", script, Program("simnet").path, "run", "--scenario", "demo", "--directory", folder,
          "--offset", offset,
        ])
    }
    #expect(result.output.contains("ended \(128 + SIGTERM)"))
  }

  @Test func `it ends with its parent`() throws {
    // The shell in the middle ends as soon as the network listens; `cat` sees the end of output
    // only when the network, which holds the pipe, has ended too.
    let script = """
      { sh -c '"$0" "$@" & until [ -s "$5/simnet.json" ] || ! kill -0 $!; do sleep 0.1; done' "$0" "$@"; } | cat > /dev/null; echo gone
      """
    let clock = ContinuousClock()
    let start = clock.now
    let (folder, result) = try atFreeOffset { folder, offset in
      try Program.run(
        "sh",
        [
          "-c", script, Program("simnet").path, "run", "--scenario", "demo", "--directory", folder,
          "--offset", offset, "--duration", "90",
        ])
    }
    #expect(FileManager.default.fileExists(atPath: folder.file("n/simnet.json")), "it listened")
    #expect(result.output == "gone\n")
    #expect(clock.now - start < .seconds(90))
  }

  @Test(arguments: [
    (["run", "--scenario", "nosuch", "--directory", "/tmp/x"], Int32(66), "nosuch.json"),
    (["run", "--scenario", "demo"], 64, "--directory"),
    (["run", "--scenario", "demo", "--directory", "/proc/nowhere"], 73, "/proc/nowhere"),
    (["run", "--scenario", "demo", "--directory", "/tmp/x", "--offset", "250"], 65, "second byte"),
  ]) func `mistakes have their exit code and say what is wrong`(
    arguments: [String], code: Int32, text: String
  ) throws {
    let result = try Program("simnet").run(arguments)
    #expect(result.exitCode == code)
    #expect(result.errors.contains(text))
  }
}
