import Artifact
import Foundation
import NIOCore
import Records
import TLSChannel

/// What the system or the TLS library said of a failure, as a code and a short text.
enum FailureText {
  static func number(of error: any Error) -> Int32? {
    (error as? IOError)?.errnoCode
  }

  static func outcome(ofConnecting error: any Error) -> Outcome {
    if case ChannelError.connectTimeout = error { return .connectTimedOut }
    switch number(of: error) {
    case ECONNREFUSED: return .connectRefused
    case ETIMEDOUT: return .connectTimedOut
    case EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL: return .connectUnreachable
    case ECONNRESET: return .connectReset
    default: return .connectFailed
    }
  }

  static func outcome(ofProxy error: any Error) -> Outcome {
    guard case .refused(let reply)? = error as? SOCKSFailure else { return .socksFailed }
    // REP of RFC 1928 section 6.
    switch reply {
    case 2: return .socksRefused
    case 3, 4, 6: return .connectUnreachable
    case 5: return .connectRefused
    default: return .socksFailed
    }
  }

  private static func text(of failure: SOCKSFailure) -> String {
    switch failure {
    case .refused(let reply): "the proxy's reply: \(replies[Int(reply)] ?? "code \(reply)")"
    case .authentication: "the proxy wants other credentials"
    case .malformed(let what): "the proxy speaks no SOCKS5: \(what)"
    case .closed: "the proxy closed the connection"
    }
  }

  private static let replies: [Int: String] = [
    1: "general failure", 2: "not allowed by its rules", 3: "network unreachable",
    4: "host unreachable", 5: "connection refused", 6: "time to live expired",
    7: "command not supported", 8: "address type not supported",
  ]

  /// At most 300 characters, printable.
  static func detail(of error: any Error) -> String {
    let text: String
    if let number = number(of: error) {
      text = systemErrorText(number)
    } else if case ChannelError.connectTimeout = error {
      text = "no answer in time"
    } else if let failure = error as? SOCKSFailure {
      text = Self.text(of: failure)
    } else if let error = error as? TLSError {
      text = error.description
    } else {
      text = String(describing: error)
    }
    return EscapedText.escape(String(text.prefix(300)))
  }
}
