internal import Artifact

/// One request as it is logged: what was asked, and the bytes that it and its reply took. Confined
/// to its connection's event loop.
final class RequestRecord {
  /// Microseconds since the log began.
  let time: Int64
  /// Number of the line in its connection, from 1; the requests of a batch share it.
  let line: Int
  /// Whole line with padding and line end; 0 for all but the first request of a batch.
  let requestBytes: Int
  private let question: RequestQuestion
  private var replyBytes = 0
  private var paddingBytes = 0
  /// Messages of the reply that have not left yet.
  private var outstanding = 0

  init(time: Int64, line: Int, question: RequestQuestion, requestBytes: Int) {
    self.time = time
    self.line = line
    self.question = question
    self.requestBytes = requestBytes
  }

  /// Whether all that it takes has left.
  var isSettled: Bool { outstanding == 0 }

  func expectMessage() { outstanding += 1 }

  func sent(bytes: Int) {
    outstanding -= 1
    replyBytes += bytes
  }

  func sent(padding: Int) {
    paddingBytes += padding
    replyBytes += padding
  }

  var members: [(String, JSONValue)] {
    [
      ("line", .integer(line)), ("request_bytes", .integer(requestBytes)),
      ("reply_bytes", .integer(replyBytes)), ("reply_padding", .integer(paddingBytes)),
    ] + question.members
  }
}
