internal import Foundation
internal import Glibc

/// A started program, in a process group of its own so that a terminal's signals reach it only
/// through us. Ended when it itself has ended, whatever it left behind.
struct ChildProcess {
  let identifier: pid_t

  init(path: String, arguments: [String]) throws(SimulationError) {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Worker threads block signals, and a child inherits the mask of the thread that starts it.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK))
    let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }.sorted()
    var identifier = pid_t()
    let status = Self.withPointers(arguments) { argv in
      Self.withPointers(environment) { envp in
        posix_spawn(&identifier, path, nil, &attributes, argv, envp)
      }
    }
    guard status == 0 else {
      throw SimulationError(
        .cannotRun, place: path, found: String(cString: strerror(status)),
        remedy: "check the command")
    }
    self.identifier = identifier
  }

  /// Its exit code, or 128 + n if signal n ended it; nil while it runs.
  func exitCode() -> Int32? {
    var status: Int32 = 0
    guard waitpid(identifier, &status, WNOHANG) == identifier else { return nil }
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }

  func send(_ signal: Int32) {
    kill(identifier, signal)
  }

  private static func withPointers<Result>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let pointers = texts.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
  }
}
