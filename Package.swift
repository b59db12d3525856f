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

// `make test` tests the programs' own modules, as `make build` made them: one build serves both. What
// only a module's own tests see of it (`@testable`) they see there, too. A package that depends on
// ours could not use a module with such a flag, so the libraries among the products have none.
let seenFromInside: Set = [
  "Clustering", "Collecting", "Featurizing", "Labels", "Normalizing", "Probing", "Publishing",
  "Scoring", "SimulatedChain", "SimulatedNetwork", "SimulatedScans", "SimulatedServers",
]
let seen = SwiftSetting.unsafeFlags(["-enable-testing"], .when(configuration: .release))
// Nobody waits for the optimiser where nothing is measured or concluded and little is computed: it
// would take four times as long over these as the rest of the compiler does.
let unoptimised = SwiftSetting.unsafeFlags(["-Onone"], .when(configuration: .release))

// The lists below are the map of the house: a module imports what its list names and the platform,
// and the comment above a module says what it is for. ImportTests holds both, and the article
// Architecture shows them.

func module(
  _ name: String, _ ours: [String] = [], _ others: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .target(
    name: name, dependencies: ours.map { .byName(name: $0) } + others, exclude: exclude,
    swiftSettings: settings + (seenFromInside.contains(name) ? [seen] : []))
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
    swiftSettings: settings + [unoptimised])
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
  .target(name: "CIDN2", linkerSettings: [.linkedLibrary("idn2")]),
  .target(name: "CPublicSuffix", linkerSettings: [.linkedLibrary("psl")]),
  .target(name: "CDistanceKernels", linkerSettings: [.linkedLibrary("m")]),
]

let foundations: [Target] = [
  // SHA-256, SHA3-256 and hexadecimal text: the one place of each
  module("Digests", ["COpenSSL"]),
  // what was worked out once and is met again: kept, within bounds
  module("Memoization"),
  // sorts, in the words of the standard library, by one sort that is compiled once
  module("Ordering"),
  // reads and writes gzip JSONL and CSV with schema id, digests and manifest; knows no row
  // type
  module("Artifact", ["Digests", "CZlib"]),
  // a moment of UTC and its texts, without a calendar library
  module("Timekeeping"),
  // the rows of every artifact and the identifiers in them: the ontology in code
  module("Records", ["Artifact", "Digests"], exclude: ["Schemas"]),
  // seeded chance, intervals, concentration, survival; no input or output
  module("Statistics", [], [numerics]),
]

let methods: [Target] = [
  // encodes and decodes Electrum JSON-RPC lines, scripthashes, headers, peer tuples; opens no
  // socket
  module("ElectrumProtocol", ["Digests", "Memoization"], [nioCore]),
  // TLS in a channel over system OpenSSL, as an observing client; certificates summarised
  module("TLSChannel", ["Digests", "COpenSSL"], [nioCore]),
  // what is asked of a server and what each answer amounts to: plans, costs, conversations;
  // opens no socket and knows no clock
  module("Probing", ["ElectrumProtocol", "Records", "Digests"]),
  // what software a server is by its behaviour, apart from what it says: a rule book as data,
  // and elimination; no input or output
  module("SoftwareIdentification", ["ElectrumProtocol", "Records"]),
  // what is true of a chain whoever says so: work, linkage, proofs, histories by proof or majority,
  // and which chain a server is on; no input or output
  module("ChainTruth", ["ElectrumProtocol", "Statistics", "Digests", "Ordering"]),
  // addresses, ranges of them, and which of them can be a public server
  module("Addressing", ["Records", "Digests"]),
  // address to autonomous system, country and coordinates, from given databases
  module("Geolocation", ["Artifact", "CMaxMindDB"]),
  // untrusted text: masks, contact tokens, donation verdicts, host names and what looks other
  // than it is; no input or output
  module("ServerTexts", ["Addressing", "ElectrumProtocol", "Digests", "CIDN2"]),
  // weighs what records have in common and finds who owns which of them; knows nothing of
  // Electrum, no input or output
  module("RecordLinkage", ["Statistics", "Ordering"], [numerics]),
  // whether a stranger's text sends its reader to a program: words as data, links, markup; no
  // input or output
  module("PhishingTexts", ["ServerTexts", "Ordering"]),
  // whom a wallet meets that chooses its servers as Electrum does: sessions by the client's rules, and
  // counts by group; no input or output
  module("WalletExposure", ["Statistics"], [numerics]),
  // density-based clustering of points or of distances, outliers and validity; knows nothing of
  // Electrum
  module("DensityClustering", ["CDistanceKernels"]),
  // a series of scans from several vantages: states, reliability, outages, upgrades, events;
  // no input or output
  module("Longitudinal", ["Timekeeping", "Addressing", "Records", "Statistics", "Ordering"]),
]

let stages: [Target] = [
  // what a stage is: parameters and artifacts in, artifacts and manifest out, progress, exit
  // code
  module(
    "StageKit", ["Artifact", "Digests", "Ordering"], [argumentParser, logging], exclude: ["Schemas"]
  ),
  // crawls politely; one observation an attempt, failures included; imports foreign scans
  module(
    "Collecting",
    [
      "Timekeeping", "Addressing", "StageKit", "Artifact", "Records", "Probing", "ElectrumProtocol",
      "TLSChannel",
      "Digests", "Ordering",
    ],
    [nioCore, nioPosix, logging]),
  // observations to endpoints, servers, certificates, advertisements: facts without judgement
  module(
    "Normalizing",
    [
      "Timekeeping", "Addressing", "StageKit", "Artifact", "Records", "ElectrumProtocol",
      "TLSChannel",
      "Geolocation",
      "ServerTexts", "Probing", "SoftwareIdentification", "CPublicSuffix", "Digests", "Memoization",
    ], [logging]),
  // comparable features, response signatures, timelines, service times, candidate pairs, and
  // what is missing
  module(
    "Featurizing",
    [
      "Timekeeping", "Addressing", "StageKit", "Artifact", "Records", "ServerTexts", "Longitudinal",
      "Statistics", "Probing", "Digests", "Memoization", "Ordering",
    ]),
  // behaviour classes; likely operators with evidence a pair
  module(
    "Clustering",
    [
      "DensityClustering", "Timekeeping", "Addressing", "ServerTexts", "StageKit", "Artifact",
      "Records", "RecordLinkage", "Statistics", "Ordering",
    ]),
  // what is known of real servers from outside the scans, and how conclusions fare by it
  module("Labels", ["Timekeeping", "StageKit", "Artifact", "Records", "Statistics"]),
  // indicators, deviation, concentration, exposure, answers, events of the network
  module(
    "Scoring",
    [
      "ChainTruth", "Labels", "PhishingTexts", "Timekeeping", "Longitudinal", "StageKit",
      "Artifact", "Records", "ElectrumProtocol", "Statistics", "Digests", "WalletExposure",
      "Addressing", "Ordering",
    ], [numerics]),
  // what is otherwise between two published packages, and what that can come from
  module("Releases", ["Artifact", "Records", "Digests", "Ordering"]),
  // report and data package; computes no statistic
  module(
    "Publishing",
    [
      "Timekeeping", "StageKit", "Artifact", "Records", "Digests", "ServerTexts", "Releases",
      "Ordering",
    ],
    [mustache]),
]

let commands: [Target] = [
  // the command line of a stage, 60 lines at most
  command("collect", ["Collecting", "StageKit"]),
  command("normalize", ["Normalizing", "StageKit"]),
  command("featurize", ["Featurizing", "StageKit"]),
  // as those; and tells what is otherwise between two packages
  command("publish", ["Publishing", "Releases", "StageKit"]),
  // as those; and judges verdicts and readings of texts by labels
  command("score", ["Scoring", "Labels", "StageKit"]),
  // as those; and judges likely operators by labels, and answers cases of density clustering for
  // whoever judges it
  command("cluster", ["Clustering", "Labels", "StageKit"]),
]

let testBed: [Target] = [
  // certificates and keys that a seed determines, and the server's side of TLS: what
  // simulated servers present
  module("SimulatedTLS", ["TLSChannel", "Digests", "COpenSSL"], [nioCore]),
  // blocks, histories, proofs and mempools behind simulated servers, and what liars make of
  // them
  module("SimulatedChain", ["ElectrumProtocol", "Statistics", "Digests", "Ordering"]),
  // conversations as each implementation leads them; opens no socket and knows no clock
  module(
    "SimulatedServers", ["SimulatedChain", "ElectrumProtocol", "Statistics", "Digests", "Ordering"]),
  // listening servers with known operators: the truth that the pipeline must recover
  module(
    "SimulatedNetwork",
    [
      "SimulatedServers", "SimulatedChain", "ElectrumProtocol", "TLSChannel", "Records",
      "Statistics", "Artifact", "Digests", "SimulatedTLS", "Addressing", "DensityClustering",
      "Labels",
    ], [nioCore, nioPosix], exclude: ["Schemas"]),
  // the scans that collect would take of such a network, written without sockets
  module(
    "SimulatedScans",
    [
      "Addressing", "Timekeeping", "SimulatedNetwork", "SimulatedServers", "SimulatedChain",
      "Collecting",
      "Probing",
      "StageKit", "Artifact", "Records", "ElectrumProtocol", "TLSChannel", "Statistics",
      "SimulatedTLS", "Ordering",
    ], [nioCore]),
  // start, write and judge simulated networks
  command(
    "simnet", ["SimulatedNetwork", "SimulatedScans", "Collecting", "StageKit", "Artifact"]),
]

for target in testBed where ["SimulatedNetwork", "SimulatedTLS", "simnet"].contains(target.name) {
  target.swiftSettings?.append(unoptimised)
}

let checks: [Target] = [
  .target(
    name: "TestSupport",
    dependencies: ["Addressing", "Artifact", "Records", "StageKit", "CZlib"],
    path: "Tests/TestSupport", swiftSettings: settings + [unoptimised]),
  tests("ArtifactTests", ["Artifact", "TestSupport", "CZlib"]),
  tests("RecordsTests", ["Records", "Artifact", "TestSupport"]),
  tests("MemoizationTests", ["Memoization"]),
  tests("OrderingTests", ["Ordering"]),
  tests("StatisticsTests", ["Statistics", "TestSupport"], exclude: ["sampled-clusters.json"]),
  tests(
    "ElectrumProtocolTests", ["ElectrumProtocol", "TestSupport", "Digests"], [nioCore, nioEmbedded]),
  tests("ProbingTests", ["Probing", "ElectrumProtocol", "Records", "TestSupport"]),
  tests(
    "SoftwareIdentificationTests",
    [
      "SoftwareIdentification", "Normalizing", "Probing", "SimulatedScans", "SimulatedServers",
      "SimulatedChain", "ElectrumProtocol", "Records", "Statistics", "TestSupport",
    ]),
  tests(
    "TLSChannelTests", ["TLSChannel", "TestSupport", "SimulatedTLS"],
    [nioCore, nioPosix, nioEmbedded]),
  tests(
    "ChainTruthTests",
    ["ChainTruth", "SimulatedChain", "ElectrumProtocol", "Statistics", "Digests", "TestSupport"]),
  tests("AddressingTests", ["Addressing", "Records"]),
  tests("GeolocationTests", ["Geolocation", "TestSupport"]),
  tests(
    "ServerTextsTests", ["Addressing", "ServerTexts", "Statistics", "Artifact", "TestSupport"]),
  tests("PhishingTextsTests", ["PhishingTexts", "Statistics", "TestSupport"]),
  tests("LongitudinalTests", ["Timekeeping", "Longitudinal", "Records"]),
  tests(
    "RecordLinkageTests", ["RecordLinkage", "Statistics", "TestSupport"], exclude: ["Reference"]),
  tests("StageKitTests", ["StageKit", "Artifact", "TestSupport"]),
  tests(
    "CollectingTests",
    [
      "Timekeeping", "Addressing", "Collecting", "Probing", "SimulatedNetwork", "ElectrumProtocol",
      "TLSChannel",
      "StageKit",
      "Records",
      "Artifact", "TestSupport", "Digests", "SimulatedTLS",
    ], [nioCore, nioPosix, argumentParser]),
  tests(
    "NormalizingTests",
    [
      "Addressing", "Normalizing", "TLSChannel", "ServerTexts", "Geolocation", "Records",
      "Artifact", "StageKit",
      "TestSupport",
      "Digests", "SimulatedTLS",
    ]),
  tests(
    "FeaturizingTests",
    ["Timekeeping", "Featurizing", "Records", "Artifact", "StageKit", "TestSupport", "Digests"]),
  tests(
    "DensityClusteringTests", ["DensityClustering", "CDistanceKernels", "Statistics"]),
  tests("WalletExposureTests", ["WalletExposure", "Statistics"]),
  tests(
    "ClusteringTests",
    ["Clustering", "RecordLinkage", "Records", "Artifact", "StageKit", "Statistics", "TestSupport"]),
  tests(
    "ScoringTests",
    [
      "Scoring", "ChainTruth", "ElectrumProtocol", "Statistics", "Records", "Artifact", "StageKit",
      "WalletExposure", "PhishingTexts", "TestSupport", "Timekeeping", "Labels",
    ]),
  tests("LabelsTests", ["Labels", "StageKit", "TestSupport"]),
  tests("ReleasesTests", ["Releases", "Records", "Artifact", "Digests", "TestSupport"]),
  tests(
    "PublishingTests", ["Publishing", "Records", "Artifact", "StageKit", "TestSupport", "Digests"],
    [argumentParser], exclude: ["Golden"]),
  tests(
    "SimulatedChainTests",
    ["SimulatedChain", "ElectrumProtocol", "Statistics", "TestSupport", "Digests"]),
  tests(
    "SimulatedServersTests",
    [
      "SimulatedServers", "SimulatedChain", "ElectrumProtocol", "Statistics", "TestSupport",
      "Digests",
    ]),
  tests(
    "SimulatedNetworkTests",
    [
      "SimulatedNetwork", "SimulatedServers", "SimulatedChain", "ElectrumProtocol", "TLSChannel",
      "Geolocation", "Statistics", "Artifact",
      "TestSupport", "Digests",
    ], [nioCore, nioPosix, nioEmbedded]),
  tests(
    "SimulatedScansTests",
    [
      "Addressing", "SimulatedScans", "Probing", "SimulatedNetwork", "SimulatedServers",
      "Collecting", "ElectrumProtocol", "Records",
      "Artifact", "StageKit", "TestSupport",
    ], [argumentParser], exclude: ["followed.json", "implementations.json"]),
  tests("CommandTests", ["TestSupport", "StageKit", "Artifact", "Records"]),
  tests(
    "PipelineTests",
    [
      "TestSupport", "StageKit", "Artifact", "Records", "Collecting", "Normalizing", "Featurizing",
      "Clustering", "RecordLinkage", "Scoring", "Publishing", "SimulatedNetwork", "Statistics",
      "Digests", "Probing", "SimulatedTLS", "TLSChannel", "Addressing",
    ], exclude: ["Capture", "FirstPlan", "Listings", "golden-digests.txt"]),
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
    .library(name: "DensityClustering", targets: ["DensityClustering"]),
    .library(name: "RecordLinkage", targets: ["RecordLinkage"]),
    .library(name: "WalletExposure", targets: ["WalletExposure"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  // Who builds the programs alone (`make build`) compiles nothing of the tests.
  targets: shims + foundations + methods + stages + commands + testBed
    + (Context.environment["OBSERVATORY_PROGRAMS_ONLY"] == "1" ? [] : checks)
)
