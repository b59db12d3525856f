import Foundation
import Memoization
import Records
import ServerTexts
import TLSChannel
import Timekeeping

/// Certificates of a scan, read from their DER.
struct CertificateReader {
  private(set) var records: [String: Certificate] = [:]
  /// The evidence and what was read of it, of this scan and of the one before: most certificates
  /// are met in scan after scan.
  private var known = Memo<String, Known>()
  /// Certificates of this scan whose bytes are there.
  private var withBytes: Set<String> = []
  /// Leaves of chains that the system roots verified.
  private var verified: Set<String> = []

  private struct Known {
    let derBase64: String
    let record: Certificate
    let subjectKeyID: String?
  }

  /// - Parameter earlier: of the scan before.
  init(after earlier: CertificateReader? = nil) {
    guard let earlier else { return }
    known = earlier.known
    known.turn()
  }

  /// All that a later scan needs of it.
  var memory: CertificateReader {
    var memory = CertificateReader()
    memory.known = known
    return memory
  }

  mutating func take(_ facts: TLSFacts) {
    if facts.verifyResult == "ok", let leaf = facts.chain.first { verified.insert(leaf) }
  }

  mutating func take(_ evidence: CertificateEvidence) {
    if evidence.derBase64 != nil { withBytes.insert(evidence.sha256) }
    if let known = known.value(for: evidence.sha256), known.derBase64 == evidence.derBase64 {
      records[evidence.sha256] = known.record
      return
    }
    var record = Certificate(sha256: evidence.sha256).with {
      $0.isLeaf = false
      $0.endpoints = 0
      $0.servers = 0
    }
    let summary = evidence.derBase64.flatMap { Self.der($0) }
      .flatMap { try? CertificateSummary(der: $0) }
    if let summary { record.take(summary) }
    records[evidence.sha256] = record
    if let text = evidence.derBase64 {
      known.keep(
        Known(derBase64: text, record: record, subjectKeyID: summary?.subjectKeyID),
        for: evidence.sha256)
    }
  }

  private static func der(_ base64: String) -> [UInt8]? {
    Data(base64Encoded: base64).map { Array($0) }
  }

  /// Finds the keys that issued the scan's leaf certificates, among all certificates that were sent;
  /// call when the leaves are told.
  /// - Parameter hidden: certificates that say nothing of others.
  mutating func findIssuers(hidden: Set<String>) {
    var issuers = IssuerFinder()
    for (sha256, record) in records where !hidden.contains(sha256) {
      issuers.take(record, subjectKeyID: known.value(for: sha256)?.subjectKeyID)
    }
    for (sha256, record) in records where record.isLeaf && record.selfSigned == false {
      guard let text = known.value(for: sha256)?.derBase64, let der = Self.der(text) else {
        continue
      }
      let issuer = issuers.candidates(of: record).first { candidate in
        guard let text = known.value(for: candidate.sha256)?.derBase64,
          let issuer = Self.der(text)
        else { return false }
        return (try? CertificateSummary.isSigned(der: der, byKeyOf: issuer)) == true
      }
      records[sha256]?.issuingKeySHA256 = issuer?.key
    }
  }

  /// Digests of certificates whose bytes are there and cannot be read.
  var unreadable: [String] {
    withBytes.filter { records[$0]?.spkiSHA256 == nil }.sorted()
  }

  /// The public key's digest of a certificate; nil where its DER is not known.
  func spki(of sha256: String?) -> String? { sha256.flatMap { records[$0]?.spkiSHA256 } }

  /// Tells who uses the certificate as leaf.
  /// - Parameter own: names and addresses of the endpoints.
  mutating func setUse(of sha256: String, endpoints: Int, servers: Int, own: Set<String>) {
    if records[sha256] == nil {
      records[sha256] = Certificate(sha256: sha256).with {
        $0.isLeaf = true
        $0.endpoints = 0
        $0.servers = 0
      }
    }
    records[sha256]?.isLeaf = true
    records[sha256]?.endpoints = endpoints
    records[sha256]?.servers = servers
    records[sha256]?.describeProfile(isVerified: verified.contains(sha256))
    records[sha256]?.describeName(own: own)
  }
}

extension Certificate {
  fileprivate mutating func take(_ summary: CertificateSummary) {
    spkiSHA256 = summary.spkiSHA256
    subject = Credentials.redacted(text: summary.subject) ?? summary.subject
    issuer = Credentials.redacted(text: summary.issuer) ?? summary.issuer
    subjectAlternativeNames = summary.alternativeNames.map { Credentials.redacted(text: $0) ?? $0 }
    notBefore = summary.notBefore.map { UTCTime.text(seconds: Int($0)) }
    notAfter = summary.notAfter.map { UTCTime.text(seconds: Int($0)) }
    if let from = summary.notBefore, let to = summary.notAfter {
      let (span, overflow) = to.subtractingReportingOverflow(from)
      if !overflow { validityDays = Int((Double(span) / 86_400).rounded(.down)) }
    }
    keyType = summary.keyType
    keyBits = summary.keyBits
    signatureAlgorithm = summary.signatureAlgorithm
    serial = summary.serial
    version = summary.version
    selfSigned = summary.isSelfSigned
    isCA = summary.isAuthority
    authorityKeyID = summary.authorityKeyID
    describeFacts(summary)
    describeTemplate()
    shape = valuelessShape
  }
}
