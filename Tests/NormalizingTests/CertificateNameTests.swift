import Testing

@testable import Normalizing

/// What a certificate's subject tells.
struct CertificateNameTests {
  @Test(arguments: [
    ("CN=localhost", CertificateName.Form.localhost), ("O=x", .none), ("CN=a.example", .host),
    ("CN=10.0.0.1", .host), ("CN=my-node7.local", .words("a-x.a")), ("CN=Server", .words("a")),
    ("CN=node 12", .words("a 0")), ("CN=mine", .host),
  ]) func `a common name has a form`(subject: String, form: CertificateName.Form) {
    #expect(CertificateName.form(of: DistinguishedName(subject), own: ["mine"]) == form)
  }

  @Test(
    arguments: [
      ("CN=localhost,O=Internet Widgits Pty Ltd,ST=Some-State,C=AU", nil),
      ("CN=localhost,C=DE", nil), ("CN=x,O=Anna's Node,C=DE", "C=de, O=anna's node, ()"),
      ("CN=my-node.local", "(a-a.a)"), ("CN=x,O=a\\,b", "O=a\\,b, ()"),
    ] as [(String, String?)]) func `a maker's words are what no tool writes by itself`(
      subject: String, words: String?
    )
  {
    let name = DistinguishedName(subject)
    let form = CertificateName.form(of: name, own: [])
    #expect(CertificateName.words(of: name, form) == words)
  }
}
