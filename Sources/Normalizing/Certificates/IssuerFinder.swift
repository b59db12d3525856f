import Records

/// Finds the certificates whose key may have issued another, among all that were sent in a scan.
struct IssuerFinder {
  struct Candidate {
    let sha256: String
    /// SHA-256 of its public key info.
    let key: String
    fileprivate let subjectKeyID: String?
  }

  /// Anybody can send certificates of one subject: of so many keys of it the signature is tried. Where
  /// the identifiers of the keys are told, the key that the certificate names is among the first.
  private static let mostTried = 16

  private var bySubject: [String: [Candidate]] = [:]

  /// Takes in a certificate that may be an issuer's.
  mutating func take(_ record: Certificate, subjectKeyID: String?) {
    guard let subject = record.subject, !subject.isEmpty, let key = record.spkiSHA256 else {
      return
    }
    bySubject[subject, default: []].append(
      Candidate(sha256: record.sha256, key: key, subjectKeyID: subjectKeyID))
  }

  /// Certificates of the issuer's name, one a key: first those whose key has the identifier that the
  /// certificate states, then in the order of the keys.
  func candidates(of record: Certificate) -> [Candidate] {
    var keys: Set<String> = []
    return (record.issuer.flatMap { bySubject[$0] } ?? [])
      .sorted { rank($0, record) < rank($1, record) }
      .filter { keys.insert($0.key).inserted }
      .prefix(Self.mostTried).map { $0 }
  }

  private func rank(_ candidate: Candidate, _ record: Certificate) -> (Int, String, String) {
    let isNamed = record.authorityKeyID != nil && candidate.subjectKeyID == record.authorityKeyID
    return (isNamed ? 0 : 1, candidate.key, candidate.sha256)
  }
}
