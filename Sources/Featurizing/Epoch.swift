import Records

/// A stretch of time whose scans are looked at together.
struct Epoch: Equatable {
  /// Its start, UTC, in the form in which scans are named; the name of a scan that tells no time.
  let name: String
  /// In ascending order.
  let scans: [String]

  /// Epochs in ascending order of their names; they begin at whole multiples of `hours` since 1970.
  static func group(_ scans: [String], hours: Int) -> [Epoch] {
    Dictionary(grouping: scans) { name(of: $0, hours: hours) }
      .map { Epoch(name: $0.key, scans: $0.value.sorted()) }
      .sorted { $0.name < $1.name }
  }

  private static func name(of scan: String, hours: Int) -> String {
    guard let microseconds = start(of: scan) else { return scan }
    let length = hours * 3600
    let seconds = microseconds / 1_000_000
    let text = Timestamp.text(seconds: seconds - (seconds % length + length) % length)
    return text.filter { $0 != "-" && $0 != ":" }
  }

  /// When a scan began, after its name `20260102T030405Z` or `20260102T030405Z-vantage`, in
  /// microseconds since 1970; nil where the name tells no time.
  static func start(of scan: String) -> Int? {
    let bytes = Array(scan.utf8.prefix(17))
    guard bytes.count >= 16, bytes.count == 16 || bytes[16] == UInt8(ascii: "-") else {
      return nil
    }
    func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    return Timestamp.microseconds(
      "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13)):\(part(13..<15))Z"
    )
  }
}
