internal import NIOCore

/// Bounds on what one connection may hold, however its client behaves.
struct ConnectionLimits: Sendable {
  /// Longest line taken, whatever a server's own limit; longer ones are dropped up to their end.
  /// Unit: bytes.
  var line = 8 << 20
  /// Bytes of replies not yet taken by the client at which no further request is read.
  var pendingSoft = 256 << 10
  /// Bytes at which the connection is reset: only notifications, which nobody asks for one by one,
  /// and a single reply of that size get there.
  var pendingHard = 80 << 20
  /// ElectrumX's SESSION_TIMEOUT: without a request for so long, the connection is closed.
  var idle = TimeAmount.seconds(600)
  /// A client that takes nothing of what waits for so long is reset.
  var stalled = TimeAmount.seconds(120)
}
