import CPublicSuffix

/// The Public Suffix List (publicsuffix.org) through libpsl: which part of a name can be
/// registered by somebody.
final class PublicSuffixList {
  private let context: OpaquePointer?
  private let ownsContext: Bool
  private let shared: [String]

  /// - Parameters:
  ///   - path: a list file; nil takes libpsl's own.
  ///   - sharedDomains: further domains below which names belong to strangers.
  /// - Returns: nil when the file cannot be read as a list.
  init?(path: String?, sharedDomains: [String]) {
    shared = sharedDomains.map { "." + $0 }
    if let path {
      context = psl_load_file(path)
      ownsContext = true
      if context == nil { return nil }
    } else {
      context = psl_builtin()
      ownsContext = false
    }
  }

  deinit { if ownsContext { psl_free(context) } }

  /// The registrable domain of a lower-case name; nil where the name belongs to a shared domain,
  /// is a suffix itself, or is no DNS name.
  func registrableDomain(of name: String) -> String? {
    guard let context, name.utf8.contains(UInt8(ascii: ".")), !name.utf8.contains(0),
      !shared.contains(where: { name.hasSuffix($0) || name == $0.dropFirst() })
    else { return nil }
    // What libpsl returns points into the name it was given.
    return name.withCString { psl_registrable_domain(context, $0).map { String(cString: $0) } }
  }
}
