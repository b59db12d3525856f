internal import Artifact
import Digests
import Foundation
import Ordering

/// The texts of the package; they become visible together.
final class PackageDocuments {
  private let folder: String
  private var files: [(name: String, sha256: String, bytes: Int, file: AtomicFile)] = []

  private var folders: Set<String> = []

  init(folder: String) { self.folder = folder }

  /// Writes a document under a temporary name.
  func add(_ name: String, _ text: String) throws(ArtifactError) {
    try Self.check(name)
    let bytes = Array(text.utf8)
    if let slash = name.lastIndex(of: "/") {
      let place = String(name[..<slash])
      if folders.insert(place).inserted { try FileBytes.createFolder(folder + "/" + place) }
    }
    let file = try AtomicFile(path: folder + "/" + name)
    try write(bytes, to: file)
    try file.close()
    files.append((name: name, sha256: SHA256.hex(bytes), bytes: bytes.count, file: file))
  }

  /// Names hold ids of rows, and a row that somebody made must not lead out of the folder.
  private static func check(_ name: String) throws(ArtifactError) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { part in
      !part.isEmpty && part != "." && part != ".."
        && part.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") }
    }
    if isPlain { return }
    throw ArtifactError(
      .malformedRow, file: EscapedText.escape(name),
      expected: "an id of letters, digits and signs that can name a file",
      found: EscapedText.escape(name))
  }

  private func write(_ bytes: [UInt8], to file: AtomicFile) throws(ArtifactError) {
    try bytes.withUnsafeBufferPointer { buffer throws(ArtifactError) in
      try file.write(UnsafeRawBufferPointer(buffer))
    }
  }

  /// `SHA256SUMS` over the tables and all documents so far: `<digest>  <path>`, sorted by path.
  func addChecksums(of tables: [PackagedTable]) throws(ArtifactError) {
    let lines =
      tables.map { (path: $0.path, sha256: $0.content.fileSHA256) }
      + files.map { (path: $0.name, sha256: $0.sha256) }
    let sorted = lines.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    try add("SHA256SUMS", sorted.map { "\($0.sha256)  \($0.path)\n" }.joined())
  }

  /// The documents of the first level so far.
  var topLevel: [ResearchCrate.Document] {
    files.filter { !$0.name.contains("/") }.map {
      ResearchCrate.Document(name: $0.name, sha256: $0.sha256, bytes: $0.bytes)
    }
  }

  /// Folders with documents in them, sorted.
  var foldersInUse: [String] { folders.sorted() }

  /// Makes all of them visible, and removes what an earlier publication left and this one has not.
  func commit() throws(ArtifactError) {
    let stale = earlier.subtracting(files.map(\.name))
    for entry in files { try entry.file.commit() }
    for name in stale { unlink(folder + "/" + name) }
  }

  /// Documents that the folder's checksums name, in the folders of the report alone and of those that
  /// not every publication has: nothing else is ever removed.
  private var earlier: Set<String> {
    let path = folder + "/SHA256SUMS"
    guard let bytes = try? FileBytes.read(path) else { return [] }
    let names = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      .map { String($0.dropFirst(66)) }
    return Set(
      names.filter { name in
        Self.optional.contains(name)
          || Self.folders.contains { name.hasPrefix($0 + "/") } && !name.contains("..")
      })
  }

  /// Documents of the first level that not every publication has.
  private static let optional = ["changes.html", "feed.atom"]

  /// Folders that hold documents only.
  private static let folders = ["servers", "groups", "figures", "data/transcripts"]
}
