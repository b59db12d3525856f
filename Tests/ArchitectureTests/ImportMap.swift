import Foundation

/// Who may import whom, read from the lists of `Package.swift`.
///
/// A target stands there as `module("Name", ["Ours", …], [others, …])` or
/// `command("name", ["Ours", …])`, with its sentence in the comment lines right above it.
struct ImportMap {
  /// A target of `Sources` that is written in Swift.
  struct Row {
    let module: String
    let isProgram: Bool
    /// Modules of this package, as listed.
    let ours: [String]
    /// Modules of other packages.
    let others: [String]
    /// What the module is for; empty where `Package.swift` does not say it.
    let sentence: String

    /// Modules of the platform that it may use.
    var platform: Set<String> { ImportMap.pure[module] ?? ImportMap.platform }
  }

  let rows: [Row]
  /// C modules: one library each, no Swift.
  let shims: [String]

  /// Modules that are compiled so that a test may see what is not theirs to show (`@testable`).
  let seenFromInside: Set<String>
  /// Modules on which other packages may depend.
  let libraries: Set<String>

  var programs: [String] { rows.filter(\.isProgram).map(\.module) }

  /// Modules of the platform that any of ours may use, but for the purely mathematical ones.
  static let platform: Set = ["Foundation", "Dispatch", "Glibc", "Synchronization"]

  /// Modules that may use less of the platform, so that they have no input, output or clock.
  static let pure: [String: Set<String>] = [
    "Statistics": [], "SimulatedServers": [], "SimulatedChain": ["Synchronization"],
  ]

  static let package = ImportMap((try? SourceTree.text("Package.swift")) ?? "")

  init(_ text: String) {
    let products = Dictionary(
      text.matches(
        of: /let (\w+) = Target\.Dependency\.product\(\s*name: "(\w+)"/
      ).map { (String($0.output.1), String($0.output.2)) }, uniquingKeysWith: { first, _ in first })
    shims = text.matches(of: /\.target\(name: "(\w+)", linkerSettings/).map { String($0.output.1) }
    let list = text.firstMatch(of: /let seenFromInside: Set = \[([^\]]*)\]/)?.output.1
    seenFromInside = Set(Self.items(list).map { $0.trimmingCharacters(in: ["\""]) })
    libraries = Set(text.matches(of: /\.library\(name: "(\w+)"/).map { String($0.output.1) })
    let targets =
      /((?:^ *\/\/.*\n)*)^ *(module|command)\(\s*"(\w+)"(?:,\s*\[([^\]]*)\])?(?:,\s*\[([^\]]*)\])?/
      .anchorsMatchLineEndings()
    rows = text.matches(of: targets).map { match in
      let (_, comment, kind, name, ours, others) = match.output
      let isProgram = kind == "command"
      return Row(
        module: String(name), isProgram: isProgram,
        ours: Self.items(ours).map { $0.trimmingCharacters(in: ["\""]) },
        others: Self.items(others).compactMap { products[$0] }
          + (isProgram ? ["ArgumentParser"] : []),
        sentence: comment.split(separator: "\n").map {
          $0.drop { " /".contains($0) }
        }.joined(separator: " "))
    }
  }

  private static func items(_ list: Substring?) -> [String] {
    (list ?? "").split { ", \n".contains($0) }.map(String.init)
  }

  /// The map as the architecture article shows it.
  var table: String {
    var lines = ["| Module | Ours | Others | In a sentence |", "|---|---|---|---|"]
    lines.append(
      line(shims, [], ["system headers"], "one C library each, and functions for its macros"))
    var hasStages = false
    for row in rows {
      guard row.isProgram, row.ours.count == 2 else {
        lines.append(line([row.module], row.ours, row.others, row.sentence))
        continue
      }
      // The programs of the stages are alike.
      if !hasStages {
        let alike = rows.filter { $0.isProgram && $0.ours.count == 2 }
        lines.append(
          line(alike.map(\.module), ["own stage,", "StageKit"], row.others, row.sentence))
      }
      hasStages = true
    }
    return lines.joined(separator: "\n")
  }

  private func line(
    _ modules: [String], _ ours: [String], _ others: [String], _ sentence: String
  ) -> String {
    let cells = [
      modules.map { "`\($0)`" }.joined(separator: " "), ours.joined(separator: " "),
      others.joined(separator: " "), sentence,
    ]
    return "|" + cells.map { $0.isEmpty ? " |" : " \($0) |" }.joined()
  }
}
