import ElectrumProtocol

/// The JSON types of a result, in bounded length and time whatever a server sends.
///
///     skeleton := null | boolean | number | string | list | object
///     list     := [ alternatives ]             each different skeleton of an element once, sorted
///     object   := { key:alternatives , … }     keys sorted
///
/// Alternatives are joined by `|`. A key that is no word is data, as the host names in
/// `server.features`: all of them are `*`. `…` stands for what is beyond a limit.
enum TypeSkeleton {
  private static let depthLimit = 6
  /// Elements of a list, members of an object, that are read.
  private static let breadthLimit = 1_024
  private static let alternativesLimit = 8
  private static let keyLimit = 32
  private static let keyLengthLimit = 40
  /// Bytes of a list or an object.
  private static let lengthLimit = 512

  static func text(of value: WireValue) -> String { text(of: value, depth: 0) }

  private static func text(of value: WireValue, depth: Int) -> String {
    switch value {
    case .array(let elements): list(elements, depth: depth)
    case .object(let members): object(members, depth: depth)
    default: value.kindName
    }
  }

  private static func list(_ elements: [WireValue], depth: Int) -> String {
    if elements.isEmpty { return "[]" }
    guard depth < depthLimit else { return "[…]" }
    var alternatives = Alternatives()
    var previous: WireValue?
    for element in elements.prefix(breadthLimit) {
      defer { previous = element }
      if let previous, isAlike(previous, element) { continue }
      alternatives.insert(text(of: element, depth: depth + 1))
    }
    if elements.count > breadthLimit { alternatives.isCut = true }
    let text = "[" + alternatives.text + "]"
    return text.utf8.count > lengthLimit ? "[…]" : text
  }

  /// Whether two values have one skeleton, told without making it, as most neighbours in a list have;
  /// false may mean that it cannot be told so.
  private static func isAlike(_ one: WireValue, _ other: WireValue) -> Bool {
    switch (one, other) {
    case (.null, .null), (.bool, .bool), (.number, .number), (.string, .string): return true
    case (.array(let one), .array(let other)):
      if one.count == other.count {
        return zip(one, other).allSatisfy { isAlike($0, $1) }
      }
      guard let first = one.first, first.isScalar, max(one.count, other.count) <= breadthLimit,
        !other.isEmpty
      else { return false }
      return one.dropFirst().allSatisfy { isAlike(first, $0) }
        && other.allSatisfy { isAlike(first, $0) }
    case (.object(let one), .object(let other)):
      return one.count == other.count
        && zip(one, other).allSatisfy { mine, its in
          mine.key.utf8.elementsEqual(its.key.utf8) && isAlike(mine.value, its.value)
        }
    default: return false
    }
  }

  private static func object(_ members: [WireMember], depth: Int) -> String {
    if members.isEmpty { return "{}" }
    guard depth < depthLimit else { return "{…}" }
    var values: [String: Alternatives] = [:]
    for member in members.prefix(breadthLimit) {
      values[name(member.key), default: Alternatives()]
        .insert(text(of: member.value, depth: depth + 1))
    }
    let keys = values.keys.sorted().prefix(keyLimit)
    var parts = keys.map { "\($0):\(values[$0]?.text ?? "")" }
    if keys.count < values.count || members.count > breadthLimit { parts.append("…") }
    let text = "{" + parts.joined(separator: ",") + "}"
    return text.utf8.count > lengthLimit ? "{…}" : text
  }

  private static func name(_ key: String) -> String {
    let isWord =
      (1...keyLengthLimit).contains(key.utf8.count)
      && key.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
    return isWord ? key : "*"
  }

  /// The smallest of what was inserted, whatever the order.
  private struct Alternatives {
    var isCut = false
    private var kept: [String] = []

    mutating func insert(_ text: String) {
      if kept.contains(text) { return }
      kept.append(text)
      guard kept.count > alternativesLimit else { return }
      isCut = true
      kept.sort()
      kept.removeLast()
    }

    var text: String { (kept.sorted() + (isCut ? ["…"] : [])).joined(separator: "|") }
  }
}

extension WireValue {
  fileprivate var isScalar: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }
}
