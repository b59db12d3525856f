/// Bootstring with the parameters of RFC 3492: a Unicode label in letters, digits and hyphens.
public enum Punycode {
  private static let base = 36
  private static let tMin = 1
  private static let tMax = 26
  private static let skew = 38
  private static let damp = 700
  private static let initialBias = 72
  private static let initialN = 128
  /// A DNS label has at most 63 characters; longer texts are refused, since inserting takes
  /// quadratic time.
  public static let lengthLimit = 256

  /// What follows `xn--`, decoded; nil for a character outside the alphabet, an overflow, or a
  /// value that is no Unicode scalar.
  public static func decode(_ text: String) -> String? {
    let input = Array(text.utf8)
    guard input.count <= lengthLimit, input.allSatisfy({ $0 < 0x80 }) else { return nil }
    let delimiter = input.lastIndex(of: UInt8(ascii: "-"))
    var output = input[..<(delimiter ?? 0)].map { Unicode.Scalar($0) }
    var n = initialN
    var position = 0
    var bias = initialBias
    var rest = input[(delimiter.map { $0 + 1 } ?? 0)...]
    while !rest.isEmpty {
      let before = position
      guard let delta = variableLength(&rest, bias: bias) else { return nil }
      let (sum, overflow) = position.addingReportingOverflow(delta)
      guard !overflow else { return nil }
      let count = output.count + 1
      bias = adapted(delta: sum - before, count: count, isFirst: before == 0)
      let (value, tooLarge) = n.addingReportingOverflow(sum / count)
      guard !tooLarge, let scalar = UInt32(exactly: value).flatMap(Unicode.Scalar.init) else {
        return nil
      }
      n = value
      position = sum % count
      output.insert(scalar, at: position)
      position += 1
    }
    return String(String.UnicodeScalarView(output))
  }

  /// The form of a label that follows `xn--`; nil for a label that is too long.
  public static func encode(_ text: String) -> String? {
    let input = Array(text.unicodeScalars)
    guard input.count <= lengthLimit else { return nil }
    var output = input.filter(\.isASCII).map { UInt8($0.value) }
    let basic = output.count
    var handled = basic
    if basic > 0 { output.append(UInt8(ascii: "-")) }
    var n = UInt32(initialN)
    var delta = 0
    var bias = initialBias
    while handled < input.count, let next = input.lazy.map(\.value).filter({ $0 >= n }).min() {
      delta += Int(next - n) * (handled + 1)
      n = next
      for scalar in input {
        if scalar.value < n { delta += 1 }
        guard scalar.value == n else { continue }
        appendVariableLength(delta, bias: bias, to: &output)
        bias = adapted(delta: delta, count: handled + 1, isFirst: handled == basic)
        delta = 0
        handled += 1
      }
      delta += 1
      n += 1
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func threshold(_ k: Int, bias: Int) -> Int { min(max(k - bias, tMin), tMax) }

  private static func variableLength(_ rest: inout ArraySlice<UInt8>, bias: Int) -> Int? {
    var value = 0
    var weight = 1
    var k = base
    while let character = rest.popFirst() {
      guard let digit = digit(of: character) else { return nil }
      let (product, overflow) = digit.multipliedReportingOverflow(by: weight)
      let (sum, tooLarge) = value.addingReportingOverflow(product)
      guard !overflow, !tooLarge else { return nil }
      value = sum
      let t = threshold(k, bias: bias)
      if digit < t { return value }
      let (next, tooHeavy) = weight.multipliedReportingOverflow(by: base - t)
      guard !tooHeavy else { return nil }
      weight = next
      k += base
    }
    return nil
  }

  private static func appendVariableLength(_ delta: Int, bias: Int, to output: inout [UInt8]) {
    var rest = delta
    var k = base
    while true {
      let t = threshold(k, bias: bias)
      guard rest >= t else { break }
      output.append(character(of: t + (rest - t) % (base - t)))
      rest = (rest - t) / (base - t)
      k += base
    }
    output.append(character(of: rest))
  }

  private static func adapted(delta: Int, count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / damp : delta / 2
    delta += delta / count
    var k = 0
    while delta > (base - tMin) * tMax / 2 {
      delta /= base - tMin
      k += base
    }
    return k + (base - tMin + 1) * delta / (delta + skew)
  }

  private static func digit(of character: UInt8) -> Int? {
    switch character {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(character) - 97
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(character) - 65
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(character) - 22
    default: nil
    }
  }

  private static func character(of digit: Int) -> UInt8 {
    UInt8(digit < 26 ? digit + 97 : digit + 22)
  }
}
