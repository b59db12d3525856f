public import Addressing
import Records
public import StageKit

/// Whose servers are never contacted: names, addresses and ranges.
public struct OptOutList: Sendable, Equatable {
  /// Lower case, without a final dot.
  public private(set) var names: Set<String> = []
  /// Given as `*.example.org`: the name itself and everything below it.
  public private(set) var domains: Set<String> = []
  public private(set) var ranges: [AddressRange] = []

  public init() {}

  /// One entry a line: a name, `*.` and a name, an address, or a CIDR range; `#` begins a comment.
  ///
  /// - Throws: `stage.bad-input` with the line of an entry that is none of these: an opt-out that
  ///   cannot be read must not be passed over.
  public init(parsing text: String, file: String) throws(StageError) {
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (number, line) in lines.enumerated() {
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
      guard let entry = words.first.map(String.init) else { continue }
      guard words.count == 1, insert(entry) else {
        throw StageError(
          .badInput, place: "\(file), line \(number + 1)",
          expected: "a name, *.name, an address or a CIDR range",
          found: "\"\(entry.prefix(80))\"", remedy: "correct the line")
      }
    }
  }

  /// False where `entry` is none of the forms.
  private mutating func insert(_ entry: String) -> Bool {
    if let range = AddressRange(entry) {
      ranges.append(range)
    } else if entry.hasPrefix("*."), let name = Self.name(String(entry.dropFirst(2))) {
      domains.insert(name)
    } else if let name = Self.name(entry) {
      names.insert(name)
    } else {
      return false
    }
    return true
  }

  public func contains(name: String) -> Bool {
    guard let name = Self.name(name) else { return false }
    if names.contains(name) { return true }
    var rest = name[...]
    while true {
      if domains.contains(String(rest)) { return true }
      guard let dot = rest.firstIndex(of: ".") else { return false }
      rest = rest[rest.index(after: dot)...]
    }
  }

  /// Whether a name or an address is on the list.
  func contains(entry: String) -> Bool {
    IPAddress(entry).map { contains(address: $0) } ?? contains(name: entry)
  }

  /// An IPv6 address that carries an opted-out IPv4 address is opted out too.
  public func contains(address: IPAddress) -> Bool {
    ranges.contains { range in
      range.contains(address) || address.embeddedIPv4.map(range.contains) == true
    }
  }
}

extension OptOutList {
  public mutating func formUnion(_ other: OptOutList) {
    names.formUnion(other.names)
    domains.formUnion(other.domains)
    ranges += other.ranges
  }

  /// Takes in what a server asked for in its own words.
  mutating func insert(_ request: OptOutRequest) {
    if let address = IPAddress(request.address) {
      ranges.append(AddressRange(address, length: address.isIPv4 ? 32 : 128))
    } else {
      Self.name(request.address).map { _ = names.insert($0) }
    }
    request.name.flatMap(Self.name).map { _ = names.insert($0) }
  }

  /// A name in canonical form. Onion names that cannot exist (any more) may stand on a list too.
  private static func name(_ text: String) -> String? {
    do throws(Place.Defect) {
      if case .name(let name) = try Place(text) { return name }
      return nil
    } catch {
      guard error.isOnion else { return nil }
      let name = text.lowercased()
      return name.hasSuffix(".") ? String(name.dropLast()) : name
    }
  }
}
