import Foundation

/// A file that appears whole or not at all.
///
/// Bytes go to `<path>.partial-<pid>`; `close` makes them durable, `commit` renames. A file that is
/// dropped before its commit leaves nothing behind.
public final class AtomicFile {
  public let path: String
  /// Put together when it is needed: a stage holds every file of a long series.
  var temporaryPath: String { "\(path).partial-\(getpid())" }
  private var descriptor: Int32
  private var isCommitted = false

  public init(path: String) throws(ArtifactError) {
    self.path = path
    descriptor = open(
      "\(path).partial-\(getpid())", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw ArtifactError(
        .cannotCreate, file: path, expected: "a file that can be created",
        found: systemErrorText(errno))
    }
  }

  deinit {
    if descriptor >= 0 { Foundation.close(descriptor) }
    if !isCommitted { unlink(temporaryPath) }
  }

  public func write(_ bytes: UnsafeRawBufferPointer) throws(ArtifactError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Foundation.write(
        descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw failure() }
      rest = rest.dropFirst(count)
    }
  }

  /// Flushes to the disk and closes; further writes are errors.
  public func close() throws(ArtifactError) {
    guard descriptor >= 0 else { return }
    let synced = fsync(descriptor)
    let number = errno
    Foundation.close(descriptor)
    descriptor = -1
    if synced != 0 && number != EINVAL { throw failure(number) }
  }

  public func commit() throws(ArtifactError) {
    try close()
    guard rename(temporaryPath, path) == 0 else { throw failure() }
    isCommitted = true
  }

  private func failure(_ number: Int32 = errno) -> ArtifactError {
    ArtifactError(
      .inputOutput, file: path, expected: "a file that can be written",
      found: systemErrorText(number))
  }
}
