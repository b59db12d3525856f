import Artifact
import Digests
import Foundation
import StageKit

/// A foreign scan's file, plain or gzip, read piece by piece and digested on the way.
final class ForeignFile {
  let path: String
  /// The name without `.gz`.
  let name: String
  private let gzip: ByteSource?
  private let descriptor: Int32
  private let digest = SHA256()

  /// - Throws: `stage.missing-input`, `stage.input-output`.
  init(_ path: String) throws(StageError) {
    self.path = path
    let last = String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...])
    name = last.hasSuffix(".gz") ? String(last.dropLast(3)) : last
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw StageError(
        errno == ENOENT ? .missingInput : .inputOutput, place: path,
        expected: "a file of a foreign scan", found: systemErrorText(errno),
        remedy: "check the path")
    }
    var magic = [UInt8](repeating: 0, count: 2)
    let isGzip = pread(descriptor, &magic, 2, 0) == 2 && magic == [0x1f, 0x8b]
    if isGzip {
      close(descriptor)
      self.descriptor = -1
      do throws(ArtifactError) {
        gzip = try ByteSource(path: path)
      } catch {
        throw Self.unreadable(path, error)
      }
    } else {
      self.descriptor = descriptor
      gzip = nil
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// The next bytes; nil at the end.
  func next() throws(StageError) -> [UInt8]? {
    let chunk: [UInt8]?
    if let gzip {
      do throws(ArtifactError) {
        chunk = try gzip.next()
      } catch {
        throw Self.unreadable(path, error)
      }
    } else {
      chunk = try nextPlain()
    }
    chunk?.withUnsafeBytes { digest.update($0) }
    return chunk
  }

  private func nextPlain() throws(StageError) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw StageError(
          .inputOutput, place: path, expected: "a readable file", found: systemErrorText(errno),
          remedy: "check the file")
      }
      return count == 0 ? nil : Array(buffer[..<count])
    }
  }

  /// What was read, uncompressed; call once, at the end.
  func source() -> Manifest.Source {
    Manifest.Source(name: name, sha256: digest.finish())
  }

  private static func unreadable(_ path: String, _ error: ArtifactError) -> StageError {
    StageError(
      .badInput, place: path, expected: error.expected, found: error.found,
      remedy: "fetch the file again")
  }
}
