import ElectrumProtocol

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

  private struct Known {
    let reading: ReadLine?
  }

  /// Bytes of lines before they are the older ones, of which as many are kept. What is read of a
  /// line takes up to thirty times its length.
  private static let mostBytes = 1 << 20
  /// What even an empty line takes. Unit: bytes.
  private static let leastSize = 128
  /// A longer line is read each time.
  private static let longestLine = 1 << 16

  private var recent: [Question: Known] = [:]
  private var older: [Question: Known] = [:]
  private var recentBytes = 0
  private let elements = ElementMemory()

  /// Reads a line that answers a request.
  func read(_ line: ArraySlice<UInt8>, to request: Int?) -> ReadLine? {
    guard line.count <= Self.longestLine else { return ReadLine(line, to: request) }
    let question = Question(line: WirePiece(line), request: request)
    if let known = recent[question] { return known.reading }
    if let known = older[question] {
      remember(question, known)
      return known.reading
    }
    let reading = ReadLine(line, to: request)
    remember(question, Known(reading: reading))
    return reading
  }

  /// Reads a list of peers, which is each server's own, but not so the peers in it.
  func read(peers line: ArraySlice<UInt8>, to request: Int?) -> ReadLine? {
    ReadLine(line, to: request, elements: elements)
  }

  private func remember(_ question: Question, _ known: Known) {
    let line = question.line.copied
    let size = line.count + Self.leastSize
    if recentBytes + size > Self.mostBytes {
      older = recent
      recent = [:]
      recentBytes = 0
    }
    recentBytes += size
    recent[Question(line: line, request: question.request)] = known
  }
}
