internal import Artifact
import Digests

/// The texts of the package; they become visible together.
final class PackageDocuments {
  private let folder: String
  private var files: [(name: String, sha256: String, file: AtomicFile)] = []

  init(folder: String) { self.folder = folder }

  /// Writes a document under a temporary name.
  func add(_ name: String, _ text: String) throws(ArtifactError) {
    let bytes = Array(text.utf8)
    let file = try AtomicFile(path: folder + "/" + name)
    try write(bytes, to: file)
    try file.close()
    files.append((name: name, sha256: SHA256.hex(bytes), file: file))
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

  func commit() throws(ArtifactError) {
    for entry in files { try entry.file.commit() }
  }
}
