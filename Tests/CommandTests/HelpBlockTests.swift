import Foundation
import TestSupport
import Testing

/// The documentation's help blocks are those of the programs. `make docs` writes them again, which is
/// `RECORD_GOLDEN=1 swift test --filter HelpBlockTests`.
struct HelpBlockTests {
  @Test func `commands.md holds the help of every program and subcommand`() throws {
    var text = "# Commands\n\nThe help of every program, as it prints it.\n"
    for program in CommandTests.programs {
      for command in [[program]] + (try subcommands(of: program)).map({ [program, $0] }) {
        let help = try Program(program).run(command.dropFirst() + ["--help"]).output
        let title = command.joined(separator: " ")
        text += "\n## \(title)\n\n```\n\(trimmed(help))\n```\n"
      }
    }
    #expect(try Golden.matches(text, "Sources/StageKit/StageKit.docc/Commands.md"))
  }

  @Test func `README.md holds the usage line of every program`() throws {
    var block = "```\n"
    for program in CommandTests.programs {
      let help = try Program(program).run(["--help"]).output
      let overview = help.split(separator: "\n", omittingEmptySubsequences: false)
        .prefix { !$0.isEmpty }.joined(separator: " ")
      let sentence = overview.dropFirst("OVERVIEW: ".count)
      block += program.padding(toLength: 11, withPad: " ", startingAt: 0) + sentence + "\n"
    }
    block += "```\n"
    let readme = try String(contentsOfFile: PackageRoot.path("README.md"), encoding: .utf8)
    let parts = readme.components(separatedBy: "<!-- usage -->\n")
    let rest = try #require(parts.last).components(separatedBy: "<!-- /usage -->")
    try #require(parts.count == 2 && rest.count == 2)
    let expected = parts[0] + "<!-- usage -->\n" + block + "<!-- /usage -->" + rest[1]
    #expect(try Golden.matches(expected, "README.md"))
  }

  private func subcommands(of program: String) throws -> [String] {
    let help = try Program(program).run(["--help"]).output
    guard let start = help.range(of: "SUBCOMMANDS:\n") else { return [] }
    return help[start.upperBound...].split(separator: "\n", omittingEmptySubsequences: false)
      .prefix { !$0.isEmpty }
      .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
  }

  private func trimmed(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in String(line.reversed().drop { $0 == " " }.reversed()) }
      .joined(separator: "\n").trimmingCharacters(in: .newlines)
  }
}
