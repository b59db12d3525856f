import Foundation
import Testing

/// Leaves the sample's report where a person can look at it, when asked to.
struct SampleReportTests {
  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["SAMPLE_REPORT"] != nil,
      "SAMPLE_REPORT names no folder"))
  func `the sample report is written where the environment says`() throws {
    let target = try #require(ProcessInfo.processInfo.environment["SAMPLE_REPORT"])
    let publication = try Publication.unchanged()
    try? FileManager.default.removeItem(atPath: target)
    try FileManager.default.copyItem(atPath: publication.folder, toPath: target)
  }
}
