/// Reads the destinations in a text, each with its own verdict.
public enum DonationText {
  /// Verdicts that are given of one text: those of the smallest texts.
  public static let limit = 32

  private static let delimiters: Set<Unicode.Scalar> = [
    " ", ",", ";", "|", "<", ">", "\"", "'", "`", "(", ")", "[", "]", "{", "}",
  ]

  /// Verdicts on the answer to `server.donation_address`, sorted, each once.
  ///
  /// A text of which no part has the form of a destination is one invalid verdict.
  public static func verdicts(onAnswer text: String) -> [DonationVerdict] {
    let clean = CleanText.scalars(of: text)
    if clean.isEmpty { return [.absent] }
    let found = PaymentDestinations(inAnswer: text).verdicts
    return found.isEmpty
      ? [.invalid(text: TokenForm.text(clean.prefix(128)), .noDestination)] : found
  }

  /// Verdicts on destinations in running text, such as a banner; none where there is none.
  public static func verdicts(inBanner text: String) -> [DonationVerdict] {
    PaymentDestinations(inBanner: text).verdicts
  }

  /// How often each destination stands in clean text.
  static func counts(in text: [Unicode.Scalar], isAnswer: Bool) -> [DonationVerdict: Int] {
    var found: [DonationVerdict: Int] = [:]
    var label = ""
    for word in text.split(whereSeparator: delimiters.contains) {
      let word = TokenForm.text(word)
      for verdict in verdicts(onWord: word, label: label, isAnswer: isAnswer) {
        found[verdict, default: 0] += 1
      }
      label = String(word.prefix(16)).lowercased()
    }
    return found
  }

  private static func verdicts(
    onWord word: String, label: String, isAnswer: Bool
  ) -> [DonationVerdict] {
    var word = word[...]
    while let last = word.unicodeScalars.last, [".", ":", "!", "?"].contains(last) {
      word = word.dropLast()
    }
    if let uri = PaymentURI(word) { return uri.destinations.flatMap { verdict(on: $0) } }
    var label = label
    // `BTC:bc1…`, `lightning:name@host`, `litecoin:ltc1…?amount=1`, `ethereum:0x…@1`.
    if let colon = word.firstIndex(of: ":"), OtherCoinAddress.isLabel(word[...colon].lowercased()) {
      label = word[...colon].lowercased()
      word = word[word.index(after: colon)...].drop { $0 == "/" }.prefix { !"?@".contains($0) }
    } else if word.contains("://") {
      return []
    } else if let colon = word.lastIndex(of: ":") {
      label = word[...colon].lowercased()
      word = word[word.index(after: colon)...]
    }
    if word.contains("@") {
      let isLabelled =
        isAnswer || label.hasPrefix("lightning") || label.hasPrefix("⚡") || word.hasPrefix("₿")
      return isLabelled ? PaymentName.target(word).map { [.valid($0)] } ?? [] : []
    }
    return verdict(on: word, label: label)
  }

  private static func verdict(on word: Substring, label: String = "") -> [DonationVerdict] {
    let reader = DestinationReader(word)
    var defect: DonationVerdict.Defect?
    do throws(DonationVerdict.Defect) {
      if let target = try reader?.target() { return [.valid(target)] }
    } catch {
      defect = error
    }
    if OtherCoinAddress.isOne(String(word), label: label) { defect = .foreign }
    return defect.map { [.invalid(text: String(word.prefix(128)), $0)] } ?? []
  }

  static func isBefore(_ a: DonationVerdict, _ b: DonationVerdict) -> Bool { key(a) < key(b) }

  private static func key(_ verdict: DonationVerdict) -> (String, String) {
    switch verdict {
    case .valid(let target): (target.text, "valid " + target.kind.rawValue)
    case .invalid(let text, let defect): (text, "invalid " + defect.rawValue)
    case .absent: ("", "absent")
    }
  }
}

/// `bitcoin:` (BIP 21) and `lightning:` URIs.
struct PaymentURI {
  /// The address, and what `lightning`, `lno` and `sp` parameters hold.
  private(set) var destinations: [Substring] = []

  private static let parameters: Set = ["lightning", "lno", "sp", "bc", "tb"]

  init?(_ text: Substring) {
    guard let colon = text.firstIndex(of: ":"),
      ["bitcoin", "lightning"].contains(text[..<colon].lowercased())
    else { return nil }
    let rest = text[text.index(after: colon)...]
    let isPlainText = rest.isEmpty || rest.contains("@")
    if isPlainText { return nil }
    let address = rest.prefix { $0 != "?" }.drop { $0 == "/" }
    if !address.isEmpty { destinations.append(address) }
    for parameter in rest[address.endIndex...].dropFirst().split(separator: "&").prefix(16) {
      let name = parameter.prefix { $0 != "=" }
      if Self.parameters.contains(name.lowercased()), name.endIndex < parameter.endIndex {
        destinations.append(parameter[name.endIndex...].dropFirst())
      }
    }
  }
}

/// Names that stand for a destination: `name@host` and `₿name@host`.
enum PaymentName {
  static func target(_ word: Substring) -> DonationTarget? {
    let isBIP353 = word.hasPrefix("₿")
    let parts = (isBIP353 ? word.dropFirst() : word).split(
      separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...64).contains(parts[0].utf8.count),
      parts[0].unicodeScalars.allSatisfy({
        $0.isASCIILetter || $0.isDigit || ["-", "_", ".", "+"].contains($0)
      }),
      let host = InternationalName(String(parts[1]))?.ascii, host.contains(".")
    else { return nil }
    let name = parts[0].lowercased() + "@" + host
    return DonationTarget(
      isBIP353 ? .paymentName : .lightningAddress, nil, isBIP353 ? "₿" + name : name)
  }
}
