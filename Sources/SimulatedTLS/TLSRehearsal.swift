internal import NIOCore
package import TLSChannel

/// A handshake of our observing client with one of our servers, without a socket between them.
package enum TLSRehearsal {
  /// What the client sees at its first read after the handshake, tickets included.
  ///
  /// - Throws: `tls.handshake-failed` where the two have nothing in common.
  package static func summary(
    of server: TLSServerContext, seenBy client: TLSClientContext
  ) throws(TLSError) -> (summary: TLSHandshakeSummary, ticketLifetime: UInt?) {
    let answering = try TLSServerHandler(context: server)
    let asking = try TLSClientHandler(context: client, serverName: nil)
    try shakeHands(asking.connection, answering.connection)
    guard let summary = asking.summarise() as? TLSHandshakeSummary else {
      throw TLSError(.libraryFailed, "no summary of a handshake")
    }
    // Tickets of TLS 1.3 follow the handshake; a read takes them in.
    _ = asking.connection.read(ByteBufferAllocator())
    let later = asking.connection.observed.takeTickets()
    return (summary, summary.ticketLifetimeHint ?? later.first)
  }

  /// Why our client gives up a handshake after these bytes; nil where it waits for more.
  package static func failure(
    after bytes: [UInt8], seenBy client: TLSClientContext
  ) throws(TLSError) -> TLSError? {
    let asking = try TLSClientHandler(context: client, serverName: nil)
    _ = try advance(asking.connection)
    guard asking.connection.receive(ByteBuffer(bytes: bytes)) else {
      throw TLSError(.libraryFailed, "memory BIO")
    }
    do throws(TLSError) {
      _ = try advance(asking.connection)
      return nil
    } catch {
      return error
    }
  }

  private static func shakeHands(
    _ client: TLSConnection, _ server: TLSConnection
  ) throws(TLSError) {
    let allocator = ByteBufferAllocator()
    var isDone = (client: false, server: false)
    while !(isDone.client && isDone.server) {
      isDone.client = try advance(client)
      let question = client.takeOutgoing(allocator)
      if let question, !server.receive(question) {
        throw TLSError(.libraryFailed, "memory BIO")
      }
      isDone.server = try advance(server)
      let answer = server.takeOutgoing(allocator)
      if let answer, !client.receive(answer) { throw TLSError(.libraryFailed, "memory BIO") }
      let isStuck = question == nil && answer == nil
      if isStuck, !(isDone.client && isDone.server) {
        throw TLSError(.handshakeFailed, "neither side goes on")
      }
    }
  }

  private static func advance(_ connection: TLSConnection) throws(TLSError) -> Bool {
    switch connection.handshake() {
    case .done: return true
    case .starved: return false
    case .failed(let detail):
      throw TLSError(
        .handshakeFailed, detail, receivedAlert: connection.observed.receivedAlert,
        sentAlert: connection.observed.sentAlert, chain: connection.observed.chain)
    }
  }
}
