/// Who may import whom: the map of the house, as data.
enum ImportTable {
  /// Modules of the platform that any of ours may use, but for the purely mathematical ones.
  static let platform: Set = ["Foundation", "Dispatch", "Glibc", "Synchronization"]

  struct Row {
    let module: String
    let ours: Set<String>
    let others: Set<String>
    let platform: Set<String>
  }

  static let rows: [Row] = [
    row("Artifact", ["CZlib", "COpenSSL"]),
    row("Records", ["Artifact"]),
    row("Statistics", [], ["RealModule"], platform: []),
    row("ElectrumProtocol", ["COpenSSL"], ["NIOCore"]),
    row("TLSChannel", ["COpenSSL"], ["NIOCore"]),
    row("Probing", ["ElectrumProtocol", "Records"]),
    row("SoftwareIdentification", ["ElectrumProtocol", "Records"]),
    row("Geolocation", ["CMaxMindDB"]),
    row("ServerTexts", ["ElectrumProtocol", "COpenSSL"]),
    row("Longitudinal", ["Records", "Statistics"]),
    row("StageKit", ["Artifact"], ["ArgumentParser", "Logging"]),
    row(
      "Collecting", stage + ["Probing", "ElectrumProtocol", "TLSChannel"],
      ["NIOCore", "NIOPosix", "NIOConcurrencyHelpers", "Logging"]),
    row(
      "Normalizing",
      stage + [
        "ElectrumProtocol", "TLSChannel", "Geolocation", "ServerTexts", "Probing",
        "SoftwareIdentification",
        "CPublicSuffix",
      ], ["Logging"]),
    row("Featurizing", stage + ["ServerTexts", "Longitudinal", "Statistics", "Probing"]),
    row("Clustering", stage + ["Statistics"]),
    row("Scoring", stage + ["Statistics"], ["RealModule"]),
    row("Publishing", stage, ["Mustache"]),
    row("SimulatedChain", ["ElectrumProtocol", "Statistics"], platform: ["Synchronization"]),
    row("SimulatedServers", ["SimulatedChain", "ElectrumProtocol", "Statistics"], platform: []),
    row(
      "SimulatedNetwork",
      [
        "SimulatedServers", "SimulatedChain", "ElectrumProtocol", "TLSChannel", "Records",
        "Statistics", "Artifact",
      ],
      ["NIOCore", "NIOPosix", "NIOConcurrencyHelpers"]),
    command("collect", of: "Collecting"),
    command("normalize", of: "Normalizing"),
    command("featurize", of: "Featurizing"),
    command("cluster", of: "Clustering"),
    command("score", of: "Scoring"),
    command("publish", of: "Publishing"),
    row(
      "SimulatedScans",
      stage + [
        "SimulatedNetwork", "SimulatedServers", "SimulatedChain", "Collecting", "Probing",
        "ElectrumProtocol", "TLSChannel", "Statistics",
      ], ["NIOCore"]),
    row(
      "simnet", ["SimulatedNetwork", "SimulatedScans", "Collecting", "StageKit"],
      ["ArgumentParser"]),
  ]

  /// C modules: one library each, no Swift.
  static let shims: Set = ["COpenSSL", "CZlib", "CMaxMindDB", "CPublicSuffix"]

  static let programs = [
    "collect", "normalize", "featurize", "cluster", "score", "publish", "simnet",
  ]

  private static let stage = ["StageKit", "Artifact", "Records"]

  private static func row(
    _ module: String, _ ours: [String], _ others: [String] = [],
    platform: Set<String> = ImportTable.platform
  ) -> Row {
    Row(module: module, ours: Set(ours), others: Set(others), platform: platform)
  }

  private static func command(_ program: String, of module: String) -> Row {
    row(program, [module, "StageKit"], ["ArgumentParser"])
  }
}
