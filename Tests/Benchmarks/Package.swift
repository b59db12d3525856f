// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the project resolves and builds without it.
let package = Package(
  name: "observatory-benchmarks",
  dependencies: [.package(name: "electrum-observatory", path: "../..")],
  targets: [
    .target(name: "ZlibInflate", linkerSettings: [.linkedLibrary("z")]),
    .executableTarget(
      name: "artifact-bench",
      dependencies: [
        "ZlibInflate",
        .product(name: "Artifact", package: "electrum-observatory"),
        .product(name: "Records", package: "electrum-observatory"),
      ]),
    .executableTarget(
      name: "density-bench",
      dependencies: [.product(name: "DensityClustering", package: "electrum-observatory")]),
    .executableTarget(
      name: "linkage-bench",
      dependencies: [.product(name: "RecordLinkage", package: "electrum-observatory")]),
    .executableTarget(
      name: "exposure-bench",
      dependencies: [.product(name: "WalletExposure", package: "electrum-observatory")]),
  ]
)
