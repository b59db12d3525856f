import Records

extension BackendVector {
  /// Nil where nothing was observed.
  /// - Parameter server: as it identified itself in the scan or before; nil: it did not.
  init?(_ view: BackendView, scan: String, server: Server?) {
    let fees = [view.relayFee, view.mempoolMinimumFee, view.incrementalRelayFee]
    guard
      !view.sizeAtLeast.isEmpty || view.fullRBF != nil || fees.contains(where: { $0 != nil })
        || view.estimates.isToldAny
    else { return nil }
    self.init(
      scan: scan, endpointID: view.endpointID, serverID: view.serverID)
    self.attempt = view.attempt
    self.observedAt = view.observedAt
    self.software = server?.software
    self.softwareVersion = server?.softwareVersion
    self.sizeAtLeast = view.sizeAtLeast
    self.relayFee = view.relayFee
    self.mempoolMinimumFee = view.mempoolMinimumFee
    self.incrementalRelayFee = view.incrementalRelayFee
    self.fullRBF = view.fullRBF
    self.estimates = view.estimates
  }
}
