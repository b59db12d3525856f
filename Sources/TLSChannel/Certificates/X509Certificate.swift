internal import COpenSSL

/// Owns one `X509`.
package final class X509Certificate {
  package let handle: OpaquePointer

  /// - Throws: `tls.bad-certificate` where the bytes are not exactly one certificate.
  package init(der: [UInt8]) throws(TLSError) {
    OpenSSLErrors.clear()
    var consumed = 0
    let parsed: OpaquePointer? = der.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return nil }
      var cursor: UnsafePointer<UInt8>? = start
      let parsed = d2i_X509(nil, &cursor, bytes.count)
      if let cursor { consumed = cursor - start }
      return parsed
    }
    guard let parsed else {
      let detail = OpenSSLErrors.drain()
      throw TLSError(.badCertificate, detail.isEmpty ? "no bytes" : detail)
    }
    guard consumed == der.count else {
      X509_free(parsed)
      throw TLSError(.badCertificate, "\(der.count - consumed) bytes follow the certificate")
    }
    handle = parsed
  }

  /// Takes over a certificate that OpenSSL built.
  package init(owning handle: OpaquePointer) {
    self.handle = handle
  }

  deinit {
    X509_free(handle)
  }
}
