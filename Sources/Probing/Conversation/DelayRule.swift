internal import Records

/// Which replies ElectrumX's traffic padding can have held back, by the rule that its releases
/// follow: a small packet waits up to a second once 1,024 unpadded bytes have left, unless nothing
/// left during the last second. 1.18 knows no such allowance.
struct DelayRule: Sendable {
  private static let warmUpBytes = 1_024
  private static let minimumPacket = 1_024
  private static let waitMicroseconds = 1_000_000
  private static let withoutWarmUp = "ElectrumX 1.18"

  private var padsReplies = false
  /// Before the line last seen.
  private var unpaddedBefore = 0
  private var unpadded = 0
  private var previousArrival: Int?
  private var arrival: Int?
  private var payload = 0

  /// - Parameter bytes: of the line with its padding and end.
  mutating func sawLine(bytes: Int, padding: Int, at time: Int) {
    if padding > 0 { padsReplies = true }
    unpaddedBefore = unpadded
    payload = bytes - padding
    unpadded += payload
    if arrival != time { previousArrival = arrival }
    arrival = time
  }

  /// Of the line last seen, which answers a request sent at this time.
  func verdict(sentAt: Int, software: String?) -> ReplyDelay {
    guard padsReplies else { return .absent }
    if payload >= Self.minimumPacket { return .absent }
    let warmUp = software?.hasPrefix(Self.withoutWarmUp) == true ? 0 : Self.warmUpBytes
    if unpaddedBefore + payload <= warmUp { return .absent }
    if let previousArrival, sentAt - previousArrival > Self.waitMicroseconds { return .absent }
    return .possible
  }
}
