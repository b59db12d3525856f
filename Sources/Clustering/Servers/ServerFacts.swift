import RecordLinkage

/// What the linkage reads of one server. Sets are nil where they are not known, and empty where the
/// server is known to have none.
struct ServerFacts {
  let id: String
  /// Implementation that it claims, with and without the version.
  var software: String?
  var implementation: String?
  /// Implementation that its replies identify.
  var identified: String?
  /// SHA-256 of public keys that it proved to have.
  var keys: Set<String>?
  /// Donation addresses that are nobody's default.
  var donations: Set<String>?
  /// Contact tokens, handles included.
  var contacts: Set<String>?
  /// Names and addresses in its own features.hosts.
  var claims: Set<String>?
  /// Verified names, and their registrable domains.
  var names: Set<String>?
  var domains: Set<String>?
  /// Prefixes that a hoster gives to one tenant.
  var tenantPrefixes: Set<String>?
  var addresses: Set<String> = []
  var certificates: [CertificateFacts] = []
  /// States of the node behind it, by scan.
  var states: [String: Set<SharedState.State>] = [:]
  var banner = Banner.unknown
  /// `transport` and port: open ones and those of its own features.hosts.
  var ports: Set<String> = []
  /// Kinds of the hosts that it claims, and of the names by which it was dialled.
  var hostKinds: Set<String>?
  var dialledKinds: Set<String> = []
  var autonomousSystems: Set<String> = []
  var isOnionOnly = false

  enum Banner: Equatable {
    case unknown
    case absent
    case standard
    /// Digest of a masked one of its own.
    case custom(String)
  }

  /// Where it verifiably is.
  var places: Set<String> { addresses.union(names ?? []) }
}

/// What the linkage reads of one leaf certificate.
struct CertificateFacts {
  /// SHA-256 of its public key.
  var key: String?
  /// When it was made, in seconds since 1970; nil where that is not known to the second.
  var made: Double?
  /// The maker's template without any value; nil where the certificate is not known.
  var shape: String?
  var isSelfSigned = false
  var isOfPublicAuthority = false
  /// SHA-256 of the public key that verifies it, where anybody sent that.
  var issuingKey: String?
  /// Identifier of the issuer's key as the certificate states it.
  var statedIssuer: String?
  /// DNS names and addresses of subject and subjectAltName, in lower case.
  var names: Set<String> = []
  /// The product that made it, where that says so.
  var product: String?
  /// Form of the words of its common name; nil where anybody's certificate has its form.
  var nameHabit: String?
  /// What the maker of a self-signed certificate wrote about himself.
  var words: String?
}
