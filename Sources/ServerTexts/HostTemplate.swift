/// The form of a host name: digits masked, so that machines that were named in a row look alike.
public enum HostTemplate {
  /// The left-most label with each run of digits as `#`: `node4.example.org` -> `node#`. For a name
  /// at or below a shared domain the whole of it: `vmi#.contaboserver.net`.
  ///
  /// - Returns: nil for a name without a dot, an onion name, and what is too long for a name.
  public static func template(
    of name: String, shared: SharedDomains = SharedDomains([])
  ) -> String? {
    guard name.utf8.count <= 1024, let label = name.split(separator: ".").first,
      name.contains("."), !name.hasSuffix(".onion")
    else { return nil }
    return masked(shared.domain(of: name) == nil ? label : name[...])
  }

  static func masked(_ text: Substring) -> String {
    var out = String.UnicodeScalarView()
    var isInDigits = false
    for scalar in text.unicodeScalars {
      if !scalar.isDigit {
        out.append(scalar)
      } else if !isInDigits {
        out.append("#")
      }
      isInDigits = scalar.isDigit
    }
    return String(out)
  }
}
