import Memoization
import SoftwareIdentification

/// What software the servers of a scan and of the one before were found to be: a server mostly shows
/// the same again, and the same observations are the same software.
struct SoftwareMemory {
  private struct Known {
    let observations: SoftwareObservations
    let software: IdentifiedSoftware
  }

  private var servers = Memo<String, Known>()

  mutating func identify(
    _ observations: SoftwareObservations, of serverID: String
  ) -> IdentifiedSoftware {
    if let known = servers.value(for: serverID), known.observations.isSame(as: observations) {
      return known.software
    }
    let software = SoftwareIdentifier.identify(observations)
    servers.keep(Known(observations: observations, software: software), for: serverID)
    return software
  }

  /// Forgets what was not met in the scan that ends.
  mutating func beginScan() { servers.turn() }
}
