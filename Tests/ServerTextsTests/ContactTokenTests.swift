import ServerTexts
import Testing

/// Contact tokens of a text, in canonical form.
struct ContactTokenTests {
  private func found(_ text: String) -> [String] {
    ContactTokens(in: text).tokens.map { "\($0.kind.rawValue) \($0.value)" }
  }

  @Test(arguments: [
    ("Contact: Admin@Example.ORG.", ["email admin@example.org"]),
    ("<mailto:a.b+c@mail.example.org>", ["email a.b+c@mail.example.org"]),
    ("post@bücher.example", ["email post@xn--bcher-kva.example"]),
    ("a@b and foo@localhost and @", [String]()),
    (
      "PGP: 0123456789ABCDEF0123456789abcdef01234567",
      ["pgp-fingerprint 0123456789ABCDEF0123456789ABCDEF01234567"]
    ),
    (
      "0123 4567 89AB CDEF 0123  4567 89ab cdef 0123 4567",
      ["pgp-fingerprint 0123456789ABCDEF0123456789ABCDEF01234567"]
    ),
    ("commit 0123456789abcdef0123456789abcdef01234567", []),
    ("key 0xDEADBEEF01234567, gpg", ["pgp-key-id DEADBEEF01234567"]),
    (
      "npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg",
      ["nostr npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg"]
    ),
    ("npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptq", []),
    (
      "at www1.22MGR2fndslabzvx4sj7ialugn2jv3cfqjb3dnj67a6vnrkp7g4l37ad.onion:50001",
      ["onion 22mgr2fndslabzvx4sj7ialugn2jv3cfqjb3dnj67a6vnrkp7g4l37ad.onion"]
    ),
    ("22mgr2fndslabzvx4sj7ialugn2jv3cfqjb3dnj67a6vnrkp7g4l37ae.onion", []),
    (
      "@alice:matrix.org and #room:example.org",
      ["matrix #room:example.org", "matrix @alice:matrix.org"]
    ),
    ("https://matrix.to/#/@Alice:matrix.org", ["matrix @alice:matrix.org"]),
    ("Telegram: @Some_Name", ["telegram some_name"]),
    (
      "t.me/Some_Name, https://t.me/joinchat/AAAA",
      ["telegram some_name", "url https://t.me/joinchat/AAAA"]
    ),
    ("https://twitter.com/Alice?s=1 twitter:@bob", ["twitter alice", "twitter bob"]),
    ("@alice@Mastodon.example", ["fediverse @alice@mastodon.example"]),
    ("https://mastodon.example/@Alice", ["fediverse @alice@mastodon.example"]),
    ("follow @alice!", ["handle @alice"]),
    (
      "HTTPS://user:pw@Example.org:443/, http://example.org:8080/a?b#c",
      ["url http://example.org:8080/a?b#c", "url https://example.org"]
    ),
    ("https://electrum.org@evil.example/x", ["url https://evil.example/x"]),
    ("http://[2001:DB8::1]:80/", ["url http://[2001:db8::1]"]),
    ("pay ₿alice@example.org", []),
  ]) func `each kind is recognised where it is written as people write it`(
    text: String, tokens: [String]
  ) {
    #expect(found(text) == tokens)
  }

  @Test func `an onion site gives its URL and its name`() {
    let name = "explorerzydxu5ecjrkwceayqybizmpjjznk5izmitf2modhcusuqlid.onion"
    #expect(found("http://\(name)/x") == ["onion \(name)", "url http://\(name)/x"])
  }

  @Test func `the order of lines changes nothing, and a token stands once`() {
    let lines = [
      "mail: a@example.org", "PGP 0x0123456789ABCDEF", "https://example.org/", "Telegram @abc",
      "A@EXAMPLE.ORG", "@abc", "http://example.org",
    ]
    let expected = ContactTokens(in: lines.joined(separator: "\n"))
    #expect(expected.tokens.count == 6)
    for shift in 1..<lines.count {
      let turned = lines[shift...] + lines[..<shift]
      #expect(ContactTokens(in: turned.joined(separator: "\r\n")) == expected)
    }
  }

  @Test func `number and length are bounded, and it is said where something was left out`() {
    let many = (0..<100).map { "user\($0)@example.org" }.joined(separator: " ")
    let tokens = ContactTokens(in: many)
    #expect(tokens.tokens.count == ContactTokens.countLimit)
    #expect(!tokens.isComplete)
    #expect(ContactTokens(in: "a@example.org").isComplete)
    let long = "https://example.org/" + String(repeating: "a", count: 300)
    #expect(ContactTokens(in: long).tokens.isEmpty)
  }
}
