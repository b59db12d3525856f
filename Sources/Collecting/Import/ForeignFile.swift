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
  private var isAtStart = true

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
        gzip = try ByteSource(path: path, allowsPadding: true)
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

  /// The next bytes, without a byte order mark of UTF-8 at the start; nil at the end.
  ///
  /// - Throws: where the file is written in another encoding or packed otherwise, with its name.
  func next() throws(StageError) -> [UInt8]? {
    guard let chunk = try nextBytes() else { return nil }
    guard isAtStart else { return chunk }
    isAtStart = false
    let encoding = TextEncoding(of: chunk)
    if let name = encoding.foreignName {
      throw Self.notText(path, name, remedy: "write the file as UTF-8")
    }
    if let name = Self.packing(chunk) {
      throw Self.notText(path, name, remedy: "unpack the file, and pass it as text or gzip")
    }
    return encoding.markLength == 0 ? chunk : Array(chunk.dropFirst(encoding.markLength))
  }

  private static func notText(_ path: String, _ found: String, remedy: String) -> StageError {
    StageError(
      .badInput, place: path, expected: "text in UTF-8, plain or gzip", found: found,
      remedy: remedy)
  }

  private static func packing(_ first: [UInt8]) -> String? {
    let marks: [([UInt8], String)] = [
      ([0x28, 0xb5, 0x2f, 0xfd], "Zstandard"), ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], "xz"),
      (Array("BZh".utf8), "bzip2"), (Array("PK\u{3}\u{4}".utf8), "a ZIP archive"),
      (Array("PAR1".utf8), "Parquet"), ([0x1f, 0x8b], "gzip inside gzip"),
    ]
    return marks.first { first.starts(with: $0.0) }?.1
  }

  private func nextBytes() throws(StageError) -> [UInt8]? {
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
    let remedy =
      switch error.code {
      case .truncated: "fetch the file again: its end is missing"
      case .corrupt: "fetch the file again: its bytes are not those that were packed"
      default: error.remedy
      }
    return StageError(
      .badInput, place: path, expected: error.expected, found: error.found, remedy: remedy)
  }
}
