import Digests
import ElectrumProtocol
import Probing
import Records
import ServerTexts

extension ClientAnswer {
  /// What the main connection is asked under our name and a wallet is asked under its own.
  private static let compared: Set<Substring> = [
    "server.banner", "server.features", "estimatefee.2", "estimatefee.25",
  ]

  /// Histories of drawn scripts are asked on another connection under our name.
  private static func isCompared(_ reply: AskedReply, in session: String) -> Bool {
    switch session {
    case "main": compared.contains(reply.question)
    case "further":
      reply.record.probe.hasPrefix("history.")
        && KnownProbes.probe("client.wallet.\(reply.record.probe)") != nil
    default: true
    }
  }

  static func rows(
    _ asked: [AskedReply], session: String, _ source: (ExchangeRecord) -> FactSource
  ) -> [ClientAnswer] {
    guard let client = client(of: session) else { return [] }
    let name = asked.first { $0.method == "server.version" }?.params.first?.text ?? ""
    return asked.compactMap { reply in
      guard reply.method != "server.version", isCompared(reply, in: session) else { return nil }
      return ClientAnswer().with {
        $0.source = source(reply.record)
        $0.client = client
        $0.clientName = String(name.prefix(200))
        $0.subject = String(reply.question)
        $0.outcome = reply.record.outcome
        $0.figure = reply.result?.double
        $0.digest = text(of: reply).map { Hex.text(SHA256.digest(Array($0.utf8))) }
      }
    }
  }

  /// Nil for a session that is not led under several names.
  private static func client(of session: String) -> String? {
    switch session {
    case "main", "further": "ours"
    case "client.ours": "ours-again"
    case _ where session.hasPrefix("client."): String(session.dropFirst("client.".count))
    case _ where session.hasPrefix("differential."):
      String(session.dropFirst("differential.".count))
    default: nil
    }
  }

  /// The answer without what differs from one moment to the next.
  private static func text(of reply: AskedReply) -> String? {
    guard let result = reply.result else { return reply.record.errorMasked.map { "error \($0)" } }
    if reply.method.hasSuffix(".get_history"), let list = ToldHistory(result) {
      return list.entries.filter { $0.height > 0 }.map { "\($0.transaction):\($0.height):" }
        .joined()
    }
    if let text = result.text { return TextMask.mask(text) }
    if let members = result.members {
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      return String(decoding: WireValue.object(sorted).encoded(), as: UTF8.self)
    }
    return String(decoding: result.encoded(), as: UTF8.self)
  }
}
