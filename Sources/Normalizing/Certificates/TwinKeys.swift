import Foundation
import Records
import TLSChannel

/// Keys and certificates that onion services and clearnet endpoints of a series both showed.
///
/// Who runs an onion service beside a clearnet server and does not say so may have good reasons, and a
/// common key would give them away. So what they share is withheld from the onion service's rows.
struct TwinKeys {
  /// Clearnet endpoints by the leaf certificate that they showed in any scan.
  private var clearnet: [String: Set<String>] = [:]
  /// Leaf certificates of onion services.
  private var onion: Set<String> = []
  /// Certificates that onion services sent, leaf or not.
  private(set) var sentByOnions: Set<String> = []
  /// SHA-256 of the public key of each leaf certificate.
  private var keys: [String: String] = [:]

  /// Whether any onion service showed a certificate.
  var hasOnion: Bool { !onion.isEmpty }

  mutating func take(_ connection: Connection) {
    guard let chain = connection.tls?.chain, let leaf = chain.first else { return }
    if connection.network == .onion { sentByOnions.formUnion(chain) }
    switch connection.network {
    case .onion: onion.insert(leaf)
    case .ipv4, .ipv6: clearnet[leaf, default: []].insert(connection.endpointID)
    case .unresolved: break
    }
  }

  /// Certificates come after all connections that showed them.
  mutating func take(_ evidence: CertificateEvidence) {
    let isShown = onion.contains(evidence.sha256) || clearnet[evidence.sha256] != nil
    guard isShown, keys[evidence.sha256] == nil,
      let der = evidence.derBase64.flatMap({ Data(base64Encoded: $0) }),
      let summary = try? CertificateSummary(der: Array(der))
    else { return }
    keys[evidence.sha256] = summary.spkiSHA256
  }

  /// What two endpoints may have in common: a leaf certificate, or its key.
  private func secrets(of leaves: Set<String>) -> Set<String> {
    leaves.union(leaves.compactMap { keys[$0] })
  }

  /// Clearnet endpoints of any scan by each secret that an onion service has, too.
  private var holders: [String: Set<String>] {
    let shared = secrets(of: onion)
    var holders: [String: Set<String>] = [:]
    for (leaf, endpoints) in clearnet {
      for secret in secrets(of: [leaf]) where shared.contains(secret) {
        holders[secret, default: []].formUnion(endpoints)
      }
    }
    return holders
  }

  /// Ids of a scan's onion endpoints whose key, certificate and ticket are withheld: some clearnet
  /// endpoint has them, and the words of both did not make them one server.
  ///
  /// An onion service that was joined with a clearnet server keeps what that server shows itself.
  /// - Parameters:
  ///   - servers: as resolved in the scan.
  ///   - resumptions: of the scan.
  func withheld(
    of servers: [[EndpointEvidence]], resumptions: Set<TicketResumption>
  ) -> Set<String> {
    guard hasOnion || !resumptions.isEmpty else { return [] }
    let holders = holders
    var present: [String: Set<String>] = [:]
    var serverOf: [String: Int] = [:]
    var onions: Set<String> = []
    for (number, members) in servers.enumerated() {
      for member in members {
        serverOf[member.id] = number
        if member.draft.network == .onion { onions.insert(member.id) }
        for secret in secrets(of: member.draft.handshakes.leaves) where holders[secret] != nil {
          if member.draft.network != .onion { present[secret, default: []].insert(member.id) }
        }
      }
    }
    var withheld: Set<String> = []
    for members in servers {
      let own = Set(members.map(\.id))
      for member in members where member.draft.network == .onion {
        let isGivenAway = secrets(of: member.draft.handshakes.leaves).contains { secret in
          guard let known = holders[secret] else { return false }
          return own.isDisjoint(with: known) || !(present[secret] ?? []).isSubset(of: own)
        }
        if isGivenAway { withheld.insert(member.id) }
      }
    }
    for pair in resumptions where serverOf[pair.issuer] != serverOf[pair.resumer] {
      let both = onions.intersection([pair.issuer, pair.resumer])
      if both.count == 1 { withheld.formUnion(both) }
    }
    return withheld
  }
}

extension ResolutionStep {
  /// The same without a secret that is withheld of either endpoint.
  func withholding(_ secrets: [String: Set<String>]) -> ResolutionStep {
    var step = self
    for secret in (secrets[endpointA] ?? []).union(secrets[endpointB] ?? []).sorted() {
      step.evidence = step.evidence.replacing(secret, with: UnknownReason.withheldTwin.id)
    }
    return step
  }
}
