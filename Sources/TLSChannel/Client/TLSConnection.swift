internal import COpenSSL
package import NIOCore

/// Owns one `SSL` between two memory BIOs: bytes in, bytes out, no socket.
///
/// Confined to its channel's event loop.
package final class TLSConnection {
  package enum Progress {
    case done
    /// More bytes from the other side are needed.
    case starved
    case failed(String)
  }

  package enum ReadResult {
    case plaintext(ByteBuffer)
    case starved
    /// close_notify.
    case ended
    case failed(String)
  }

  package let handle: OpaquePointer
  private let incoming: OpaquePointer
  private let outgoing: OpaquePointer
  package let observed = TLSObservedMessages()

  package init(context: TLSContext, isServer: Bool) throws(TLSError) {
    OpenSSLErrors.clear()
    guard let handle = SSL_new(context.handle) else {
      throw TLSError(.libraryFailed, OpenSSLErrors.drain())
    }
    guard let incoming = BIO_new(BIO_s_mem()), let outgoing = BIO_new(BIO_s_mem()) else {
      SSL_free(handle)
      throw TLSError(.libraryFailed, OpenSSLErrors.drain())
    }
    self.handle = handle
    self.incoming = incoming
    self.outgoing = outgoing
    _ = COpenSSL_BIO_set_mem_eof_return(incoming, -1)
    _ = COpenSSL_BIO_set_mem_eof_return(outgoing, -1)
    SSL_set_bio(handle, incoming, outgoing)
    if isServer { SSL_set_accept_state(handle) } else { SSL_set_connect_state(handle) }
    _ = COpenSSL_SSL_set_app_data(handle, Unmanaged.passUnretained(observed).toOpaque())
    SSL_set_info_callback(handle, TLSCallbacks.information)
    SSL_set_msg_callback(handle, TLSCallbacks.message)
  }

  deinit {
    // The BIOs belong to the SSL since SSL_set_bio.
    _ = COpenSSL_SSL_set_app_data(handle, nil)
    SSL_free(handle)
  }

  package func receive(_ bytes: ByteBuffer) -> Bool {
    bytes.withUnsafeReadableBytes { raw in
      guard let start = raw.baseAddress, let count = Int32(exactly: raw.count) else {
        return raw.isEmpty
      }
      return BIO_write(incoming, start, count) == count
    }
  }

  package func handshake() -> Progress {
    OpenSSLErrors.clear()
    let result = SSL_do_handshake(handle)
    if result == 1 { return .done }
    switch SSL_get_error(handle, result) {
    case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .starved
    default: return .failed(OpenSSLErrors.drain())
    }
  }

  /// At most one record's worth, 16 KiB.
  package func read(_ allocator: ByteBufferAllocator) -> ReadResult {
    OpenSSLErrors.clear()
    var buffer = allocator.buffer(capacity: 16_384)
    var status: Int32 = 0
    let count = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 16_384) { raw in
      status = SSL_read(handle, raw.baseAddress, Int32(clamping: raw.count))
      return max(0, Int(status))
    }
    if count > 0 { return .plaintext(buffer) }
    switch SSL_get_error(handle, status) {
    case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .starved
    case SSL_ERROR_ZERO_RETURN: return .ended
    default: return .failed(OpenSSLErrors.drain())
    }
  }

  /// Encrypts as much of the buffer as one call takes and moves its reader index past it.
  package func write(_ buffer: inout ByteBuffer) -> Progress {
    OpenSSLErrors.clear()
    var status: Int32 = 0
    buffer.readWithUnsafeReadableBytes { raw in
      status = SSL_write(handle, raw.baseAddress, Int32(clamping: raw.count))
      return max(0, Int(status))
    }
    if status > 0 { return .done }
    switch SSL_get_error(handle, status) {
    case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .starved
    default: return .failed(OpenSSLErrors.drain())
    }
  }

  /// Queues our close_notify.
  package func shutDown() {
    OpenSSLErrors.clear()
    if SSL_is_init_finished(handle) == 1 { _ = SSL_shutdown(handle) }
    OpenSSLErrors.clear()
  }

  /// Everything that OpenSSL wants sent, nil if nothing.
  package func takeOutgoing(_ allocator: ByteBufferAllocator) -> ByteBuffer? {
    let pending = COpenSSL_BIO_pending(outgoing)
    if pending == 0 { return nil }
    var buffer = allocator.buffer(capacity: pending)
    buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: pending) { raw in
      max(0, Int(BIO_read(outgoing, raw.baseAddress, Int32(clamping: pending))))
    }
    return buffer.readableBytes > 0 ? buffer : nil
  }
}
