public import NIOCore
public import Probing

/// The limits of one attempt.
public struct AttemptSettings: Sendable {
  public var connectTimeout: TimeAmount = .seconds(10)
  /// From the proxy's greeting to its word on the endpoint.
  public var socksTimeout: TimeAmount = .seconds(60)
  public var tlsTimeout: TimeAmount = .seconds(10)
  /// Since the last request left or the last reply came.
  public var replyTimeout: TimeAmount = .seconds(20)
  /// From the start to the end of the attempt.
  public var totalTimeout: TimeAmount = .seconds(90)
  /// Bytes that a server may send on one connection, after TLS.
  public var byteLimit = 4 << 20
  public var plan: ProbePlan

  public init(plan: ProbePlan) {
    self.plan = plan
  }
}
