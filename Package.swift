// swift-tools-version: 6.2
import PackageDescription

// Warnings are errors where OBSERVATORY_STRICT=1 (continuous integration); a newer compiler's
// new warning must not keep a user from building.
let strict = Context.environment["OBSERVATORY_STRICT"] == "1"

let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (strict ? [.treatAllWarnings(as: .error)] : [])

func module(
  _ name: String, _ ours: [String] = [], _ others: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .target(
    name: name, dependencies: ours.map { .byName(name: $0) } + others, exclude: exclude,
    swiftSettings: settings)
}

func command(_ name: String, _ ours: [String]) -> Target {
  .executableTarget(
    name: name, dependencies: ours.map { .byName(name: $0) } + [argumentParser],
    swiftSettings: settings)
}

func tests(
  _ name: String, _ ours: [String], _ others: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .testTarget(
    name: name, dependencies: ours.map { .byName(name: $0) } + others, exclude: exclude,
    swiftSettings: settings)
}

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let numerics = Target.Dependency.product(name: "RealModule", package: "swift-numerics")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")

let shims: [Target] = [
  .target(name: "COpenSSL", linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]),
  .target(name: "CZlib", linkerSettings: [.linkedLibrary("z")]),
  .target(name: "CMaxMindDB", linkerSettings: [.linkedLibrary("maxminddb")]),
  .target(name: "CPublicSuffix", linkerSettings: [.linkedLibrary("psl")]),
]

let foundations: [Target] = [
  module("Artifact", ["CZlib", "COpenSSL"]),
  module("Records", ["Artifact"], exclude: ["Schemas"]),
  module("Statistics", [], [numerics]),
]

let methods: [Target] = [
  module("ElectrumProtocol", ["COpenSSL"], [nioCore]),
  module("TLSChannel", ["COpenSSL"], [nioCore]),
  module("Probing", ["ElectrumProtocol", "Records"]),
  module("SoftwareIdentification", ["ElectrumProtocol", "Records"]),
  module("Geolocation", ["CMaxMindDB"]),
  module("ServerTexts", ["ElectrumProtocol", "COpenSSL"]),
  module("Longitudinal", ["Records", "Statistics"]),
]

let stages: [Target] = [
  module("StageKit", ["Artifact"], [argumentParser, logging], exclude: ["Schemas"]),
  module(
    "Collecting",
    ["StageKit", "Artifact", "Records", "Probing", "ElectrumProtocol", "TLSChannel"],
    [nioCore, nioPosix, logging]),
  module(
    "Normalizing",
    [
      "StageKit", "Artifact", "Records", "ElectrumProtocol", "TLSChannel", "Geolocation",
      "ServerTexts", "Probing", "SoftwareIdentification", "CPublicSuffix",
    ], [logging]),
  module(
    "Featurizing",
    ["StageKit", "Artifact", "Records", "ServerTexts", "Longitudinal", "Statistics", "Probing"]),
  module("Clustering", ["StageKit", "Artifact", "Records", "Statistics"]),
  module("Scoring", ["StageKit", "Artifact", "Records", "Statistics"], [numerics]),
  module("Publishing", ["StageKit", "Artifact", "Records"], [mustache]),
]

let commands: [Target] = [
  command("collect", ["Collecting", "StageKit"]),
  command("normalize", ["Normalizing", "StageKit"]),
  command("featurize", ["Featurizing", "StageKit"]),
  command("cluster", ["Clustering", "StageKit"]),
  command("score", ["Scoring", "StageKit"]),
  command("publish", ["Publishing", "StageKit"]),
]

let testBed: [Target] = [
  module("SimulatedChain", ["ElectrumProtocol", "Statistics"]),
  module("SimulatedServers", ["SimulatedChain", "ElectrumProtocol", "Statistics"]),
  module(
    "SimulatedNetwork",
    [
      "SimulatedServers", "SimulatedChain", "ElectrumProtocol", "TLSChannel", "Records",
      "Statistics", "Artifact",
    ], [nioCore, nioPosix], exclude: ["Schemas"]),
  module(
    "SimulatedScans",
    [
      "SimulatedNetwork", "SimulatedServers", "SimulatedChain", "Collecting", "Probing",
      "StageKit", "Artifact", "Records", "ElectrumProtocol", "TLSChannel", "Statistics",
    ], [nioCore]),
  command(
    "simnet", ["SimulatedNetwork", "SimulatedScans", "Collecting", "StageKit"]),
]

let checks: [Target] = [
  .target(
    name: "TestSupport",
    dependencies: ["Artifact", "Records", "StageKit", "CZlib"],
    path: "Tests/TestSupport", swiftSettings: settings),
  tests("ArtifactTests", ["Artifact", "TestSupport", "CZlib"]),
  tests("RecordsTests", ["Records", "Artifact", "TestSupport"]),
  tests("StatisticsTests", ["Statistics", "TestSupport"]),
  tests("ElectrumProtocolTests", ["ElectrumProtocol", "TestSupport"], [nioCore, nioEmbedded]),
  tests("ProbingTests", ["Probing", "ElectrumProtocol", "Records", "TestSupport"]),
  tests(
    "SoftwareIdentificationTests",
    [
      "SoftwareIdentification", "Normalizing", "Probing", "SimulatedScans", "SimulatedServers",
      "SimulatedChain", "ElectrumProtocol", "Records", "Statistics", "TestSupport",
    ]),
  tests("TLSChannelTests", ["TLSChannel", "TestSupport"], [nioCore, nioPosix, nioEmbedded]),
  tests("GeolocationTests", ["Geolocation", "TestSupport"]),
  tests("ServerTextsTests", ["ServerTexts", "Statistics", "Artifact", "TestSupport"]),
  tests("LongitudinalTests", ["Longitudinal", "Records"]),
  tests("StageKitTests", ["StageKit", "Artifact", "TestSupport"]),
  tests(
    "CollectingTests",
    [
      "Collecting", "Probing", "SimulatedNetwork", "ElectrumProtocol", "TLSChannel", "StageKit",
      "Records",
      "Artifact", "TestSupport",
    ], [nioCore, nioPosix, argumentParser]),
  tests(
    "NormalizingTests",
    [
      "Normalizing", "TLSChannel", "ServerTexts", "Geolocation", "Records", "Artifact", "StageKit",
      "TestSupport",
    ]),
  tests("FeaturizingTests", ["Featurizing", "Records", "Artifact", "StageKit", "TestSupport"]),
  tests("ClusteringTests", ["Clustering", "Records", "Artifact", "StageKit", "TestSupport"]),
  tests("ScoringTests", ["Scoring", "Records", "Artifact", "StageKit", "TestSupport"]),
  tests(
    "PublishingTests", ["Publishing", "Records", "Artifact", "StageKit", "TestSupport"],
    [argumentParser], exclude: ["Golden"]),
  tests(
    "SimulatedChainTests", ["SimulatedChain", "ElectrumProtocol", "Statistics", "TestSupport"]),
  tests(
    "SimulatedServersTests",
    ["SimulatedServers", "SimulatedChain", "ElectrumProtocol", "Statistics", "TestSupport"]),
  tests(
    "SimulatedNetworkTests",
    [
      "SimulatedNetwork", "SimulatedServers", "SimulatedChain", "ElectrumProtocol", "TLSChannel",
      "Geolocation", "Statistics", "Artifact",
      "TestSupport",
    ], [nioCore, nioPosix, nioEmbedded]),
  tests(
    "SimulatedScansTests",
    [
      "SimulatedScans", "Probing", "SimulatedNetwork", "SimulatedServers", "Collecting", "Records",
      "Artifact", "StageKit", "TestSupport",
    ], [argumentParser]),
  tests("CommandTests", ["TestSupport", "StageKit", "Artifact", "Records"]),
  tests(
    "PipelineTests",
    [
      "TestSupport", "StageKit", "Artifact", "Records", "Collecting", "Normalizing", "Featurizing",
      "Clustering", "Scoring", "Publishing", "SimulatedNetwork", "Statistics",
    ], exclude: ["Capture", "Listings", "golden-digests.txt"]),
  tests("ArchitectureTests", ["TestSupport", "StageKit", "Artifact", "Records"]),
  tests("InteropTests", ["TestSupport", "Artifact", "Records"], exclude: ["python"]),
]

let package = Package(
  name: "electrum-observatory",
  products: [
    .executable(name: "collect", targets: ["collect"]),
    .executable(name: "normalize", targets: ["normalize"]),
    .executable(name: "featurize", targets: ["featurize"]),
    .executable(name: "cluster", targets: ["cluster"]),
    .executable(name: "score", targets: ["score"]),
    .executable(name: "publish", targets: ["publish"]),
    .executable(name: "simnet", targets: ["simnet"]),
    .library(name: "Artifact", targets: ["Artifact"]),
    .library(name: "Records", targets: ["Records"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: shims + foundations + methods + stages + commands + testBed + checks
)
