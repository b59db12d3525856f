internal import Artifact
internal import Glibc
internal import NIOCore
internal import Synchronization

/// What simulated servers learn of their clients, one canonical JSON object a line, each written as
/// soon as it is known: the ground truth for studies of what a real server could learn.
///
/// It logs simulated servers only; nothing in this project logs the users of a real server.
///
/// Every row has `event`, `time` (seconds since the log began, microseconds of a steady clock),
/// `server` (id in the scenario), `address`, `port`, `transport` (tcp or ssl), `connection` (its
/// number at this endpoint, from 1), `client` (address) and, for what came through the proxy,
/// `proxy_user` (empty without one). The events:
///
/// - `open`, `lost` (link conditions let it come to nothing), `tls` (a handshake ended: `version`,
///   `cipher`, `server_name`), `close` (`requests`, `bytes_in`, `bytes_out`).
/// - `request`: one row a request, `line` numbering the lines of a connection; a batch has a row
///   for each of its members, with `batch` their number and the bytes in the first. `method`,
///   `scripthashes` (scripts and addresses too, as scripthashes), `transactions`, `client_name`,
///   `params_sha256` of the arguments as compact JSON; `malformed` says what is wrong with a line
///   that is no request. A row is written when the reply has left or the connection ended, in the
///   order of the lines; its `time` is that of the request.
/// - `notification`: `bytes` that the server sent unasked.
///
/// Bytes are those of the Electrum protocol, line ends and the client's own padding included and
/// TLS's records and TCP's headers not. `reply_bytes` includes `reply_padding`: ElectrumX fills
/// packets that may hold several replies, and the last reply in a packet bears its padding.
public final class RequestLog: Sendable {
  public let path: String
  private let descriptor: Int32
  private let start: NIODeadline
  /// Whether a row could not be written.
  private let hasFailed = Mutex(false)

  /// Begins a new log; a file of that name is emptied.
  public init(path: String) throws(SimulationError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
    start = .now()
    guard descriptor >= 0 else {
      throw SimulationError(
        .cannotWrite, place: path, found: String(cString: strerror(errno)),
        remedy: "name a file that can be written")
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Microseconds since the log began.
  var now: Int64 { (NIODeadline.now() - start).nanoseconds / 1_000 }

  func append(_ event: String, time: Int64, _ members: [(String, JSONValue)]) {
    let row: [(String, JSONValue)] = [
      ("event", .string(event)), ("time", .number(Double(time) / 1e6)),
    ]
    var bytes = JSONValue.object(row + members).canonicalBytes
    bytes.append(UInt8(ascii: "\n"))
    let isWritten = hasFailed.withLock { hasFailed in
      if hasFailed { return true }
      hasFailed = !Self.write(bytes, to: descriptor)
      return !hasFailed
    }
    if !isWritten { FileOutput.standardError("simnet: \(path): the log of requests ends here") }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }
}
