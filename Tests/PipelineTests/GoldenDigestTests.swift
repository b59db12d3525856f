import Foundation
import TestSupport
import Testing

/// A capture of the simulated network, committed, stands for all evidence there will ever be: a
/// change of any derived byte shows as a changed line in review.
@Suite(.serialized)
struct GoldenDigestTests {
  private static let capture = PackageRoot.path("Tests/PipelineTests/Capture")

  /// The capture's evidence in a new folder, derived.
  private func derived(threads: Int) throws -> (TemporaryFolder, [String: String]) {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      atPath: Self.capture + "/raw", toPath: folder.file("raw"))
    let pipeline = Pipeline(folder: folder.path)
    try pipeline.derive(geoip: Self.capture + "/address-plan.mmdb", threads: threads)
    return (folder, try pipeline.digests())
  }

  @Test func `every derived artifact has its golden digest, for one thread and for three`() throws {
    let (_, digests) = try derived(threads: 1)
    let lines = digests.sorted { $0.key < $1.key }.map { "\($0.value)  \($0.key)\n" }
    #expect(try Golden.matches(lines.joined(), "Tests/PipelineTests/golden-digests.txt"))
    #expect(try derived(threads: 3).1 == digests)
  }

  @Test func `the capture is small enough to be reviewed`() throws {
    var bytes = 0
    let files = FileManager.default.enumerator(atPath: Self.capture)
    while let name = files?.nextObject() as? String {
      let attributes = try FileManager.default.attributesOfItem(atPath: Self.capture + "/" + name)
      if attributes[.type] as? FileAttributeType == .typeRegular {
        bytes += (attributes[.size] as? Int) ?? 0
      }
    }
    #expect(bytes > 0 && bytes < 300_000)
  }
}
