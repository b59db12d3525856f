import ElectrumProtocol
import Foundation

/// Lines that were read, each different one once: servers of one release answer most questions with
/// the same bytes, in scan after scan.
///
/// Lines of some length altogether are kept, those last met, so that servers which never say the
/// same twice do not fill the memory.
final class LineMemory {
  private struct Known {
    let line: [UInt8]
    let request: Int?
    let reading: ReadLine?
  }

  /// Bytes of lines before they are the older ones, of which as many are kept. What is read of a
  /// line takes up to thirty times its length.
  private static let mostBytes = 1 << 20
  /// A longer line is read each time.
  private static let longestLine = 1 << 16

  /// By a hash of line and request, which another line may have: then it takes the place.
  private var recent: [Int: Known] = [:]
  private var older: [Int: Known] = [:]
  private var recentBytes = 0
  private let elements = ElementMemory()

  /// Reads a line that answers a request.
  func read(_ line: ArraySlice<UInt8>, to request: Int?) -> ReadLine? {
    guard line.count <= Self.longestLine else { return ReadLine(line, to: request) }
    let hash = Self.hash(line, request)
    if let known = recent[hash], Self.isSame(known, line, request) { return known.reading }
    if let known = older[hash], Self.isSame(known, line, request) {
      remember(known, hash)
      return known.reading
    }
    let reading = ReadLine(line, to: request)
    remember(Known(line: Array(line), request: request, reading: reading), hash)
    return reading
  }

  /// Reads a list of peers, which is each server's own, but not so the peers in it.
  func read(peers line: ArraySlice<UInt8>, to request: Int?) -> ReadLine? {
    ReadLine(line, to: request, elements: elements)
  }

  private func remember(_ known: Known, _ hash: Int) {
    if recentBytes + known.line.count > Self.mostBytes {
      older = recent
      recent = [:]
      recentBytes = 0
    }
    recentBytes += known.line.count
    recent[hash] = known
  }

  private static func hash(_ line: ArraySlice<UInt8>, _ request: Int?) -> Int {
    var hasher = Hasher()
    hasher.combine(request)
    line.withUnsafeBytes { hasher.combine(bytes: $0) }
    return hasher.finalize()
  }

  private static func isSame(
    _ known: Known, _ line: ArraySlice<UInt8>, _ request: Int?
  ) -> Bool {
    guard known.request == request, known.line.count == line.count else { return false }
    return known.line.withUnsafeBytes { one in
      line.withUnsafeBytes { other in
        guard let start = one.baseAddress, let otherStart = other.baseAddress else { return true }
        return memcmp(start, otherStart, one.count) == 0
      }
    }
  }
}
