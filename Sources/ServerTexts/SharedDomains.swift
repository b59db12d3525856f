/// Domains below which names belong to strangers: dynamic DNS, and names that hosters give to their
/// customers' machines.
///
/// A name at or below one of them says nothing of who runs the server. In an entry `#` stands for
/// one digit and more, as in `ip-#-#-#.eu`.
public struct SharedDomains: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    case dynamicDNS = "dynamic-dns"
    case hoster
    case platform
    /// Whoever named the domain did not say.
    case unspecified = "shared-domain"
  }

  private let exact: [String: Kind]
  private let patterns: [String: Kind]

  /// - Parameter kinds: names and patterns, of any case, with their kinds.
  public init(_ kinds: [String: Kind]) {
    var lower: [String: Kind] = [:]
    for (domain, kind) in kinds.sorted(by: { $0.key < $1.key }) {
      lower[domain.lowercased()] = kind
    }
    exact = lower.filter { !$0.key.contains("#") }
    patterns = lower.filter { $0.key.contains("#") }
  }

  /// - Parameter domains: names and patterns, of any case.
  public init(_ domains: some Sequence<String>) {
    self.init(Dictionary(domains.map { ($0, .unspecified) }, uniquingKeysWith: { $1 }))
  }

  /// The entry that a canonical name is at or below; nil where there is none.
  public func domain(of name: String) -> String? { entry(of: name)?.domain }

  /// The kind of that entry.
  public func kind(of name: String) -> Kind? { entry(of: name)?.kind }

  private func entry(of name: String) -> (domain: String, kind: Kind)? {
    guard name.utf8.count <= 253 else { return nil }
    var rest = name[...]
    while true {
      if let kind = exact[String(rest)] { return (String(rest), kind) }
      if !patterns.isEmpty {
        let masked = HostTemplate.masked(rest)
        if let kind = patterns[masked] { return (masked, kind) }
      }
      guard let dot = rest.firstIndex(of: ".") else { return nil }
      rest = rest[rest.index(after: dot)...]
    }
  }
}
