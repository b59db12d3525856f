/// How Rust's serde_json prints numbers: the shortest digits, plain from 1e-5 up.
enum RustText {
  static func number(_ value: Double) -> String {
    let text = value.description
    guard let exponentMark = text.firstIndex(of: "e"),
      let exponent = Int(text[text.index(after: exponentMark)...]), exponent < 0
    else { return text }
    let mantissa = text[..<exponentMark]
    let isNegative = mantissa.hasPrefix("-")
    let digits = String(mantissa.filter { $0.isNumber })
    let trimmed = digits.hasSuffix("0") && digits.count > 1 ? String(digits.dropLast()) : digits
    let sign = isNegative ? "-" : ""
    if exponent >= -5 {
      return sign + "0." + String(repeating: "0", count: -exponent - 1) + trimmed
    }
    let fraction = trimmed.count > 1 ? "." + trimmed.dropFirst() : ""
    return sign + trimmed.prefix(1) + fraction + "e\(exponent)"
  }
}
