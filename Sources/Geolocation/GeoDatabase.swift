import Artifact
internal import CMaxMindDB
import Foundation

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
    errno = 0
    let status = MMDB_open(path, UInt32(MMDB_MODE_MMAP), handle)
    guard status == MMDB_SUCCESS else {
      let number = errno
      handle.deallocate()
      if cmaxminddb_is_open_failure(status) {
        throw GeolocationError(.missing, path: path, found: Self.reason(path, number))
      }
      if cmaxminddb_is_not_a_database(status) {
        throw GeolocationError(.notADatabase, path: path, found: Self.message(status))
      }
      throw GeolocationError(.corrupt, path: path, found: Self.message(status))
    }
    self.path = path
    self.handle = handle
    databaseType = handle.pointee.metadata.database_type.map { String(cString: $0) } ?? ""
    buildEpoch = handle.pointee.metadata.build_epoch
  }

  private static func reason(_ path: String, _ number: Int32) -> String {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      return "a directory"
    }
    return number == 0 ? "no readable file" : systemErrorText(number)
  }

  deinit {
    MMDB_close(handle)
    handle.deallocate()
  }

  /// A network of fewer bits is a catch-all: it tells where nothing is.
  private static let leastPrefix = 8

  /// What the database holds for exactly this address; nil if it has no entry.
  func record(for address: NetworkAddress) throws(GeolocationError) -> GeoRecord? {
    var entry = MMDB_entry_s()
    var found = false
    var prefix: Int32 = 0
    try check(
      cmaxminddb_lookup(handle, address.bytes, address.bytes.count, &entry, &found, &prefix))
    guard found else { return nil }
    if prefix < Self.leastPrefix {
      return GeoRecord(unread: ["network of /\(prefix), shorter than /\(Self.leastPrefix)"])
    }
    return try GeoRecord { (path: [String]) throws(GeolocationError) in
      try value(entry, at: path)
    }
  }

  /// - Parameter path: at most two keys.
  private func value(
    _ entry: MMDB_entry_s, at path: [String]
  ) throws(GeolocationError) -> GeoValue {
    var entry = entry
    var value = cmaxminddb_value()
    let first = path.first
    let second = path.count > 1 ? path[1] : nil
    try check(cmaxminddb_read(&entry, first, second, &value))
    switch Int(value.kind) {
    case CMAXMINDDB_ABSENT: return .absent
    case CMAXMINDDB_NUMBER: return .number(value.number)
    case CMAXMINDDB_MAP: return .map
    case CMAXMINDDB_TEXT:
      guard let start = value.text else { return .text("") }
      return .text(
        String(
          decoding: UnsafeRawBufferPointer(start: start, count: value.length), as: UTF8.self))
    default: return .other
    }
  }

  private func check(_ status: Int32) throws(GeolocationError) {
    guard status == MMDB_SUCCESS else {
      throw GeolocationError(.corrupt, path: path, found: Self.message(status))
    }
  }

  private static func message(_ status: Int32) -> String {
    MMDB_strerror(status).map { String(cString: $0) } ?? "status \(status)"
  }
}
