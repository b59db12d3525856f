import Records

/// What linkage would be given of the imaginary network.
extension SampleRows {
  static let probe = SeriesProbe(probe: "server.version", family: "identify").with {
    $0.bit = 0
    $0.purpose = "who it is"
    $0.cost = 0.75
    $0.servers = 1
  }
  static let serverBehaviour = ServerBehaviour(serverID: id(1), covered: "1").with {
    $0.probesCovered = 1
    $0.signature = "ab12"
    $0.familySignatures = ["identify=00112233445566aa"]
  }
  static let serviceTime = ServiceTime(serverID: id(1), probe: "server.version", path: .direct).with
  {
    $0.count = 4
    $0.delayed = 1
    $0.unjudged = 0
    $0.withoutPing = 0
  }
  static let blockingKey = BlockingKey(kind: .spki, value: "ab12cd34", serverID: id(1)).with {
    $0.servers = 1
    $0.frequency = 0.75
    $0.isDropped = false
  }
  static let claim = HostClaim(
    serverID: id(1), place: "node2.example", claimedServerID: id(2)
  ).with { $0.isMutual = false }
  static let advertised = AdvertisedServer(serverID: id(1), advertisedID: id(2)).with {
    $0.endpoints = 2
  }
  static let domain = DomainNames(domain: "site.example").with {
    ($0.servers, $0.names, $0.functionalNames, $0.isOwnerZone) = (2, 2, 2, true)
  }
  static let backendCandidate = BackendCandidate(serverID: id(1), otherID: id(2)).with {
    $0.rank = 1
    $0.distance = 0.25
    $0.samples = 5
  }
  static let backendVector = BackendVector(
    scan: SampleDataset.scans[0], endpointID: endpointID(1, .ssl), serverID: id(1)
  ).with {
    $0.estimates.estimate2Status = .absent
    $0.attempt = 1
    $0.observedAt = "2026-01-02T03:00:01Z"
    $0.relayFee = 1
  }
}
