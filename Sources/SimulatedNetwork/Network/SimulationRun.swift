internal import Artifact
internal import Foundation
internal import Glibc

/// Runs a simulated network for as long as it is wanted: for the runs of a command, one an epoch,
/// or until a signal, the parent's end or a time.
public struct SimulationRun: Sendable {
  private let parent: pid_t

  private static let poll = Duration.milliseconds(20)

  /// From here on signals end the run in order instead of the process at once. Made first of all,
  /// so that the parent is still the one that started us.
  public init() {
    parent = getppid()
    SignalFlag.arm()
  }

  /// One run of `command` for each epoch; `{}` in its arguments is the path of the descriptor.
  /// Without a command: until SIGINT or SIGTERM, the parent's end, or `seconds`; SIGUSR1 lets an
  /// epoch pass. Controlled: also until `stop` or the end of standard input, whose lines
  /// (`advance`, `advance N`, `epoch?`, `stop`) are answered on standard output when done.
  ///
  /// - Returns: the exit code of the first run that failed, or 0; 128 + n after signal n.
  public func run(
    _ command: [String], on network: SimulatedNetwork, descriptor: String, epochs: Int,
    seconds: Double? = nil, isControlled: Bool = false
  ) async throws(SimulationError) -> Int32 {
    if command.isEmpty {
      await wait(on: network, seconds: seconds, input: isControlled ? ControlInput() : nil)
      return 0
    }
    let arguments = command.map { $0 == "{}" ? descriptor : $0 }
    for epoch in 0..<max(1, epochs) {
      if epoch > 0 { try await network.advance(to: epoch) }
      let code = try await runOnce(arguments)
      if code != 0 { return code }
      if let signal = SignalFlag.current { return 128 + signal }
    }
    return 0
  }

  private func wait(on network: SimulatedNetwork, seconds: Double?, input: ControlInput?) async {
    let controlled = ControlledRun(network: network)
    input?.start()
    let clock = ContinuousClock()
    let end = seconds.map { clock.now + .seconds($0) }
    while SignalFlag.current == nil, getppid() == parent {
      if let end, clock.now >= end { return }
      if let input {
        let (lines, isAtEnd) = input.take()
        for line in lines {
          let (answer, stops) = await controlled.perform(line)
          FileOutput.standardOutput(answer.canonicalText)
          if stops { return }
        }
        if isAtEnd { return }
      }
      await advance(SignalFlag.takeAdvances(), controlled)
      try? await Task.sleep(for: Self.poll)
    }
  }

  private func advance(_ epochs: Int, _ controlled: ControlledRun) async {
    guard epochs > 0 else { return }
    do throws(SimulationError) {
      try await controlled.advance(by: epochs)
    } catch {
      FileOutput.standardError("simnet: \(error)")
    }
  }

  /// The child gets the signal that we get; we go on until it has ended.
  private func runOnce(_ arguments: [String]) async throws(SimulationError) -> Int32 {
    let child = try ChildProcess(
      path: try Self.program(arguments[0]), arguments: arguments)
    var isTold = false
    while true {
      if let code = child.exitCode() { return code }
      let wanted = SignalFlag.current ?? (getppid() == parent ? nil : SIGTERM)
      if let wanted, !isTold {
        child.send(wanted)
        isTold = true
      }
      try? await Task.sleep(for: Self.poll)
    }
  }

  /// The program's path: as given with a slash, else beside this program, else in PATH.
  private static func program(_ name: String) throws(SimulationError) -> String {
    if name.contains("/") { return name }
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      .map { URL(filePath: $0).deletingLastPathComponent().path }
    let folders =
      (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    for folder in (own.map { [$0] } ?? []) + folders {
      let path = "\(folder)/\(name)"
      if FileManager.default.isExecutableFile(atPath: path) { return path }
    }
    throw SimulationError(
      .cannotRun, place: name, found: "no such program", remedy: "give its path")
  }
}
