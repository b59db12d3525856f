import ServerTexts
import Testing

/// Texts that strangers write alike.
struct OrdinaryTextTests {
  @Test(arguments: [
    "hello", "Hello!", "HELLO WORLD", "", "   ", "-", "12345", "welcome to my Electrum server",
    "Welcome to https://a.example/x", "test", "Test server 1.2.3", "None", "your banner here",
    "Public Electrum server, please donate", "hi bob", "欢迎", "***", "ElectrumX 1.16.0",
    "hello\u{200B}",
    "Lorem ipsum", "<U> <A> <N>",
  ]) func `a greeting, a name of software or a short text is nobody's own`(text: String) {
    #expect(OrdinaryText.isOrdinary(mask: TextMask.mask(text)))
  }

  @Test(arguments: [
    "cedar node cluster", "Run with love in the attic, say hello",
    "Operado com carinho em São Paulo",
    "Welcome to the server of Adalbert", "欢迎来到张伟的节点", "alice.example Electrum node",
  ]) func `a text with words of its own is somebody's`(text: String) {
    #expect(!OrdinaryText.isOrdinary(mask: TextMask.mask(text)))
  }

  @Test func `the words are sorted, each once, in lower case`() {
    #expect(OrdinaryText.words == Set(OrdinaryText.words).sorted())
    #expect(OrdinaryText.words.allSatisfy { $0 == $0.lowercased() })
  }

  @Test(arguments: [
    (ContactToken.Kind.email, "you@example.com"), (.email, "your-email@gmail.com"),
    (.email, "admin@mail.yourdomain.com"), (.url, "https://example.org/donate"),
    (.handle, "@username"), (.telegram, "yourname"),
  ]) func `a contact from a tutorial is nobody's`(kind: ContactToken.Kind, value: String) {
    #expect(ContactToken(kind: kind, value: value).isPlaceholder)
  }

  @Test(arguments: [
    (ContactToken.Kind.email, "me@alice.example"), (.email, "user@notexample.com"),
    (.url, "https://example.com.evil.test/"), (.handle, "@alice"), (.telegram, "electrum_alice"),
  ]) func `a contact of somebody's own is one`(kind: ContactToken.Kind, value: String) {
    #expect(!ContactToken(kind: kind, value: value).isPlaceholder)
  }
}
