import Artifact
import Digests
package import Records
package import TLSChannel

extension TLSFacts {
  /// All but the duration.
  ///
  /// - Parameter ticketLifetime: of the first ticket, during the handshake or after it. Unit: s.
  package init(_ summary: TLSHandshakeSummary, ticketLifetime: UInt?) {
    self.init(
      alpn: summary.applicationProtocol, chain: summary.chain.map { SHA256.hex($0) },
      cipher: summary.cipher, group: summary.group, ocspStaple: summary.hasOCSPStaple,
      secureRenegotiation: summary.supportsSecureRenegotiation,
      sessionTicket: ticketLifetime != nil, signatureAlgorithm: summary.signatureAlgorithm,
      ticketLifetimeSeconds: ticketLifetime.map { Int(clamping: $0) },
      verifyResult: summary.verifyResult, version: summary.version)
  }

  /// What is known of a handshake that failed: the certificates that had arrived.
  package init(failed error: TLSError) {
    self.init(chain: error.chain.map { SHA256.hex($0) })
  }
}
