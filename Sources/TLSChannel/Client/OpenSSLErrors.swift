import COpenSSL

/// OpenSSL's error queue of this thread: cleared before a call, drained after a failure.
package enum OpenSSLErrors {
  package static func clear() {
    ERR_clear_error()
  }

  /// The queued errors, oldest first, as "library: reason", joined by "; ". Empty if there are none.
  package static func drain() -> String {
    var texts: [String] = []
    while texts.count < 8 {
      let code = ERR_get_error()
      if code == 0 { break }
      let library = ERR_lib_error_string(code).map { String(cString: $0) }
      let reason = ERR_reason_error_string(code).map { String(cString: $0) }
      texts.append([library ?? "OpenSSL", reason ?? "error \(code)"].joined(separator: ": "))
    }
    ERR_clear_error()
    return texts.joined(separator: "; ")
  }
}
