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
    for element in elements.prefix(breadthLimit) {
      alternatives.insert(text(of: element, depth: depth + 1))
    }
    if elements.count > breadthLimit { alternatives.isCut = true }
    let text = "[" + alternatives.text + "]"
    return text.utf8.count > lengthLimit ? "[…]" : text
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
