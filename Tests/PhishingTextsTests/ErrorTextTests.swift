import PhishingTexts
import Statistics
import Testing

/// Error texts that ask for something.
struct ErrorTextTests {
  private func kind(_ text: String) -> PhishingVerdict.Kind? { ErrorText.verdict(text)?.kind }

  /// The forms of the attacks of December 2018 and later, in our own words.
  @Test(arguments: [
    "Error: <a href='https://electrum.evil.example/dl'>update</a>",
    "You must update.<br>Your version is old", "<b>Important</b> notice",
    "&lt;b&gt;Important&lt;/b&gt;", "&amp;lt;br/&amp;gt;", "< img src=x >",
    "&#60;font color=red&#62;", "<span style = \"color:red\">",
    "\u{FF1C}b\u{FF1E}x\u{FF1C}/b\u{FF1E}",
  ]) func `markup is found however it is written`(text: String) {
    #expect(kind(text) == .markup)
  }

  @Test func `a picture in the text is found`() {
    #expect(kind("see data:image/png;base64,AAAA") == .image)
  }

  @Test(
    arguments: [
      (
        "update required: https://electrum-security.example/win.exe",
        "https://electrum-security.example/win.exe"
      ),
      ("Please upgrade at electrumcore dot com now", "electrumcore.com"),
      ("download it from hxxps://wallet-fix[.]xyz/a", "https://wallet-fix.xyz/a"),
      ("install www.electrum.bz", "www.electrum.bz"),
      ("скачайте новую версию: http://1.2.3.4/e", "http://1.2.3.4/e"),
      ("请下载 https://qianbao.example/x", "https://qianbao.example/x"),
      ("download https://electrum.org@evil.example/x", "https://electrum.org@evil.example/x"),
      ("download https://electrum.org.evil.example", "https://electrum.org.evil.example"),
      ("u\u{200B}pdate at https://evil.example/", "https://evil.example/"),
      ("\u{FF35}pdate: https://evil.example", "https://evil.example"),
      ("download https://\u{435}lectrum.org/", "https://\u{435}lectrum.org/"),
      ("uрdаte from https://evil.example/", "https://evil.example/"),
      (
        "docs: https://electrum.readthedocs.io - download https://evil.example/a",
        "https://evil.example/a"
      ),
    ]) func `a link that a call leads to is found, however it is disguised`(
      text: String, link: String
    )
  {
    #expect(
      ErrorText.verdict(text) == ErrorText.verdict("download \(link)")
        || ErrorText.verdict(text)?.link == link)
    #expect(ErrorText.verdict(text)?.kind == .calledLink)
    #expect(ErrorText.verdict(text)?.link == link)
  }

  @Test(arguments: [
    "Security alert: your Electrum wallet is outdated, please upgrade immediately",
    "Ваш кошелёк устарел, срочно обновите", "您的钱包版本过期，请立即升级",
  ]) func `a call, a wallet and an alarm need no link`(text: String) {
    #expect(kind(text) == .alarm)
  }

  /// What honest servers and proxies answer.
  @Test(arguments: [
    "unknown method \"foo.bar\"", "unsupported client: electrum/2.9.3",
    "unsupported protocol version: 0.9", "use server.version to identify client",
    "excessive resource usage", "server busy - request timed out", "history too large",
    "daemon error: DaemonError({'code': -5, 'message': 'No such mempool or blockchain transaction. "
      + "Use gettransaction for wallet transactions.'})",
    "the transaction was rejected by network rules.\n\nTX decode failed",
    "unsupported version 1.3, see https://electrum-protocol.readthedocs.io/en/latest/",
    "client not supported, documentation: https://docs.server.example/clients",
    "method removed; see https://example.org/changes", "update", "update pending, try again later",
    "Failed to parse Json from string: GET / HTTP/1.1", "expected <int>, found <class 'str'>",
    "<built-in function x> at <0x7f>", "a < b and c > d", "1 <b> 2",
    "unsupported client electrum/3.3.3: see https://electrum.org/#download",
    "please update your client: https://electrum.org/",
    "Wallet software too old. https://bitcoincore.org/en/download",
    "database was updated, restart node https://status.example.com",
    "<html><head><title>502 Bad Gateway</title></head><body></body></html>",
    "Your transaction was successfully broadcast.<br/><br/>However, you are using a VULNERABLE "
      + "version of Electrum.<br/>Download the new version from the usual place:<br/>"
      + "https://electrum.org/<br/>",
    "", "<", "&", "&#", "&#x;", "h", "www.", "https://",
  ]) func `honest errors ask for nothing`(text: String) {
    #expect(ErrorText.verdict(text) == nil)
  }

  @Test func `strangers' texts never trap and are read within bounds`() {
    let pieces = [
      "<", ">", "</a", "<img", "&#x3c;", "&amp;", "https://", "hxxp://", "[.]", " dot ", ".",
      "com/",
      "update", "скача", "钱包", "\u{202E}", "\u{0}", "=", "'", "\"", "electrum", "\u{435}l", "\n",
      "x dot com", "\u{1F600}", "\u{0307}", "i\u{307}ndir", "www.", "@", ":", "/", "?", "#",
    ]
    var random = SplitMix64(seed: 4968)
    for _ in 0..<3000 {
      var text = ""
      for _ in 0..<random.nextIndex(below: 24) {
        text += pieces[random.nextIndex(below: pieces.count)]
      }
      _ = ErrorText.verdict(text)
      _ = BannerText.finding(text, ownNames: [text])
    }
    _ = ErrorText.verdict(String(repeating: "<a", count: 200_000))
    _ = ErrorText.verdict(String(repeating: "a dot com ", count: 20_000))
    _ = ErrorText.verdict(String(repeating: "a.", count: 100_000) + "com")
  }
}
