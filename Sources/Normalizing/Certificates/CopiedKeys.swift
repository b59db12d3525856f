/// V1: keys that strangers hold. Sharing one is no evidence of one server.
struct CopiedKeys {
  private var reasons: [String: String] = [:]

  /// Networks that no single server is in.
  private static let systems = 5

  init(_ endpoints: [EndpointEvidence], pinned: Set<String>) {
    var implementations: [String: Set<String>] = [:]
    var systems: [String: Set<Int>] = [:]
    for endpoint in endpoints {
      guard let key = endpoint.spki else { continue }
      endpoint.implementation.map { _ = implementations[key, default: []].insert($0) }
      endpoint.autonomousSystem.map { _ = systems[key, default: []].insert($0) }
      if pinned.contains(key) { reasons[key] = "published" }
    }
    for (key, systems) in systems where systems.count >= Self.systems {
      reasons[key] = reasons[key] ?? "in \(systems.count) autonomous systems"
    }
    for (key, names) in implementations where names.count > 1 {
      reasons[key] = reasons[key] ?? "of \(names.count) implementations"
    }
  }

  /// Why the key proves nothing; nil where nothing speaks against it.
  func reason(_ key: String) -> String? { reasons[key] }
}
