/// Times as RFC 3339 text, without a calendar library: proleptic Gregorian.
extension UTCTime {
  /// `2026-01-02T03:04:05Z` of seconds since 1970, with the fraction where `microseconds` is given.
  ///
  /// Years outside 0...9999, which RFC 3339 cannot write, are held at its ends.
  public static func text(seconds: Int, microseconds: Int? = nil) -> String {
    let bounded = min(max(seconds, -62_167_219_200), 253_402_300_799)
    let day = Int((Double(bounded) / 86_400).rounded(.down))
    let rest = bounded - day * 86_400
    let (year, month, dayOfMonth) = civil(day)
    var text = "\(pad(year, 4))-\(pad(month, 2))-\(pad(dayOfMonth, 2))T"
    text += "\(pad(rest / 3600, 2)):\(pad(rest / 60 % 60, 2)):\(pad(rest % 60, 2))"
    if let microseconds { text += ".\(pad(microseconds, 6))" }
    return text + "Z"
  }

  /// Microseconds since 1970 of a text that `text` wrote; nil for anything else.
  public static func microseconds(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count == 20 || bytes.count == 27, bytes.last == UInt8(ascii: "Z"),
      bytes[10] == UInt8(ascii: "T")
    else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      Int(String(decoding: bytes[range], as: UTF8.self))
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    let fraction = bytes.count == 27 ? number(20..<26) : 0
    guard let fraction else { return nil }
    let days = days(year, month, day)
    return (days * 86_400 + hour * 3600 + minute * 60 + second) * 1_000_000 + fraction
  }

  private static func pad(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// Days since 1970 of a civil date (the era of 400 years has 146,097 days).
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = Int((Double(shifted) / 400).rounded(.down))
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func civil(_ day: Int) -> (Int, Int, Int) {
    let shifted = day + 719_468
    let era = Int((Double(shifted) / 146_097).rounded(.down))
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth)
  }
}
