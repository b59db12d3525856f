public import Addressing
import Records

/// Names and addresses in hosts(5) form: they come before DNS.
public struct HostsFile: Sendable, Equatable {
  /// By lower-case name; in file order.
  private var addresses: [String: [IPAddress]] = [:]

  public init() {}

  /// Lines that do not begin with an address are passed over, as resolvers do.
  public init(parsing text: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
      guard let first = words.first, let address = IPAddress(String(first)) else { continue }
      for word in words.dropFirst() {
        let name = HostName(String(word))?.text ?? word.lowercased()
        if addresses[name]?.contains(address) != true {
          addresses[name, default: []].append(address)
        }
      }
    }
  }

  public subscript(name: String) -> [IPAddress]? {
    addresses[name]
  }
}
