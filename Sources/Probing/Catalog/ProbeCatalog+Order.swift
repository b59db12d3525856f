internal import ElectrumProtocol

extension ProbeCatalog {
  /// The same, with those behind the others at which an implementation ends the connection, so that
  /// such a server answers all that it can.
  static func knownToAllFirst(_ probes: [Probe]) -> [Probe] {
    probes.filter { !endsSome($0) } + probes.filter(endsSome)
  }

  /// The forks of electrs without error objects end a connection at a method that they do not have,
  /// at a batch and at a request without method, id or list of parameters.
  private static func endsSome(_ probe: Probe) -> Bool {
    switch probe.question {
    case .method(let name, _):
      probe.family == .removed || ["server.features", "server.no_such_method"].contains(name)
    case .script(let operation, _): operation == "get_mempool"
    case .derived: false
    case .text:
      !["named", "id-null", "id-float", "id-list", "extra-key"].contains(probe.shortName)
    case .batch, .bytes: true
    }
  }
}

extension Probe {
  /// The id without the family.
  fileprivate var shortName: Substring { id.dropFirst(family.rawValue.count + 1) }
}
