import Records

extension BackendVector {
  /// Nil where nothing was observed.
  /// - Parameter server: as it identified itself in the scan or before; nil: it did not.
  init?(_ view: BackendView, scan: String, server: Server?) {
    let estimates = [
      view.estimate2Status, view.estimate6Status, view.estimate25Status, view.estimate144Status,
    ]
    let fees = [view.relayFee, view.mempoolMinimumFee, view.incrementalRelayFee]
    guard
      !view.sizeAtLeast.isEmpty || view.fullRBF != nil || fees.contains(where: { $0 != nil })
        || estimates.contains(where: { $0 != .unknown })
    else { return nil }
    self.init(
      scan: scan, endpointID: view.endpointID, attempt: view.attempt, serverID: view.serverID,
      observedAt: view.observedAt, software: server?.software,
      softwareVersion: server?.softwareVersion, sizeAtLeast: view.sizeAtLeast,
      relayFee: view.relayFee, mempoolMinimumFee: view.mempoolMinimumFee,
      incrementalRelayFee: view.incrementalRelayFee, fullRBF: view.fullRBF,
      estimate2Status: view.estimate2Status, estimate2: view.estimate2,
      estimate6Status: view.estimate6Status, estimate6: view.estimate6,
      estimate25Status: view.estimate25Status, estimate25: view.estimate25,
      estimate144Status: view.estimate144Status, estimate144: view.estimate144)
  }
}
