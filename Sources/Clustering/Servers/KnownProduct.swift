/// A product that makes the certificates of its users' servers: what it writes is of no owner.
///
/// From the scripts that the products publish: `mynode_gen_cert.sh` of myNode, `ssl.rs` of StartOS.
struct KnownProduct: Sendable {
  let name: String
  /// Attribute of subject or issuer, and its value in lower case.
  let attribute: String
  let value: String

  static let all = [
    KnownProduct(name: "myNode", attribute: "O", value: "mynode"),
    KnownProduct(name: "StartOS", attribute: "O", value: "start9"),
  ]

  /// What their makers wrote, and no user of theirs: subject values that are nobody's words.
  static let words: Set<String> = Set(all.map(\.value)).union(["satoshi.nakamoto@example.com"])

  /// - Parameter names: subject and issuer, as RFC 4514 writes them.
  static func name(of names: [String]) -> String? {
    let said = names.flatMap { DistinguishedName.attributes(of: $0) }
    return all.first { product in
      said.contains { $0.type == product.attribute && $0.value.lowercased() == product.value }
    }?.name
  }
}
