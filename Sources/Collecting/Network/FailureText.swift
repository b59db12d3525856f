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

  /// Whether our own machine lacks what a connection needs: files, memory, local ports, or the local
  /// address that the vantage names. It says nothing of the server.
  static func isShortageOfOurs(_ error: any Error) -> Bool {
    guard let number = number(of: error) else { return false }
    return isShortage(number) || number == EADDRNOTAVAIL || number == EADDRINUSE
  }

  /// Of files or memory.
  static func isShortage(_ number: Int32) -> Bool {
    [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(number)
  }

  static func outcome(ofConnecting error: any Error) -> Outcome {
    if case ChannelError.connectTimeout = error { return .connectTimedOut }
    switch number(of: error) {
    case ECONNREFUSED: return .connectRefused
    case ETIMEDOUT: return .connectTimedOut
    case EHOSTUNREACH, ENETUNREACH: return .connectUnreachable
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

  /// The text for a row that blames nobody else.
  static func ours(_ detail: String) -> String { "a shortage of our own machine: \(detail)" }

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
