/// What a text that names a machine is.
public enum HostKind: String, Sendable {
  case ip4
  case ip6
  case onion
  case name

  public init(_ host: String) {
    if host.lowercased().hasSuffix(".onion") {
      self = .onion
    } else if host.contains(":") {
      self = .ip6
    } else {
      let parts = host.split(separator: ".", omittingEmptySubsequences: false)
      let isAddress =
        parts.count == 4
        && parts.allSatisfy { part in
          part.allSatisfy { $0.isASCII && $0.isNumber } && Int(part).map { $0 < 256 } == true
        }
      self = isAddress ? .ip4 : .name
    }
  }
}
