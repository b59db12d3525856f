internal import Records

/// The exchanges of one server that claims rest on.
struct TranscriptPage {
  /// Most bytes of markup of a page's exchanges.
  static let limit = 40_000
  /// Most bytes of one line.
  private static let lineLimit = 6_000

  let serverID: String
  let label: String
  let transcripts: [Transcript]

  var page: SitePage {
    SitePage(
      path: TranscriptReference.path(serverID), title: "Exchanges with \(label)",
      summary: "What the scan sent to server \(serverID) and what came back, where a statement of "
        + "this report rests on it. Every byte can be told from what is shown: a backslash is "
        + "\\\\, a line end \\n, any byte that is no printable text \\xNN; credentials alone are "
        + "replaced.",
      sections: [])
  }

  /// Markup of ours with the exchanges in it.
  var body: String {
    var out =
      "<p class=\"ways\"><a href=\"../../\(HTMLText.escape(ServerPage.path(serverID)))\">"
      + "what is known of the server, and how to object</a></p>\n"
    var anchors: Set<String> = []
    var left = 0
    for transcript in transcripts {
      let name = anchors.insert(transcript.reference.anchor).inserted
      var part = heading(transcript, hasAnchor: name)
      for exchange in transcript.exchanges {
        let text = Self.markup(exchange)
        if out.utf8.count + part.utf8.count + text.utf8.count > Self.limit {
          left += 1
        } else {
          part += text
        }
      }
      out += part + "</section>\n"
    }
    if left > 0 {
      out +=
        "<p>\(NumberText.count(left, "exchange")) left out for their size: the raw evidence has "
      out += "them.</p>\n"
    }
    return out
  }

  private func heading(_ transcript: Transcript, hasAnchor: Bool) -> String {
    let reference = transcript.reference
    let title =
      reference.reason == TranscriptReference.identification
      ? "What it says of itself" : reference.reason
    let when = transcript.startedAt.map { ", started \($0)" } ?? ""
    let place =
      "Scan \(reference.scan), endpoint \(reference.endpointID), attempt \(transcript.attempt)\(when): "
      + "\(transcript.outcome.rawValue)."
    return "<section\(hasAnchor ? " id=\"\(HTMLText.escape(reference.anchor))\"" : "")>"
      + "<h2>\(HTMLText.escape(title))</h2>\n<p class=\"caption\">\(HTMLText.escape(place))</p>\n"
  }

  private static func markup(_ exchange: TranscriptExchange) -> String {
    let title = "\(exchange.sequence). \(exchange.probe): \(exchange.outcome.rawValue)"
    return "<h3>\(HTMLText.escape(title))</h3>\n" + line("sent", exchange.request)
      + line("received", exchange.reply)
  }

  private static func line(_ name: String, _ bytes: [UInt8]) -> String {
    if bytes.isEmpty { return "<p class=\"caption\">\(name): nothing</p>\n" }
    let text = TranscriptLine.text(bytes, limit: lineLimit)
    return "<p class=\"caption\">\(name), \(NumberText.count(bytes.count, "byte"))</p>\n"
      + "<pre tabindex=\"0\"><code>\(HTMLText.escape(text))</code></pre>\n"
  }
}
