import ServerTexts

/// DNS names as they are compared: ASCII lower case, Unicode labels as `xn--`, without the final dot.
/// What cannot be a name is only put in lower case.
enum DNSName {
  static func canonical(_ name: String) -> String {
    // Most names are so already, and are then not copied.
    if name.utf8.allSatisfy(isCanonical), name.utf8.last != UInt8(ascii: ".") { return name }
    if let known = InternationalName(name) { return known.ascii }
    let lower = name.lowercased()
    return lower.hasSuffix(".") ? String(lower.dropLast()) : lower
  }

  private static func isCanonical(_ byte: UInt8) -> Bool {
    byte < 0x80 && !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }
}
