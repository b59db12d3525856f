import ServerTexts
import Testing

/// Credentials are replaced.
struct CredentialsTests {
  @Test(arguments: [
    ("user:pw@e.example", "[redacted 7 bytes]@e.example"),
    ("user@e.example:50002", "[redacted 4 bytes]@e.example:50002"),
    ("ssl://user:pw@e.example:50002", "ssl://[redacted 7 bytes]@e.example:50002"),
    ("user:p@w@e.example", "[redacted 8 bytes]@e.example"),
    ("u:p/w@[2001:db8::1]:50002", "[redacted 5 bytes]@[2001:db8::1]:50002"),
    ("müller:pw@e.example", "[redacted 10 bytes]@e.example"), ("user:@", "[redacted 5 bytes]@"),
  ]) func `what stands before the last at sign of a place is gone`(place: String, expected: String)
  {
    #expect(Credentials.redacted(place: place) == expected)
    #expect(Credentials.redacted(place: expected) == nil)
  }

  @Test(arguments: ["e.example", "e.example:50002", "[2001:db8::1]", "", "@e.example", "@"])
  func `a place without credentials stays`(place: String) {
    #expect(Credentials.redacted(place: place) == nil)
  }

  @Test(arguments: [
    (
      "see https://user:pw@e.example/x and ftp://token@f.example",
      "see https://[redacted 7 bytes]@e.example/x and ftp://[redacted 5 bytes]@f.example"
    ),
    ("http://rpc:p/w?x@127.0.0.1:8332/", "http://[redacted 9 bytes]@127.0.0.1:8332/"),
    ("https://a:b@c@d.example", "https://[redacted 5 bytes]@d.example"),
    (
      "see https://a.example/x?user=me&password=p%20w&x=1, or ws://b.example/#access_token=abc",
      "see https://a.example/x?user=me&password=[redacted 5 bytes]&x=1, or ws://b.example/#access_token=[redacted 3 bytes]"
    ),
    ("https://a.example/?API-Key=k1;b=2", "https://a.example/?API-Key=[redacted 2 bytes];b=2"),
    ("connect alice:hunter2@a.example:50002.", "connect [redacted 13 bytes]@a.example:50002."),
    ("(rpc:p@w@127.0.0.1:8332)", "([redacted 7 bytes]@127.0.0.1:8332)"),
    ("CN=me:pw@a.example:50002", "CN=[redacted 5 bytes]@a.example:50002"),
    (
      "CN=me:pw@a.example:1,O=https://u:p@a.example/?token=t",
      "CN=[redacted 5 bytes]@a.example:1,O=https://[redacted 3 bytes]@a.example/?token=[redacted 1 bytes]"
    ),
    (
      "O=https://a.example/x,CN=me:pw@a.example:1",
      "O=https://a.example/x,CN=[redacted 5 bytes]@a.example:1"
    ),
    ("x u:p@[2001:db8::1]:8332/", "x [redacted 3 bytes]@[2001:db8::1]:8332/"),
    (
      "https://u:p@a.example/?token=t v:w@b.example:1",
      "https://[redacted 3 bytes]@a.example/?token=[redacted 1 bytes] [redacted 3 bytes]@b.example:1"
    ),
  ]) func `credentials in the URLs of a text are gone, and the rest stays`(
    text: String, expected: String
  ) {
    #expect(Credentials.redacted(text: text) == expected)
    #expect(Credentials.redacted(text: expected) == nil)
    #expect(!Credentials.withoutMarks(expected).contains("redacted"))
    #expect(Credentials.isMarked(expected))
  }

  @Test(arguments: [
    "mail me at alice@a.example", "https://a.example/@alice", "https://a.example:8080/x@y",
    "https://electrum.org@evil.example/x", "mail:me@a.example", "mailto:me@a.example",
    "xmpp:me@a.example/x", "lightning:me@a.example", "https://a.example/?id=7&q=token",
    "a.example?token=x", "https://a.example/?token=", "alice@a.example:50002", "a:b@c d:1",
    "https://a.example/@a:1", "", "@", "://@", "https://@a.example", "a://b c@d",
  ]) func `what is no credential stays`(text: String) {
    #expect(Credentials.redacted(text: text) == nil)
  }
}
