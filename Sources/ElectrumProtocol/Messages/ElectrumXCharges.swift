/// What ElectrumX charges a session for what goes wrong or is long, from `session.py` and `env.py` of
/// its releases 1.16–2.0. Who asks servers plans with these numbers, and the simulated ElectrumX
/// charges them. Unit: ElectrumX's own, of which one is forgiven each second.
public enum ElectrumXCharges {
  /// A new session.
  public static let sessionStart = 5.0
  /// A reply with an error.
  public static let errorReply = 100.0
  /// Bytes that are no JSON, with the error reply to them.
  public static let junk = 1_100.0
  /// Bytes in either direction that cost 1. Unit: bytes.
  public static let bytesPerUnit = 5_000.0
  /// Where a session is closed, by default.
  public static let hardLimit = 10_000.0
}
