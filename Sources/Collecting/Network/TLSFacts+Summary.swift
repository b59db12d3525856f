import Artifact
import Digests
package import Records
package import TLSChannel

extension TLSFacts {
  /// All but the duration.
  ///
  /// - Parameter ticketLifetime: of the first ticket, during the handshake or after it. Unit: s.
  package init(_ summary: TLSHandshakeSummary, ticketLifetime: UInt?) {
    self.init()
    self.alpn = summary.applicationProtocol
    self.chain = summary.chain.map { SHA256.hex($0) }
    self.cipher = summary.cipher
    self.group = summary.group
    self.ocspStaple = summary.hasOCSPStaple
    self.secureRenegotiation = summary.supportsSecureRenegotiation
    self.sessionTicket = ticketLifetime != nil
    self.signatureAlgorithm = summary.signatureAlgorithm
    self.ticketLifetimeSeconds = ticketLifetime.map { Int(clamping: $0) }
    self.verifyResult = summary.verifyResult
    self.version = summary.version
  }

  /// What is known of a handshake that failed: the certificates that had arrived.
  package init(failed error: TLSError) {
    self.init()
    self.chain = error.chain.map { SHA256.hex($0) }
  }
}
