import RecordLinkage
import Records

@testable import Clustering

extension ServerFacts {
  /// A server that answered and has nothing in common with any other.
  static func sample(_ id: String, _ change: (inout ServerFacts) -> Void = { _ in }) -> Self {
    var server = ServerFacts(id: id)
    server.software = "ElectrumX 1.16.0"
    server.implementation = "ElectrumX"
    server.keys = ["key of \(id)"]
    server.donations = []
    server.contacts = []
    server.claims = []
    server.names = []
    server.domains = []
    server.tenantPrefixes = []
    server.addresses = ["address of \(id)"]
    server.banner = .standard
    server.ports = ["ssl50002"]
    change(&server)
    return server
  }

  mutating func call(_ name: String, domain: String) {
    names = (names ?? []).union([name])
    domains = (domains ?? []).union([domain])
    claims = (claims ?? []).union([name])
  }

  mutating func certify(
    _ key: String, made: Double? = nil, names: Set<String> = ["localhost"], shape: String = "shape"
  ) {
    keys = (keys ?? []).union([key])
    certificates.append(
      CertificateFacts(key: key, made: made, shape: shape, isSelfSigned: true, names: names))
  }
}

/// Servers of nobody in particular, so that a value's frequency has a population.
enum Crowd {
  static func servers(_ count: Int = 100) -> [ServerFacts] {
    (0..<count).map { number in .sample("z" + String(1000 + number)) }
  }

  static func partitions(
    _ servers: [ServerFacts], copiedKeys: Set<String> = [], threads: Int = 1,
    model: LinkageModel = OperatorGroup.model
  ) throws -> OperatorPartitions {
    try OperatorPartitions(
      (servers + Self.servers()).sorted { $0.id < $1.id }, copiedKeys: copiedKeys, model: model,
      threads: threads)
  }

  /// Groups of several servers of a partition, by id.
  static func groups(_ partitions: OperatorPartitions, _ partition: [Int]) -> [[String]] {
    Dictionary(grouping: partition.indices) { partition[$0] }.values
      .filter { $0.count > 1 }.map { $0.map { partitions.servers[$0].id }.sorted() }
      .sorted { $0[0] < $1[0] }
  }
}
