internal import Glibc
internal import NIOCore
internal import Statistics

/// A connection that comes to nothing: reset as soon as it is there, or never answered.
package enum LostConnection: Sendable {
  case reset
  case unanswered

  /// Nil for a connection that is not lost.
  static func draw(
    _ conditions: LinkConditions, from random: inout Xoshiro256StarStar
  ) -> LostConnection? {
    guard conditions.lossShare > 0, random.nextUnit() < conditions.lossShare else { return nil }
    return random.nextUnit() < 0.5 ? .reset : .unanswered
  }
}

/// Takes whatever comes and says nothing.
final class LostConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}

/// Asks ``LinkHandler`` to close at once, without TLS's or its own last words.
struct ConnectionReset: Sendable {}

extension Channel {
  /// Ends the connection with a reset, so that the other side sees an error and no orderly end.
  func reset() {
    guard let socket = self as? any SocketOptionProvider else { return close(promise: nil) }
    socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in
      self.triggerUserOutboundEvent(ConnectionReset(), promise: nil)
    }
  }
}
