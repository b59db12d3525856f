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

  /// At most 300 characters, printable.
  static func detail(of error: any Error) -> String {
    let text: String
    if let number = number(of: error) {
      text = systemErrorText(number)
    } else if case ChannelError.connectTimeout = error {
      text = "no answer in time"
    } else if let error = error as? TLSError {
      text = error.description
    } else {
      text = String(describing: error)
    }
    return EscapedText.escape(String(text.prefix(300)))
  }
}
