/// Names that stand in tutorials and configuration files for the reader's own: who copies one says
/// nothing of himself.
///
/// Our own collection, facts only. Domains: RFC 2606, section 3, and what the sample configurations of
/// Electrum servers hold in a host's place (`hostname.com`, ElectrumX). A missing name errs towards
/// linking strangers, a wrong one towards no evidence.
public enum PlaceholderName {
  /// Domains, whatever stands below them.
  static let domains: Set<String> = [
    "domain.com", "domain.tld", "email.com", "example.com", "example.net", "example.org",
    "hostname.com", "mydomain.com", "mydomain.org", "my-domain.com", "myserver.com", "server.com",
    "somewhere.com", "your-domain.com", "your.domain", "yourdomain.com", "yourdomain.org",
    "yourdomain.tld", "yourserver.com", "yoursite.com",
  ]

  /// Words before the `@`, whatever host follows.
  static let users: Set<String> = [
    "changeme", "my-name", "myname", "nickname", "username", "your", "your-email", "your-name",
    "your.email", "your.name", "your_email", "your_name", "youraddress", "youremail", "yourname",
    "yournick", "yourself", "yourusername",
  ]

  /// Words that are placeholders where no host follows: somebody's `me@` own host is no such thing.
  static let handles: Set<String> = ["email", "me", "name", "nobody", "someone", "user", "you"]

  /// Whether a host name is one, in ASCII form.
  public static func isHost(_ host: String) -> Bool {
    domains.contains { host == $0 || host.hasSuffix("." + $0) }
  }

  /// Whether `name@host`, or `@name`, is one.
  public static func isAddress(_ text: String) -> Bool {
    let parts = text.drop { $0 == "@" || $0 == "₿" }.split(separator: "@")
    guard let user = parts.first else { return false }
    if users.contains(user.lowercased()) { return true }
    return parts.count > 1 ? isHost(String(parts[1])) : handles.contains(user.lowercased())
  }
}

extension ContactToken {
  /// Whether it is a placeholder's, so that it is nobody's contact.
  public var isPlaceholder: Bool {
    switch kind {
    case .email, .fediverse, .handle, .telegram, .twitter: PlaceholderName.isAddress(value)
    case .matrix, .url: host.map(PlaceholderName.isHost) ?? false
    case .nostr, .onion, .pgpFingerprint, .pgpKeyID: false
    }
  }
}
