/// Numbers of the canonical form as nearly all of them are written.
extension RowDecoder {
  /// Powers of ten that a double holds exactly.
  private static let powers: [Double] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]

  /// Takes a number such as `12.345`: up to nine digits, a point, up to six, and nothing to shorten.
  ///
  /// Both its digits as an integer and the power of ten are exact, so that one division rounds
  /// correctly (Clinger 1990); and 15 digits make a double out, so that it has no shorter text. From
  /// a thousandth on Swift writes it so. Nil, and nothing taken, for any other number.
  mutating func plainNumber() -> Double? {
    var index = position
    var digits = 0
    func isDigit(_ index: Int) -> Bool { index < end && base[index] &- UInt8(ascii: "0") < 10 }
    while isDigit(index), index - position <= 9 {
      digits = digits * 10 + Int(base[index] - UInt8(ascii: "0"))
      index += 1
    }
    let whole = index - position
    guard (1...9).contains(whole), whole == 1 || base[position] != UInt8(ascii: "0"), index < end,
      base[index] == UInt8(ascii: ".")
    else { return nil }
    let point = index
    index += 1
    while isDigit(index), index - point <= 6 {
      digits = digits * 10 + Int(base[index] - UInt8(ascii: "0"))
      index += 1
    }
    let decimals = index - point - 1
    guard (1...6).contains(decimals), !isDigit(index), isAtScalarEnd(index),
      decimals == 1 || base[index - 1] != UInt8(ascii: "0")
    else { return nil }
    let value = Double(digits) / Self.powers[decimals]
    guard value == 0 || value >= 0.001 else { return nil }
    position = index
    return value
  }

  private func isAtScalarEnd(_ index: Int) -> Bool {
    guard index < end else { return true }
    let byte = base[index]
    return byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
  }
}
