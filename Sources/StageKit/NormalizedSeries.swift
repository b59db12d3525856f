public import Artifact
import Ordering

/// The scans of a folder that `normalize` wrote.
public enum NormalizedSeries {
  /// Names in ascending order, from the stage's own manifest.
  public static func scans(in folder: String) throws(ArtifactError) -> [String] {
    let manifest = try StageManifest(path: folder + "/normalize.manifest.json")
    let names = manifest.outputs.compactMap { output in
      output.name.lastIndex(of: "/").map { String(output.name[..<$0]) }
    }
    return Set(names).sorted()
  }
}
