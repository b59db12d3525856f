import ElectrumProtocol
import Memoization

/// Lines that were read, each different one once: servers of one release answer most questions with
/// the same bytes, in scan after scan.
///
/// Lines of some length altogether are kept, those last met, so that servers which never say the
/// same twice do not fill the memory.
final class LineMemory {
  private struct Question: Hashable {
    let line: WirePiece
    let request: Int?
  }

  /// Bytes of the lines of a generation. What is read of a line takes up to thirty times its length.
  private static let capacity = 1 << 20
  /// What even an empty line takes. Unit: bytes.
  private static let leastSize = 128
  /// A longer line is read each time.
  private static let longestLine = 1 << 16

  private var readings = Memo<Question, ReadLine?>(capacity: capacity)
  private let elements = ElementMemory()

  /// Reads a line that answers a request.
  func read(_ line: ArraySlice<UInt8>, to request: Int?) -> ReadLine? {
    guard line.count <= Self.longestLine else { return ReadLine(line, to: request) }
    let question = Question(line: WirePiece(line), request: request)
    if let reading = readings.value(for: question) { return reading }
    let reading = ReadLine(line, to: request)
    readings.keep(
      reading, for: Question(line: question.line.copied, request: request),
      cost: line.count + Self.leastSize)
    return reading
  }

  /// Reads a list of peers, which is each server's own, but not so the peers in it.
  func read(peers line: ArraySlice<UInt8>, to request: Int?) -> ReadLine? {
    ReadLine(line, to: request, elements: elements)
  }
}
