import Foundation
import Glibc
import TestSupport

/// A program started with `posix_spawn`. Foundation's `Process` waits on a socket that programs
/// started at the same moment inherit, so that with several running its wait may never end.
final class ChildProcess {
  struct Failure: Error {
    let text: String
  }

  /// One start at a time, so that no child inherits another's pipe.
  private static let starting = NSLock()

  let output: Int32
  private let openInput: Int32
  private let process: pid_t

  /// - Parameter input: a file that becomes standard input; none means an open pipe without bytes.
  init(_ executable: String, _ arguments: [String], input: String? = nil) throws {
    Self.starting.lock()
    defer { Self.starting.unlock() }
    let outputPipe = try Self.closingOnExec()
    let inputPipe = try Self.closingOnExec()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input {
      posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    } else {
      posix_spawn_file_actions_adddup2(&actions, inputPipe[0], 0)
    }
    posix_spawn_file_actions_adddup2(&actions, outputPipe[1], 1)
    posix_spawn_file_actions_adddup2(&actions, outputPipe[1], 2)
    var pointers = ([executable] + arguments).map { strdup($0) }
    defer { pointers.forEach { free($0) } }
    pointers.append(nil)
    var process: pid_t = 0
    let status = posix_spawn(&process, executable, &actions, nil, pointers, environ)
    Glibc.close(outputPipe[1])
    Glibc.close(inputPipe[0])
    guard status == 0 else {
      Glibc.close(outputPipe[0])
      Glibc.close(inputPipe[1])
      throw Failure(text: "\(executable): \(status)")
    }
    self.process = process
    output = outputPipe[0]
    openInput = inputPipe[1]
  }

  private static func closingOnExec() throws -> [Int32] {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Failure(text: "pipe: \(errno)") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return ends
  }

  /// The next bytes of standard output and error, nil at their end.
  func read() -> String? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = Glibc.read(output, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }

  func terminate() {
    kill(process, SIGKILL)
  }

  /// The exit code; a signal counts as 128 and its number.
  func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) == -1, errno == EINTR {}
    Glibc.close(output)
    Glibc.close(openInput)
    return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
  }
}

/// Debian's own `openssl`, the judge that none of us wrote.
enum OpenSSLCommand {
  static let executable = "/usr/bin/openssl"

  static var exists: Bool {
    access(executable, X_OK) == 0
  }

  /// Runs to the end; standard output and error as text.
  @discardableResult
  static func run(_ arguments: [String], input: [UInt8] = []) throws -> String {
    let folder = try TemporaryFolder()
    let child = try ChildProcess(executable, arguments, input: folder.file("input", holding: input))
    var text = ""
    while let more = child.read() { text += more }
    guard child.wait() == 0 else { throw ChildProcess.Failure(text: text) }
    return text
  }
}

/// One `openssl s_server` on a free loopback port.
final class OpenSSLServer {
  let port: Int
  private let process: ChildProcess
  private let folder: TemporaryFolder

  /// Certificates and key are given by us; `arguments` is how the server is odd.
  init(chain: [[UInt8]], key: [UInt8], arguments: [String] = []) throws {
    folder = try TemporaryFolder()
    let leaf = try folder.file("leaf.der", holding: chain[0])
    let keyFile = try folder.file("key.der", holding: key)
    var command = [
      "s_server", "-accept", "127.0.0.1:0", "-cert", leaf, "-certform", "DER", "-key", keyFile,
      "-keyform", "DER",
    ]
    if chain.count > 1 {
      var pem = ""
      for der in chain.dropFirst() {
        pem += try OpenSSLCommand.run(["x509", "-inform", "DER"], input: der)
      }
      command += ["-cert_chain", try folder.file("chain.pem", holding: Array(pem.utf8))]
    }
    process = try ChildProcess(OpenSSLCommand.executable, command + arguments)
    var text = ""
    var found: Int?
    while found == nil, let more = process.read() {
      text += more
      found = text.split(separator: "\n").first { $0.hasPrefix("ACCEPT") }
        .flatMap { $0.split(separator: ":").last.flatMap { Int($0) } }
    }
    guard let found else {
      _ = process.wait()
      throw ChildProcess.Failure(text: text)
    }
    port = found
  }

  deinit {
    process.terminate()
    _ = process.wait()
  }
}

extension TemporaryFolder {
  fileprivate func file(_ name: String, holding bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }
}
