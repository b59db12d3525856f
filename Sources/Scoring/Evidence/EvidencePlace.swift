/// Where archived bytes show something: an exchange of an attempt at an endpoint in a scan.
struct EvidencePlace: Sendable, Hashable, Comparable {
  let scan: String
  let endpointID: String
  let attempt: Int
  /// Position of the exchange in the attempt, from 1; nil: the attempt as a whole.
  let sequence: Int?

  init(scan: String, endpointID: String, attempt: Int, sequence: Int? = nil) {
    self.scan = scan
    self.endpointID = endpointID
    self.attempt = attempt
    self.sequence = sequence
  }

  static func < (one: EvidencePlace, other: EvidencePlace) -> Bool {
    (one.scan, one.endpointID, one.attempt, one.sequence ?? 0)
      < (other.scan, other.endpointID, other.attempt, other.sequence ?? 0)
  }

  /// Exchanges of one connection have this in common.
  var connection: Connection { Connection(endpointID: endpointID, attempt: attempt) }

  struct Connection: Sendable, Hashable {
    let endpointID: String
    let attempt: Int
  }
}
