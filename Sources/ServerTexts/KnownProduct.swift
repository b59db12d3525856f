/// A product that makes the certificates of its users' servers: what it writes is of no owner.
///
/// From the scripts that the products publish: `mynode_gen_cert.sh` of myNode, `ssl.rs` of StartOS.
public struct KnownProduct: Sendable {
  let name: String
  /// O of subject or issuer, in lower case.
  let organisation: String

  static let all = [
    KnownProduct(name: "myNode", organisation: "mynode"),
    KnownProduct(name: "StartOS", organisation: "start9"),
  ]

  /// What the products write, in lower case, and no user of theirs: values of a subject that are
  /// nobody's words.
  public static let words: Set<String> = Set(all.map(\.organisation)).union([
    "satoshi.nakamoto@example.com"
  ])

  /// The product that made a certificate.
  /// - Parameter names: subject and issuer, as RFC 4514 writes them.
  public static func name(of names: [String]) -> String? {
    let said = Set(names.flatMap { $0.split(separator: ",") }.map { $0.lowercased() })
    return all.first { said.contains("o=" + $0.organisation) }?.name
  }
}
