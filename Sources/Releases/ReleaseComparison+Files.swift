public import Artifact
import Records

extension ReleaseComparison {
  /// Writes the table of differences and the feed into `folder`, which is made where it is missing.
  public func write(to folder: String) throws(ArtifactError) {
    try FileBytes.createFolder(folder)
    let writer = try ArtifactWriter<ReleaseDifference>(folder: folder)
    try writer.append(contentsOf: differences)
    let inputs = [("earlier", earlier), ("later", later)].map { name, package in
      Manifest.Source(name: "\(name)/datapackage.json", sha256: package.descriptorSHA256)
    }
    try writer.finish().commit(
      Lineage(stage: "publish", revision: 1, parameters: .object([]), inputs: inputs))
    try FileBytes.write(Array(feed.utf8), to: folder + "/feed.atom")
  }
}
