/// How the common name of a certificate reads, as text.
public enum CertificateNameForm {
  public static let none = "none"
  public static let localhost = "localhost"
  /// A name or address of a machine.
  public static let host = "host"

  /// A form of words, which only a maker with a habit has; nil where anybody's certificate has the
  /// form. No form of words is one of the others: its words are single letters.
  public static func habit(_ text: String?) -> String? {
    text.flatMap { [none, localhost, host].contains($0) ? nil : $0 }
  }
}
