import Foundation
import TestSupport
import Testing

@testable import SimulatedNetwork

@Suite struct SimnetProgramTests {
  /// A shift at which the program finds its ports free.
  private func run(_ arguments: [String]) throws -> Program.Result {
    var last: Program.Result?
    for attempt in 0..<20 {
      let offset = 30 + (Int(ProcessInfo.processInfo.processIdentifier) + attempt * 7) % 150
      let folder = try TemporaryFolder()
      let result = try Program("simnet").run(
        ["run", "--scenario", "demo", "--directory", folder.file("n"), "--offset", "\(offset)"]
          + arguments)
      if result.exitCode != 69 { return result }
      last = result
    }
    return try #require(last)
  }

  @Test func itRunsACommandAnEpochWithTheDescriptorAndEndsWithItsCode() throws {
    let result = try run(["--epochs", "2", "--", "sh", "-c", "grep -c demo \"$0\"; exit 0", "{}"])
    #expect(result.exitCode == 0)
    let lines = result.output.split(separator: "\n")
    #expect(lines.first?.contains("simnet-descriptor.v1") == true)
    #expect(lines.dropFirst() == ["1", "1"])
    #expect(try run(["--epochs", "3", "--", "sh", "-c", "echo once; exit 7"]).exitCode == 7)
  }

  @Test func withoutACommandItStopsByItself() throws {
    let result = try run(["--duration", "0.2"])
    #expect(result.exitCode == 0)
    #expect(result.errors == "")
  }

  @Test func aSignalReachesTheCommandAndEndsBoth() throws {
    let script = """
      ( exec "$0" "$@" -- sh -c 'kill -TERM $PPID; exec sleep 60' ) ; echo ended $?
      """
    let folder = try TemporaryFolder()
    let offset = "\(20 + Int(ProcessInfo.processInfo.processIdentifier) % 170)"
    let result = try Program.run(
      "sh",
      [
        "-c", script, Program("simnet").path, "run", "--scenario", "demo", "--directory",
        folder.file("n"), "--offset", offset,
      ])
    let isBusy = result.errors.contains("address-in-use")
    #expect(result.output.contains("ended \(128 + SIGTERM)") || isBusy)
  }

  @Test func itEndsWithItsParent() throws {
    let folder = try TemporaryFolder()
    let offset = "\(25 + Int(ProcessInfo.processInfo.processIdentifier) % 165)"
    // The shell in the middle ends as soon as the network listens; `cat` sees the end of output
    // only when the network, which holds the pipe, has ended too.
    let script = """
      { sh -c '"$0" "$@" & until [ -s "$5/simnet.json" ] || ! kill -0 $!; do sleep 0.1; done' "$0" "$@"; } | cat > /dev/null; echo gone
      """
    let clock = ContinuousClock()
    let start = clock.now
    let result = try Program.run(
      "sh",
      [
        "-c", script, Program("simnet").path, "run", "--scenario", "demo", "--directory",
        folder.file("n"), "--offset", offset, "--duration", "90",
      ])
    #expect(result.output == "gone\n")
    #expect(clock.now - start < .seconds(90))
  }

  @Test(arguments: [
    (["run", "--scenario", "nosuch", "--directory", "/tmp/x"], Int32(66), "nosuch.json"),
    (["run", "--scenario", "demo"], 64, "--directory"),
    (["run", "--scenario", "demo", "--directory", "/proc/nowhere"], 73, "/proc/nowhere"),
    (["run", "--scenario", "demo", "--directory", "/tmp/x", "--offset", "250"], 65, "second byte"),
  ])
  func mistakesHaveTheirExitCodeAndSayWhatIsWrong(
    arguments: [String], code: Int32, text: String
  ) throws {
    let result = try Program("simnet").run(arguments)
    #expect(result.exitCode == code)
    #expect(result.errors.contains(text))
  }
}
