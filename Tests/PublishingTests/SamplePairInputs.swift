import Records

/// What linkage would be given of the imaginary network.
extension SampleRows {
  static let probe = SeriesProbe(
    bit: 0, probe: "server.version", family: "identify", purpose: "who it is", cost: 0.75,
    servers: 1)
  static let serverBehaviour = ServerBehaviour(
    serverID: id(1), covered: "1", probesCovered: 1, signature: "ab12",
    familySignatures: ["identify=00112233445566aa"])
  static let serviceTime = ServiceTime(serverID: id(1), probe: "server.version", path: .direct).with
  {
    $0.count = 4
    $0.delayed = 1
    $0.unjudged = 0
    $0.withoutPing = 0
  }
  static let blockingKey = BlockingKey(
    kind: .spki, value: "ab12cd34", serverID: id(1), servers: 1, frequency: 0.75, isDropped: false)
  static let backendCandidate = BackendCandidate(
    serverID: id(1), rank: 1, otherID: id(2), distance: 0.25, samples: 5)
  static let backendVector = BackendVector(
    scan: SampleDataset.scans[0], endpointID: endpointID(1, .ssl), serverID: id(1)
  ).with {
    $0.estimates.estimate2Status = .absent
    $0.attempt = 1
    $0.observedAt = "2026-01-02T03:00:01Z"
    $0.relayFee = 1
  }
}
