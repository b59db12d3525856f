import CPublicSuffix
import ServerTexts

/// The Public Suffix List (publicsuffix.org) through libpsl: which part of a name can be
/// registered by somebody.
final class PublicSuffixList {
  private let context: OpaquePointer?
  private let ownsContext: Bool
  private let shared: SharedDomains

  /// - Parameters:
  ///   - path: a list file; nil takes libpsl's own.
  ///   - shared: further domains below which names belong to strangers.
  /// - Returns: nil when the file cannot be read as a list.
  init?(path: String?, shared: SharedDomains) {
    self.shared = shared
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

  /// The registrable domain of a name; nil where it is not known whose the name is.
  func registrableDomain(of name: String) -> String? {
    if case .domain(let domain) = verdict(on: name) { domain } else { nil }
  }

  /// The registrable domain of a name, or why there is none.
  func verdict(on name: String) -> RegistrableDomain {
    RegistrableDomain(of: name, shared: shared) { name in
      // What libpsl returns points into the name it was given.
      name.withCString { text in
        context.flatMap { psl_registrable_domain($0, text).map { String(cString: $0) } }
      }
    }
  }

  /// The form of a host name, of a shared one in whole.
  func hostTemplate(of name: String) -> String? { HostTemplate.template(of: name, shared: shared) }
}
