internal import CIDN2

/// One label of a host name, between Unicode and the form that DNS has, by the system's libidn2
/// (IDNA 2008 after the mapping of UTS 46, nontransitional).
enum InternationalLabel {
  /// A label has at most 63 characters in DNS, and at least one for each character in Unicode.
  private static let maximumCharacters = 63

  /// The form that DNS has; nil where IDNA has none for it: a symbol, a joiner out of place, a
  /// hyphen at an end, a label that is too long.
  static func encoded(_ label: String) -> String? {
    guard label.unicodeScalars.count <= maximumCharacters, !label.utf8.contains(0) else {
      return nil
    }
    var result: UnsafeMutablePointer<UInt8>?
    let flags = Int32(IDN2_NFC_INPUT.rawValue | IDN2_NONTRANSITIONAL.rawValue)
    let status = Array(label.utf8 + [0]).withUnsafeBufferPointer {
      idn2_lookup_u8($0.baseAddress, &result, flags)
    }
    defer { idn2_free(result) }
    guard status == IDN2_OK.rawValue, let result else { return nil }
    return String(cString: result)
  }

  /// What an `xn--` label encodes, whether or not IDNA allows it; nil where it encodes nothing.
  static func decoded(_ label: String) -> String? {
    guard label.utf8.count <= maximumCharacters, !label.utf8.contains(0) else { return nil }
    var result: UnsafeMutablePointer<CChar>?
    let status = idn2_to_unicode_8z8z(label, &result, 0)
    defer { idn2_free(result) }
    guard status == IDN2_OK.rawValue, let result else { return nil }
    return String(validatingCString: result)
  }
}
