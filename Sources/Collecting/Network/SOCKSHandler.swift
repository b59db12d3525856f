import NIOCore
import Records

/// The proxy was reached and is being asked. A user inbound event.
struct SOCKSProxyReached: Sendable {}

/// A tunnel through a SOCKS5 proxy: handlers behind it see a connection that becomes active when the
/// tunnel stands, and a ``SOCKSFailure`` where it does not. Confined to its event loop.
final class SOCKSHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private var client: SOCKSClient
  private var isOpen = false
  private var hasFailed = false

  init(_ client: SOCKSClient) {
    self.client = client
  }

  func channelActive(context: ChannelHandlerContext) {
    context.fireUserInboundEventTriggered(SOCKSProxyReached())
    send(client.greeting, context)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if isOpen { return context.fireChannelRead(data) }
    if hasFailed { return }
    let bytes = unwrapInboundIn(data)
    switch client.receive(bytes.readableBytesView) {
    case .send(let bytes): send(bytes, context)
    case .failed(let failure): fail(failure, context)
    case .starved: break
    case .connected(let rest):
      isOpen = true
      context.fireChannelActive()
      if rest.isEmpty { return }
      context.fireChannelRead(wrapInboundOut(context.channel.allocator.buffer(bytes: rest)))
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    if !isOpen, !hasFailed { fail(.closed, context) }
    context.fireChannelInactive()
  }

  private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
    context.writeAndFlush(
      wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
  }

  private func fail(_ failure: SOCKSFailure, _ context: ChannelHandlerContext) {
    hasFailed = true
    context.fireErrorCaught(failure)
  }
}
