import Foundation

/// Whole small files: manifests, parameters, descriptors.
public enum FileBytes {
  /// Reads `path` (`-`: standard input), refusing more than `limit` bytes.
  public static func read(
    _ path: String, limit: Int = 64 << 20, missing: ArtifactError.Code = .missing,
    expected: String = "a file"
  ) throws(ArtifactError) -> [UInt8] {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let number = errno
      throw ArtifactError(
        number == ENOENT ? missing : .inputOutput, file: path, expected: expected,
        found: systemErrorText(number))
    }
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        throw ArtifactError(
          .inputOutput, file: path, expected: expected, found: systemErrorText(errno))
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: buffer[..<count])
      if bytes.count > limit {
        throw ArtifactError(
          .inputOutput, file: path, expected: "at most \(limit) bytes", found: "more")
      }
    }
  }

  /// Writes `bytes` whole or not at all: temporary file, fsync, rename.
  public static func write(_ bytes: [UInt8], to path: String) throws(ArtifactError) {
    let file = try AtomicFile(path: path)
    try bytes.withRawBytes { buffer throws(ArtifactError) in try file.write(buffer) }
    try file.close()
    try file.commit()
  }

  /// As `write`, but leaves a file alone that already holds the same bytes.
  /// - Returns: true when the file was written.
  @discardableResult
  public static func writeIfChanged(
    _ bytes: [UInt8], to path: String
  ) throws(ArtifactError) -> Bool {
    if access(path, F_OK) == 0, try read(path) == bytes { return false }
    try write(bytes, to: path)
    return true
  }

  /// Creates `path` and the folders above it.
  public static func createFolder(_ path: String) throws(ArtifactError) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true)
    } catch {
      throw ArtifactError(
        .cannotCreate, file: path, expected: "a folder that can be created",
        found: systemErrorText(errno))
    }
  }
}
