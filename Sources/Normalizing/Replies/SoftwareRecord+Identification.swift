import ElectrumProtocol
import Records
import SoftwareIdentification

extension SoftwareRecord {
  /// - Parameters:
  ///   - observations: not empty.
  ///   - claim: what the server calls itself; nil: it did not identify itself.
  init(
    serverID: String, _ observations: SoftwareObservations, _ software: IdentifiedSoftware,
    claim: String?
  ) {
    let agreement = claim.map { software.agreement(with: $0) }
    self.init(
      serverID: serverID, status: IdentificationStatus(software.status),
      claimAgrees: agreement.map { ClaimVerdict($0.verdict) } ?? .unknown)
    self.implementation = software.implementation?.rawValue
    self.versionFrom = software.versions?.first.description
    self.versionTo = software.versions?.last.description
    self.versionBefore = software.versions?.next?.description
    self.claimedText = claim
    self.possibilities = software.possibilities.map { possibility in
      [possibility.implementation.rawValue, possibility.versions?.description]
        .compactMap { $0 }.joined(separator: " ")
    }
    self.deciding = software.deciding.map(\.text)
    self.contradictions = agreement?.contradictions.map(\.text) ?? []
    self.replies = observations.replies.count
    self.rulesMet = Set(software.findings.map(\.rule)).count
  }
}

extension Finding {
  /// Rule and probe hold no space, so that what follows them is what was observed.
  fileprivate var text: String { "\(rule) \(probe) \(observed)" }
}

extension IdentificationStatus {
  fileprivate init(_ status: IdentifiedSoftware.Status) {
    self =
      switch status {
      case .identified: .identified
      case .several: .several
      case .insufficient: .insufficient
      case .none: .none
      }
  }
}

extension ClaimVerdict {
  fileprivate init(_ verdict: ClaimAgreement.Verdict) {
    self =
      switch verdict {
      case .yes: .yes
      case .no: .no
      case .unknown: .unknown
      }
  }
}
