internal import Artifact
internal import Glibc
internal import Synchronization

/// Standard input, line by line, read on a thread of its own.
final class ControlInput: Sendable {
  private struct Pending {
    var lines: [String] = []
    var isAtEnd = false
  }

  private let pending = Mutex(Pending())

  /// Bytes of a line; what is longer is no command.
  private static let longestLine = 256

  /// Starts reading; the thread ends with the input or the program.
  func start() {
    let box = Unmanaged.passRetained(self).toOpaque()
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { box in
        guard let box else { return nil }
        Unmanaged<ControlInput>.fromOpaque(box).takeRetainedValue().read()
        return nil
      }, box)
    pthread_detach(thread)
  }

  private func read() {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while true {
      let count = Glibc.read(STDIN_FILENO, &byte, 1)
      if count < 0, errno == EINTR { continue }
      guard count == 1 else { break }
      if byte == UInt8(ascii: "\n") {
        let text = String(decoding: line, as: UTF8.self)
        pending.withLock { $0.lines.append(text) }
        line = []
      } else if line.count < Self.longestLine {
        line.append(byte)
      }
    }
    pending.withLock { $0.isAtEnd = true }
  }

  /// The lines that came since this was last asked.
  func take() -> (lines: [String], isAtEnd: Bool) {
    pending.withLock { pending in
      defer { pending.lines = [] }
      return (pending.lines, pending.isAtEnd)
    }
  }
}

/// Does what a control command says and answers with one JSON line.
struct ControlledRun {
  let network: SimulatedNetwork

  /// - Returns: the answer, and whether the network shall stop.
  func perform(_ line: String) async -> (answer: JSONValue, stops: Bool) {
    guard let command = ControlCommand(line) else {
      return (failure("unknown", "no such command; \(ControlCommand.remedy)"), false)
    }
    switch command {
    case .epoch: return (success("epoch?"), false)
    case .stop: return (success("stop"), true)
    case .advance(let epochs):
      do throws(SimulationError) {
        try await advance(by: epochs)
        return (success("advance"), false)
      } catch {
        return (failure("advance", error.description), false)
      }
    }
  }

  /// One epoch after the other, so that servers live through each.
  func advance(by epochs: Int) async throws(SimulationError) {
    guard network.epoch + epochs <= network.lastEpoch else {
      throw SimulationError(
        .beyondLastEpoch, place: "epoch \(network.epoch) + \(epochs)",
        found: "the network is planned up to epoch \(network.lastEpoch)",
        remedy: "start it with a larger --epochs")
    }
    for _ in 0..<epochs { try await network.advance(to: network.epoch + 1) }
  }

  private func success(_ command: String) -> JSONValue {
    .object([
      ("command", .string(command)), ("epoch", .integer(network.epoch)), ("ok", .boolean(true)),
      ("servers_up", .integer(network.serversUp)),
    ])
  }

  private func failure(_ command: String, _ text: String) -> JSONValue {
    .object([
      ("command", .string(command)), ("epoch", .integer(network.epoch)), ("error", .string(text)),
      ("ok", .boolean(false)),
    ])
  }
}
