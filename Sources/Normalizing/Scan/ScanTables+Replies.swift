import Records
import SoftwareIdentification

extension ScanTables {
  /// Fills the tables that say what replies show; call when the servers are there.
  mutating func describeReplies(
    _ shown: ReplyEvidence, serverOf: [String: String], _ memory: inout SoftwareMemory
  ) {
    var endpointsOf: [String: [String]] = [:]
    for (endpoint, server) in serverOf { endpointsOf[server, default: []].append(endpoint) }
    software = servers.compactMap { server in
      let observations = shown.observations(at: (endpointsOf[server.serverID] ?? []).sorted())
      if observations.replies.isEmpty { return nil }
      let identified = memory.identify(observations, of: server.serverID)
      return SoftwareRecord(
        serverID: server.serverID, observations, identified, claim: server.serverVersionText)
    }
    memory.beginScan()
    backends = shown.backends.values.map { view in
      var view = view
      view.serverID = serverOf[view.endpointID] ?? ""
      return view
    }
  }
}
