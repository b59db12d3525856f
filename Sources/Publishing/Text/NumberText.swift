internal import Artifact

/// Numbers for readers; the tables hold the exact ones.
enum NumberText {
  /// `12,345`.
  static func count(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var out = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { out.append(",") }
      out.append(digit)
    }
    return value < 0 ? "−" + out : out
  }

  /// `12 servers`, `1 server`.
  static func count(_ value: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(count(value)) \(value == 1 ? noun : plural ?? noun + "s")"
  }

  /// A count as a share of a whole: `12.3 %`; `–` of nothing.
  static func share(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "–" }
    let tenths = (Double(part) * 1000 / Double(whole)).rounded() / 10
    return "\(decimal(tenths, places: 1)) %"
  }

  /// At most `places` decimals, no exponent for the sizes that occur here.
  static func decimal(_ value: Double, places: Int = 3) -> String {
    guard value.isFinite else { return "–" }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let rounded = (value * scale).rounded() / scale
    let text = (rounded == 0 ? 0 : rounded).description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A value of a table with three significant digits; `–` where it is unknown.
  static func value(_ value: Double?) -> String {
    guard let value else { return "–" }
    return decimal(value.rounded(significantDigits: 3), places: 6)
  }

  /// `0.12–0.34`; `–` where either end is unknown.
  static func range(_ low: Double?, _ high: Double?) -> String {
    guard let low, let high else { return "–" }
    return "\(value(low))–\(value(high))"
  }

  /// A share between 0 and 1: `12.3 %`.
  static func percent(_ share: Double) -> String {
    "\(decimal((share * 1000).rounded() / 10, places: 1)) %"
  }

  /// `1.4 MB` (powers of ten).
  static func bytes(_ value: Int) -> String {
    switch value {
    case ..<1000: "\(value) B"
    case ..<1_000_000: "\(decimal(Double(value) / 1000, places: 1)) kB"
    default: "\(decimal(Double(value) / 1_000_000, places: 1)) MB"
    }
  }
}
