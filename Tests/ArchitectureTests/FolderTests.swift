import Foundation
import TestSupport
import Testing

/// Rooms have drawers.
struct FolderTests {
  /// Folders of many small files of one kind, one file each.
  private static let collections: Set = ["Indicators", "Deviations", "Rules"]

  @Test
  func `no folder of Sources holds more than 25 files itself, 30 where each is one of a kind`() {
    for (folder, count) in counts() {
      let name = folder.split(separator: "/").last.map(String.init) ?? ""
      let isCollection = Self.collections.contains(name) || folder.contains("/Schemas")
      #expect(count <= (isCollection ? 30 : 25), "\(folder) holds \(count) files")
    }
  }

  private func counts() -> [String: Int] {
    let walk = FileManager.default.enumerator(atPath: PackageRoot.path("Sources"))
    let files = (walk?.allObjects as? [String] ?? []).filter {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(
        atPath: PackageRoot.path("Sources/\($0)"), isDirectory: &isFolder)
      return !isFolder.boolValue
    }
    return Dictionary(
      files.map { (($0 as NSString).deletingLastPathComponent, 1) }, uniquingKeysWith: +)
  }
}
