import Records

/// What linkage would be given of the imaginary network.
extension SampleRows {
  static let probe = SeriesProbe(
    bit: 0, probe: "server.version", family: "identify", purpose: "who it is", cost: 0.75,
    servers: 1)
  static let serverBehaviour = ServerBehaviour(
    serverID: id(1), covered: "1", probesCovered: 1, signature: "ab12",
    familySignatures: ["identify=00112233445566aa"])
  static let serviceTime = ServiceTime(
    serverID: id(1), probe: "server.version", path: .direct, count: 4, delayed: 1, unjudged: 0,
    withoutPing: 0)
  static let blockingKey = BlockingKey(
    kind: .spki, value: "ab12cd34", serverID: id(1), servers: 1, frequency: 0.75, isDropped: false)
  static let backendCandidate = BackendCandidate(
    serverID: id(1), rank: 1, otherID: id(2), distance: 0.25, samples: 5)
  static let backendVector = BackendVector(
    scan: SampleDataset.scans[0], endpointID: endpointID(1, .ssl), attempt: 1, serverID: id(1),
    observedAt: "2026-01-02T03:00:01Z", relayFee: 1, estimate2Status: .absent,
    estimate6Status: .unknown, estimate25Status: .unknown, estimate144Status: .unknown)
}
