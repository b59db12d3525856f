public import Foundation

/// The folder of shared data beside the project, where it exists.
public enum Shared {
  public static var root: URL {
    PackageRoot.url.deletingLastPathComponent().appendingPathComponent("shared")
  }
  public static var exists: Bool {
    FileManager.default.fileExists(atPath: root.appendingPathComponent("design").path)
  }
  public static func path(_ relative: String) -> String {
    root.appendingPathComponent(relative).path
  }
}

/// The project's own folder.
public enum PackageRoot {
  public static let url: URL = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url
  }()
  public static func path(_ relative: String) -> String {
    url.appendingPathComponent(relative).path
  }
}

/// A folder that is removed when the value goes away.
public final class TemporaryFolder {
  public let path: String

  public init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("observatory-tests-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  public func file(_ name: String) -> String { path + "/" + name }
}

/// Golden files: compared, or written anew where `RECORD_GOLDEN=1`.
public enum Golden {
  public static var isRecording: Bool {
    ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1"
  }

  /// True where the file at `relativePath` of the project holds `text`, or was recorded now.
  public static func matches(_ text: String, _ relativePath: String) throws -> Bool {
    let path = PackageRoot.path(relativePath)
    if isRecording {
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      return true
    }
    return (try? String(contentsOfFile: path, encoding: .utf8)) == text
  }
}
