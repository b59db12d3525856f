/// Who could have registered a name, or why that is not known.
public enum RegistrableDomain: Sendable, Hashable {
  public enum Reason: String, Sendable, CaseIterable {
    /// An address, an onion name, a single label, or text that is no DNS name.
    case notADomainName = "not-a-domain-name"
    /// The name is itself a suffix under which anybody registers.
    case publicSuffix = "public-suffix"
    /// The name belongs to a dynamic-DNS service or a hoster.
    case sharedDomain = "shared-domain"
  }

  /// ASCII form, lower case.
  case domain(String)
  case unknown(Reason)

  /// - Parameters:
  ///   - name: of any case, with or without the final dot, Unicode or ASCII.
  ///   - suffixes: gives the registrable domain of a canonical name by the Public Suffix List; nil
  ///     for a suffix.
  public init(of name: String, shared: SharedDomains, suffixes: (String) -> String?) {
    guard let ascii = InternationalName(name)?.ascii, let last = ascii.split(separator: ".").last,
      ascii.contains("."), last != "onion", last.utf8.contains(where: { $0 > UInt8(ascii: "9") })
    else {
      self = .unknown(.notADomainName)
      return
    }
    if shared.domain(of: ascii) != nil {
      self = .unknown(.sharedDomain)
    } else if let domain = suffixes(ascii) {
      self = .domain(domain)
    } else {
      self = .unknown(.publicSuffix)
    }
  }
}
