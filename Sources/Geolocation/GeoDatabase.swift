internal import CMaxMindDB

/// One open MaxMind-format database, memory-mapped; owns and closes its handle.
///
/// Immutable after opening, so lookups from several threads are safe (libmaxminddb keeps no state
/// between lookups).
public final class GeoDatabase: @unchecked Sendable {
  public let path: String
  /// The type the database states, such as `GeoLite2-City`; text of its maker.
  public let databaseType: String
  /// Seconds since 1970 when its maker built it.
  public let buildEpoch: UInt64

  private let handle: UnsafeMutablePointer<MMDB_s>

  /// Maps the file. The file must not shrink while it is open.
  public init(path: String) throws(GeolocationError) {
    let handle = UnsafeMutablePointer<MMDB_s>.allocate(capacity: 1)
    let status = MMDB_open(path, UInt32(MMDB_MODE_MMAP), handle)
    guard status == MMDB_SUCCESS else {
      handle.deallocate()
      if cmaxminddb_is_open_failure(status) { throw .missing(path: path) }
      if cmaxminddb_is_not_a_database(status) { throw .notADatabase(path: path) }
      throw .corrupt(path: path, detail: Self.message(status))
    }
    self.path = path
    self.handle = handle
    databaseType = handle.pointee.metadata.database_type.map { String(cString: $0) } ?? ""
    buildEpoch = handle.pointee.metadata.build_epoch
  }

  deinit {
    MMDB_close(handle)
    handle.deallocate()
  }

  /// What the database holds for exactly this address; nil if it has no entry.
  func record(for address: NetworkAddress) throws(GeolocationError) -> GeoRecord? {
    var entry = MMDB_entry_s()
    var found = false
    try check(
      cmaxminddb_lookup(handle, address.bytes, address.bytes.count, &entry, &found))
    guard found else { return nil }
    var record = GeoRecord()
    record.countryCode = try countryCode(entry)
    record.latitude = try double(entry, "location", "latitude", within: 90)
    record.longitude = try double(entry, "location", "longitude", within: 180)
    record.autonomousSystemNumber = try autonomousSystemNumber(entry)
    record.autonomousSystemName = try text(
      entry,
      anyOf: [
        ["autonomous_system_organization"], ["as_name"],
        ["traits", "autonomous_system_organization"],
      ])
    return record
  }

  /// Codes that some makers give to addresses of no country: unassigned ones, and whole regions.
  private static let noCountries: Set = ["AP", "EU", "XX", "ZZ"]

  /// Where the address is used, never where its network is registered.
  private func countryCode(_ entry: MMDB_entry_s) throws(GeolocationError) -> String? {
    let code = try text(entry, anyOf: [["country", "iso_code"], ["country_code"], ["country"]])
    guard let code, code.utf8.count == 2,
      code.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
    else { return nil }
    return Self.noCountries.contains(code) ? nil : code
  }

  /// A number, or `AS` and a number, in the record or in the traits of a combined database.
  private func autonomousSystemNumber(_ entry: MMDB_entry_s) throws(GeolocationError) -> UInt32? {
    let paths = [
      ["autonomous_system_number"], ["asn"], ["traits", "autonomous_system_number"],
    ]
    for path in paths {
      var value: UInt64 = 0
      var found = false
      var entry = entry
      let second = path.count > 1 ? path[1] : nil
      try check(cmaxminddb_unsigned(&entry, path[0], second, &value, &found))
      if found { return UInt32(exactly: value).flatMap { $0 == 0 ? nil : $0 } }
    }
    guard let label = try text(entry, anyOf: [["asn"]]), label.hasPrefix("AS") else { return nil }
    return UInt32(label.dropFirst(2)).flatMap { $0 == 0 ? nil : $0 }
  }

  /// The first non-empty text found at one of these paths of one or two keys.
  private func text(
    _ entry: MMDB_entry_s, anyOf paths: [[String]]
  ) throws(GeolocationError) -> String? {
    var entry = entry
    for path in paths {
      var start: UnsafePointer<CChar>?
      var length = 0
      var found = false
      let second = path.count > 1 ? path[1] : nil
      try check(cmaxminddb_text(&entry, path[0], second, &start, &length, &found))
      guard found, let start, length > 0 else { continue }
      return String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
    }
    return nil
  }

  private func double(
    _ entry: MMDB_entry_s, _ first: String, _ second: String, within bound: Double
  ) throws(GeolocationError) -> Double? {
    var entry = entry
    var value = 0.0
    var found = false
    try check(cmaxminddb_double(&entry, first, second, &value, &found))
    return found && abs(value) <= bound ? value : nil
  }

  private func check(_ status: Int32) throws(GeolocationError) {
    guard status == MMDB_SUCCESS else {
      throw .corrupt(path: path, detail: Self.message(status))
    }
  }

  private static func message(_ status: Int32) -> String {
    MMDB_strerror(status).map { String(cString: $0) } ?? "status \(status)"
  }
}
