internal import NIOCore

/// What some hosts do on a TLS port in place of a handshake: after the client's first bytes, these
/// bytes and perhaps an end.
final class HandshakeAbuseHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let abuse: HandshakeAbuse
  private var isDone = false

  init(_ abuse: HandshakeAbuse) {
    self.abuse = abuse
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isDone else { return }
    isDone = true
    let channel = context.channel
    let written = context.eventLoop.makePromise(of: Void.self)
    if abuse.closes { written.futureResult.whenComplete { _ in channel.close(promise: nil) } }
    context.writeAndFlush(
      wrapOutboundOut(channel.allocator.buffer(bytes: abuse.bytes)), promise: written)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
