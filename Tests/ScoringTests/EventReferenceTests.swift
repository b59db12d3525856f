import Artifact
import Foundation
import Records
import StageKit
import TestSupport
import Testing
import Timekeeping

@testable import Scoring

/// Events of the public record are dated as closely as their source.
struct EventReferenceTests {
  @Test func `a month has its first and its last second`() {
    #expect(CalendarSpan("2024-02")?.last == "2024-02-29T23:59:59Z")
    #expect(CalendarSpan("2019")?.first == "2019-01-01T00:00:00Z")
    #expect(CalendarSpan("2019")?.last == "2019-12-31T23:59:59Z")
    #expect(CalendarSpan("2019-02/2019-03")?.last == "2019-03-31T23:59:59Z")
    #expect(CalendarSpan("2019-02-27")?.last == "2019-02-27T23:59:59Z")
  }

  @Test(arguments: [
    "", "19", "2019-2", "2019-13", "2019-02-30", "2019-03/2019-02", "2019/2020/2021", "2019-02-",
    "+019", "2019-02-27T00:00:00Z",
  ])
  func `what is no date of the calendar is refused`(_ text: String) {
    #expect(CalendarSpan(text) == nil)
  }

  @Test func `the events that are shipped can be read, each with a source`() throws {
    let reference = try read(shipped)
    #expect(reference.events.count > 20)
    #expect(reference.events.compactMap(\.row).count == reference.events.count)
    #expect(reference.events.allSatisfy { $0.source.hasPrefix("https://github.com/") })
    let keys = reference.events.compactMap(\.row).map { "\($0.latest) \($0.kind) \($0.subject)" }
    #expect(Set(keys).count == keys.count)
  }

  @Test(arguments: [
    (#""kind": "incident""#, #""kind": "outage""#, "a kind of public record"),
    (#""date": "2018-12""#, #""date": "2018-13""#, "2018-13"),
    (#""source": "https:"#, #""source": "http:"#, "an https address"),
    (#""schema": "events.v1""#, #""schema": "events.v2""#, "events.v1"),
  ])
  func `a mistake is told with its place`(_ change: (String, String, String)) throws {
    let text = try String(contentsOfFile: shipped, encoding: .utf8)
    let file = try TemporaryFolder()
    let path = file.path + "/events.json"
    try #require(text.contains(change.0))
    try text.replacingOccurrences(of: change.0, with: change.1)
      .write(toFile: path, atomically: true, encoding: .utf8)
    let error = #expect(throws: StageError.self) { try self.read(path) }
    #expect("\(try #require(error))".contains(change.2), "\(String(describing: error))")
  }

  private var shipped: String { PackageRoot.path("datasets/reference/events.json") }

  private func read(_ path: String) throws -> EventReference {
    try InputFile.object(path, expected: "events", remedy: "correct the file")
  }
}
