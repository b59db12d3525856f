/// A way to reach whoever runs a server, as the server's own text gives it. Anybody can copy one
/// into a text: a claim, not proof.
public struct ContactToken: Sendable, Hashable, Comparable {
  public enum Kind: String, Sendable, CaseIterable {
    /// Lower case, the domain in its ASCII form.
    case email
    /// `@name@host`, lower case.
    case fediverse
    /// `@name` where nothing says of which network; lower case.
    case handle
    /// `@user:server` or `#room:server`.
    case matrix
    /// `npub1…` with a right checksum.
    case nostr
    /// A version 3 name with a right checksum.
    case onion
    /// 40 hexadecimal digits, upper case.
    case pgpFingerprint = "pgp-fingerprint"
    /// 8 or 16 hexadecimal digits, upper case.
    case pgpKeyID = "pgp-key-id"
    /// Name of a channel or person, lower case, without `@`.
    case telegram
    case twitter
    /// Scheme and host lower case, host in ASCII form, no user, no default port, no bare `/`.
    case url
  }

  public let kind: Kind
  /// In canonical form; tokens are equal where it is.
  public let value: String

  public init(kind: Kind, value: String) {
    self.kind = kind
    self.value = value
  }

  public static func < (a: ContactToken, b: ContactToken) -> Bool {
    (a.kind.rawValue, a.value) < (b.kind.rawValue, b.value)
  }
}

extension ContactToken {
  /// The host that the token names, in ASCII form or as an address; nil where it names none.
  public var host: String? {
    switch kind {
    case .url: CanonicalURL(value)?.host
    case .email, .fediverse: value.split(separator: "@").last.map(String.init)
    case .matrix: value.firstIndex(of: ":").map { String(value[value.index(after: $0)...]) }
    case .onion: value
    case .handle, .nostr, .pgpFingerprint, .pgpKeyID, .telegram, .twitter: nil
    }
  }

  /// Whether only a right checksum makes a token of the kind.
  public var hasChecksum: Bool { kind == .nostr || kind == .onion }
}

/// All contact tokens of a text: each once, sorted, however the lines are ordered.
public struct ContactTokens: Sendable, Equatable {
  /// Bytes of the longest token taken; a longer one is left out, for a part of it is not what was
  /// written.
  public static let lengthLimit = 256
  /// Tokens that are kept: the smallest.
  public static let countLimit = 64

  public let tokens: [ContactToken]
  /// How often each of `tokens` stands in the text.
  public let counts: [ContactToken: Int]
  /// Different tokens that are left out: too long, or more than `countLimit`.
  public let dropped: Int

  public var isComplete: Bool { dropped == 0 }

  /// - Parameter text: as sent; the first `CleanText.limit` characters are read.
  public init(in text: String) {
    var found: [ContactToken: Int] = [:]
    for line in CleanText.lines(of: text) {
      var reader = ContactLine(line)
      found.merge(reader.tokens(), uniquingKeysWith: +)
    }
    let sorted = found.keys.filter { $0.value.utf8.count <= Self.lengthLimit }.sorted()
    let kept = Set(sorted.prefix(Self.countLimit))
    tokens = Array(sorted.prefix(Self.countLimit))
    counts = found.filter { kept.contains($0.key) }
    dropped = found.count - kept.count
  }
}
