import ElectrumProtocol
import Probing
import Records

extension ExchangeRecord {
  /// Adds what can be compared between servers.
  mutating func classify(_ exchange: Exchange) {
    paddingClass = Self.paddingClass(self)
    delay = exchange.delay
    serviceMilliseconds = exchange.serviceMicroseconds.map { Double($0) / 1000 }
  }

  /// Where the line end was not kept, spaces may not have been either.
  private static func paddingClass(_ record: ExchangeRecord) -> PaddingClass? {
    guard record.lineEnd != nil, let padding = record.paddingBytes, let bytes = record.replyBytes
    else { return nil }
    if padding == 0 { return PaddingClass.none }
    return bytes & (bytes - 1) == 0 ? .powerOfTwo : .other
  }
}

extension Reply {
  /// The protocol version that the reply to a connection's first request agrees on; what a second
  /// one says changes nothing.
  var agreedVersion: String? {
    guard record.outcome == .answered,
      KnownProbes.question(of: record.probe).hasPrefix("server.version"),
      record.probe != "server.version.second", let pair = result?.elements, pair.count == 2
    else { return nil }
    return pair[1].text.flatMap { ProtocolVersion($0) }?.description
  }
}
