/// Who could have registered a name, or why that is not known.
public enum RegistrableDomain: Sendable, Hashable {
  public enum Reason: String, Sendable, CaseIterable {
    /// An address, an onion name, a single label, or text that is no DNS name.
    case notADomainName = "not-a-domain-name"
    /// The name is itself a suffix under which anybody registers.
    case publicSuffix = "public-suffix"
    /// The name belongs to a dynamic-DNS service.
    case dynamicDNS = "dynamic-dns"
    /// The name belongs to a hoster, which gives such to its customers' machines.
    case hoster
    /// The name belongs to a platform for others' programs and pages.
    case platform
    /// The name belongs to one of these; the list does not say to which.
    case sharedDomain = "shared-domain"

    init(_ kind: SharedDomains.Kind) {
      switch kind {
      case .dynamicDNS: self = .dynamicDNS
      case .hoster: self = .hoster
      case .platform: self = .platform
      case .unspecified: self = .sharedDomain
      }
    }
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
    if let kind = shared.kind(of: ascii) {
      self = .unknown(Reason(kind))
    } else if let domain = suffixes(ascii) {
      self = .domain(domain)
    } else {
      self = .unknown(.publicSuffix)
    }
  }
}
