/// Where a server is said to be, in whatever form that is written: an address or a name.
///
/// `[2001:db8::1]` is the address in its brackets, `a.example.` the name `a.example`. What is neither
/// (a URL, a place with its port, an onion name that cannot exist) says why; nobody guesses what it
/// was meant to be.
public enum Place: Sendable, Hashable {
  case address(IPAddress)
  /// ASCII lower case, without the final dot.
  case name(String)

  /// Why a text is no place.
  public enum Defect: String, Error, Sendable, CaseIterable {
    case empty = "place.empty"
    /// A user name or a password stands before it.
    case credentials = "place.credentials"
    /// A URL, as `ssl://a.example`.
    case scheme = "place.scheme"
    /// A place with its port, as `a.example:50002`.
    case port = "place.port"
    /// An address of one link, as `fe80::1%eth0`.
    case zone = "place.zone"
    /// A name that ends in a number, which programs read as different addresses: `91.2.3.004`, `0x5b`.
    case numericName = "place.numeric-name"
    case malformed = "place.malformed"
    /// Version 2 of onion services ended in 2021.
    case onionVersion2 = "place.onion-v2"
    /// Neither 16 nor 56 characters of base32.
    case onionForm = "place.onion-form"
    /// A version other than 3 in a name of 56 characters.
    case onionVersion = "place.onion-version"
    case onionChecksum = "place.onion-checksum"

    /// Whether the text is an onion name that leads nowhere.
    public var isOnion: Bool {
      switch self {
      case .onionVersion2, .onionForm, .onionVersion, .onionChecksum: true
      case .empty, .credentials, .scheme, .port, .zone, .numericName, .malformed: false
      }
    }
  }

  public init(_ text: String) throws(Defect) {
    if text.isEmpty { throw .empty }
    let bytes = Array(text.utf8)
    if bytes.contains(UInt8(ascii: "@")) { throw .credentials }
    if text.contains("://") { throw .scheme }
    if bytes.first == UInt8(ascii: "[") {
      self = .address(try Self.bracketed(text))
      return
    }
    let isRooted = bytes.last == UInt8(ascii: ".") && bytes.count > 1
    let bare = isRooted ? String(text.dropLast()) : text
    if let address = IPAddress(bare) {
      self = .address(address)
      return
    }
    if bytes.contains(UInt8(ascii: "%")) { throw .zone }
    let colons = bytes.count { $0 == UInt8(ascii: ":") }
    if colons == 1 { throw .port }
    self = .name(try Self.name(bare))
  }

  /// Text of its canonical form.
  public var text: String {
    switch self {
    case .address(let address): address.text
    case .name(let name): name
    }
  }

  private static func bracketed(_ text: String) throws(Defect) -> IPAddress {
    guard let end = text.firstIndex(of: "]") else { throw .malformed }
    let inner = String(text[text.index(after: text.startIndex)..<end])
    if text[text.index(after: end)...].hasPrefix(":") { throw .port }
    if inner.contains("%") { throw .zone }
    guard text.index(after: end) == text.endIndex, let address = IPAddress(inner) else {
      throw .malformed
    }
    return address
  }

  /// A DNS name, RFC 1123 with underscores, that no program reads as an address.
  private static func name(_ text: String) throws(Defect) -> String {
    let name = text.lowercased()
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    guard name.utf8.count <= 253, labels.allSatisfy({ isLabel($0.utf8) }), let last = labels.last
    else { throw .malformed }
    if isNumber(last.utf8) { throw .numericName }
    if last == "onion" { _ = try OnionName(label: labels.dropLast().last ?? "") }
    return name
  }

  private static func isLabel(_ label: Substring.UTF8View) -> Bool {
    (1...63).contains(label.count) && label.allSatisfy(isNameByte)
      && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Decimal digits, or `0x` and hexadecimal ones: what the last part of an IPv4 address can be.
  private static func isNumber(_ label: Substring.UTF8View) -> Bool {
    func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    if label.allSatisfy(isDigit) { return true }
    guard label.starts(with: "0x".utf8) else { return false }
    return label.dropFirst(2).allSatisfy {
      isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
    }
  }

  /// A text that names a place, without what stands before an `@` in it.
  ///
  /// Peer lists hold passwords now and then; they are nobody's to pass on.
  public static func withoutCredentials(_ text: String) -> String {
    guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) else { return text }
    let scheme = text[..<at].utf8.prefix { isNameByte($0 | 0x20) || $0 == UInt8(ascii: "+") }
    let rest = text[scheme.endIndex..<at]
    let kept = rest.hasPrefix("://") ? String(Substring(scheme)) + "://" : ""
    return kept + "[removed]" + text[at...]
  }
}
