internal import Foundation
internal import Glibc
internal import Synchronization

/// Runs a simulated network for as long as it is wanted: for the runs of a command, one an epoch,
/// or until a signal, the parent's end or a time.
public final class SimulationRun: Sendable {

  private let network: SimulatedNetwork
  private let folder: SimulationFolder
  private let child = Mutex<pid_t?>(nil)
  private let received = Atomic<Int32>(0)

  private static let poll = Duration.milliseconds(100)

  public init(_ network: SimulatedNetwork, folder: SimulationFolder) {
    self.network = network
    self.folder = folder
  }

  /// One run of `command` for each epoch; `{}` in its arguments is the descriptor's path. Without
  /// a command: until SIGINT or SIGTERM, the parent's end, or `seconds`.
  ///
  /// - Returns: the exit code of the first run that failed, or 0; 128 + n after signal n.
  public func run(
    _ command: [String], epochs: Int, seconds: Double? = nil
  ) async throws(SimulationError) -> Int32 {
    if command.isEmpty { return await wait(seconds: seconds) }
    let sources = armSignals()
    defer { sources.forEach { $0.cancel() } }
    for epoch in 0..<max(1, epochs) {
      if epoch > 0 { network.advance(to: epoch) }
      let code = try await runOnce(command)
      if code != 0 { return code }
      if let signal = pendingSignal { return 128 + signal }
    }
    return 0
  }

  private func wait(seconds: Double?) async -> Int32 {
    let sources = armSignals()
    defer { sources.forEach { $0.cancel() } }
    let parent = getppid()
    let clock = ContinuousClock()
    let end = seconds.map { clock.now + .seconds($0) }
    while true {
      if pendingSignal != nil { return 0 }
      if getppid() != parent { return 0 }
      if let end, clock.now >= end { return 0 }
      try? await Task.sleep(for: Self.poll)
    }
  }

  private var pendingSignal: Int32? {
    let value = received.load(ordering: .relaxed)
    return value == 0 ? nil : value
  }

  /// The child gets what we get; we go on until it has ended.
  private func armSignals() -> [any DispatchSourceSignal] {
    [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [self] in
        received.store(number, ordering: .relaxed)
        if let process = child.withLock({ $0 }) { kill(process, number) }
      }
      source.resume()
      return source
    }
  }

  private func runOnce(_ command: [String]) async throws(SimulationError) -> Int32 {
    let arguments = command.map { $0 == "{}" ? folder.descriptorPath : $0 }
    let process = Process()
    process.executableURL = URL(filePath: try Self.program(arguments[0]))
    process.arguments = Array(arguments.dropFirst())
    do {
      try process.run()
    } catch {
      throw SimulationError(
        .cannotRun, place: arguments[0], found: "\(error)", remedy: "check the command")
    }
    child.withLock { $0 = process.processIdentifier }
    defer { child.withLock { $0 = nil } }
    let parent = getppid()
    while process.isRunning {
      if getppid() != parent { kill(process.processIdentifier, SIGTERM) }
      try? await Task.sleep(for: .milliseconds(20))
    }
    return process.terminationReason == .exit
      ? process.terminationStatus : 128 + process.terminationStatus
  }

  /// The program's path: as given with a slash, else beside this program, else in PATH.
  private static func program(_ name: String) throws(SimulationError) -> String {
    if name.contains("/") { return name }
    let own = CommandLine.arguments.first.map { URL(filePath: $0).deletingLastPathComponent().path }
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
