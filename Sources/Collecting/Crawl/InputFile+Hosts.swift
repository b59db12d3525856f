import StageKit

extension InputFile {
  static func hosts(_ path: String) throws(StageError) -> HostsFile {
    HostsFile(parsing: try text(path, expected: "names and addresses in hosts(5) form"))
  }
}
