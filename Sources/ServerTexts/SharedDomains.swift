/// Domains below which names belong to strangers: dynamic DNS, and names that hosters give to their
/// customers' machines.
///
/// A name at or below one of them says nothing of who runs the server. In an entry `#` stands for
/// one digit and more, as in `ip-#-#-#.eu`.
public struct SharedDomains: Sendable {
  private let exact: Set<String>
  private let patterns: Set<String>

  /// - Parameter domains: names and patterns, of any case.
  public init(_ domains: some Sequence<String>) {
    let lower = Set(domains.map { $0.lowercased() })
    exact = lower.filter { !$0.contains("#") }
    patterns = lower.subtracting(exact)
  }

  /// The entry that a canonical name is at or below; nil where there is none.
  public func domain(of name: String) -> String? {
    guard name.utf8.count <= 253 else { return nil }
    var rest = name[...]
    while true {
      if exact.contains(String(rest)) { return String(rest) }
      if !patterns.isEmpty {
        let masked = HostTemplate.masked(rest)
        if patterns.contains(masked) { return masked }
      }
      guard let dot = rest.firstIndex(of: ".") else { return nil }
      rest = rest[rest.index(after: dot)...]
    }
  }
}
