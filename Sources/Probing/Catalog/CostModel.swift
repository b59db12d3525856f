internal import ElectrumProtocol

/// What a request costs a client of ElectrumX, from `session.py` and `env.py` of its releases
/// 1.16–2.0: a session starts at 5, every 5,000 bytes in either direction cost 1, an error reply
/// 100, bytes that are no JSON 1,100 in all. Between 1,000 and 10,000 the server slows down, at 10,000
/// it closes; sessions of one /24 or /48 add up; 1 is forgiven each second.
public enum CostModel {
  public static let sessionStart = ElectrumXCharges.sessionStart
  public static let hardLimit = ElectrumXCharges.hardLimit
  public static let errorReply = ElectrumXCharges.errorReply
  /// Bytes that are no JSON, with the error reply to them.
  public static let junk = ElectrumXCharges.junk
  /// What a plan may cost a server in one scan: a tenth of the default hard limit.
  public static let planLimit = hardLimit / 10

  /// - Parameters:
  ///   - work: the method's own cost.
  ///   - bytes: request and reply on the wire together; a padded reply has at least 1,024.
  public static func request(work: Double, bytes: Int = 1_224) -> Double {
    work + Double(bytes) / ElectrumXCharges.bytesPerUnit
  }

  /// The method's own cost, as `session.py` adds it.
  public static func work(of method: String) -> Double {
    switch method {
    case "server.features": 0.2
    case "blockchain.headers.subscribe": 0.25
    case "server.ping", "server.donation_address": 0.1
    case "server.banner", "server.version": 0.5
    case "server.peers.subscribe": 1
    case "blockchain.block.header": 1.25
    // .1, and 2 more where the server has to ask its node.
    case "blockchain.estimatefee": 2.1
    default: 1
    }
  }
}
