import Records

extension IndicatorRule {
  static let inspectionIssuer = IndicatorRule(
    id: "I16.inspection-issuer", group: .path, grades: .init(.none),
    statement: "The certificate is of a product that inspects traffic.",
    explanation: .init(
      statistic: "Issuers that hold the name of such a product.",
      null: "Servers sign themselves, or have a certificate of a public authority.",
      rationale: "Somebody on the way reads along; it may be on our own way.",
      refutedBy: "Another certificate from another place at the same time."),
    source: .published("Durumeric et al. (2017), The security impact of HTTPS interception"),
    observe: { server, truth, _ in
      .collected(truth) { seen in
        for issuer in server.issuers {
          seen.observations += 1
          let text = issuer.text.lowercased()
          guard let product = products.first(where: { text.contains($0) }) else { continue }
          seen.hits.append(
            .init(.none, product, "scan \(truth.scan): the issuer is \(issuer.text)", issuer.place))
        }
      }
    })

  /// Names in the issuers of products that the paper and their manuals name.
  private static let products = [
    "fortinet", "fortigate", "zscaler", "blue coat", "bluecoat", "palo alto", "sophos",
    "kaspersky", "eset ssl", "avast", "avg technologies", "bitdefender", "netskope",
    "cisco umbrella", "watchguard", "sonicwall", "barracuda", "check point", "mcafee web gateway",
    "mitmproxy", "portswigger", "charles proxy", "fiddler", "untangle", "superfish",
  ]
}
