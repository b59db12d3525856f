import Foundation
import Testing

/// The house style, where a rule can be counted.
struct StyleTests {
  @Test(arguments: ImportMap.package.programs) func `a command file has at most 60 lines`(
    program: String
  ) {
    let files = SourceTree.swiftFiles(in: "Sources/\(program)")
    // A program with subcommands has a file each.
    if !["simnet", "collect", "cluster", "score", "publish"].contains(program) {
      #expect(files.count == 1)
    }
    for file in files { #expect(file.lines.count <= 61, "\(file.path)") }
  }

  @Test func `no file has more than 400 lines`() {
    for file in SourceTree.swiftFiles(in: "Sources") + SourceTree.swiftFiles(in: "Tests")
    where file.lines.count > 401 && !Self.tablesOfConstants.contains(file.path) {
      Issue.record("\(file.path) has \(file.lines.count) lines")
    }
  }

  @Test func `no type is called Manager, Helper, Utils, Common or Misc`() {
    let banned = ["Manager", "Helper", "Utils", "Common", "Misc"]
    for file in SourceTree.swiftFiles(in: "Sources") {
      for line in file.code {
        guard
          let name = declaredName(
            line.text, after: ["struct", "class", "enum", "protocol", "actor"]),
          banned.contains(where: { name.hasPrefix($0) || name.hasSuffix($0) })
        else { continue }
        Issue.record("\(file.path):\(line.number) declares \(name)")
      }
      for word in banned where file.name.contains(word) {
        Issue.record("\(file.path) is named after no concept")
      }
    }
  }

  @Test func `no function is called process or info`() {
    for file in SourceTree.swiftFiles(in: "Sources") {
      for line in file.code {
        guard let name = declaredName(line.text, after: ["func"]) else { continue }
        #expect(!["process", "info"].contains(name), "\(file.path):\(line.number)")
      }
    }
  }

  @Test func `nothing is left to do: no TODO, FIXME, try!, as! or fatalError in the sources`() {
    for file in SourceTree.swiftFiles(in: "Sources") {
      for (index, line) in file.lines.enumerated()
      where line.contains("TODO") || line.contains("FIXME") {
        Issue.record("\(file.path):\(index + 1): \(line)")
      }
      for line in file.code {
        for word in ["try!", "as!", "fatalError("] where line.text.contains(word) {
          Issue.record("\(file.path):\(line.number): \(word)")
        }
      }
    }
  }

  @Test
  func `time is an argument: no wall clock outside StageKit, Collecting and the test bed (R-20)`() {
    let clocks = [
      "Date()", "Date.now", "Date.init()", "DispatchTime.now", "ContinuousClock", "SuspendingClock",
      "time(nil)",
    ]
    let allowed = ["StageKit", "Collecting", "SimulatedNetwork", "simnet", "collect"]
    expectAbsent(clocks, outside: allowed)
  }

  @Test
  func `chance is an argument: no unseeded generator outside Collecting's jitter and key making`() {
    let draws = [
      ".random(in:", ".randomElement()", ".shuffled()", ".shuffle()", "SystemRandomNumberGenerator",
      "UUID()", "arc4random",
    ]
    expectAbsent(draws, outside: [])
  }

  @Test func `no result inherits an order from hashing`() {
    expectAbsent([".hashValue", "Hasher()"], outside: [])
  }

  private func expectAbsent(_ words: [String], outside allowed: [String]) {
    for module in SourceTree.modules where !allowed.contains(module) {
      for file in SourceTree.swiftFiles(in: "Sources/\(module)") {
        for line in file.code {
          for word in words where line.text.contains(word) && !line.text.contains("using:") {
            Issue.record("\(file.path):\(line.number) uses \(word)")
          }
        }
      }
    }
  }

  private func declaredName(_ line: String, after keywords: Set<Substring>) -> String? {
    let words = line.split(separator: " ")
    guard let index = words.firstIndex(where: keywords.contains), index + 1 < words.count,
      words[..<index].allSatisfy({ $0.first?.isLetter == true || $0.hasPrefix("@") })
    else { return nil }
    return String(words[index + 1].prefix { $0.isLetter || $0.isNumber || $0 == "_" })
  }

  /// Files that are one table of constants.
  private static let tablesOfConstants: Set<String> = []
}
