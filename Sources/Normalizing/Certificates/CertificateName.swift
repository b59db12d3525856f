import Addressing
import Records
import ServerTexts

/// How a certificate is named and what its maker wrote, without third parties' help.
enum CertificateName {
  /// How the common name reads.
  enum Form: Equatable {
    case none
    case localhost
    /// A name or address of a machine.
    case host
    /// Words by class: letters `a`, digits `0`, both `x`; separators kept.
    case words(String)

    /// As the table has it; a form of words is no word, so that no two are alike.
    var text: String {
      switch self {
      case .none: CertificateNameForm.none
      case .localhost: CertificateNameForm.localhost
      case .host: CertificateNameForm.host
      case .words(let form): form
      }
    }
  }

  /// What tools write where nobody said anything: values of no owner.
  static let toolDefaults: Set<String> = [
    "", "xx", "au", "some-state", "internet widgits pty ltd", "default city",
    "default company ltd", "state", "city", "company", "organization", "some-organization",
    "example", "test", "localhost", "none", "n/a", ".",
  ]

  /// Endings of names that no public DNS has.
  static let privateEndings: Set<String> = [
    "local", "lan", "home", "internal", "localdomain", "arpa", "private", "intranet", "corp",
  ]

  /// - Parameter own: names and addresses of the server that shows it.
  static func form(of subject: DistinguishedName, own: Set<String>) -> Form {
    let name = (subject["CN"] ?? "").lowercased()
    if name.isEmpty { return .none }
    if name == "localhost" || name == "localhost.localdomain" { return .localhost }
    if own.contains(name) || HostKind(name) != .name { return .host }
    if let dot = name.lastIndex(of: "."),
      !privateEndings.contains(String(name[name.index(after: dot)...]))
    {
      return .host
    }
    return .words(classes(of: name))
  }

  private static func classes(of name: String) -> String {
    var form = ""
    var word = ""
    func end() {
      guard !word.isEmpty else { return }
      let digits = word.allSatisfy(\.isNumber)
      let letters = word.allSatisfy(\.isLetter)
      form += digits ? "0" : letters ? "a" : "x"
      word = ""
    }
    for character in name {
      if character.isLetter || character.isNumber {
        word.append(character)
      } else {
        end()
        form.append(character)
      }
    }
    end()
    return form
  }

  /// The subject's attribute values but the common name, without tools' defaults (a country alone
  /// says nothing), with the form of the common name where that is a habit.
  /// - Returns: nil where the maker said nothing.
  static func words(of subject: DistinguishedName, _ form: Form) -> String? {
    let ofNobody = toolDefaults.union(KnownProduct.words)
    var said = subject.attributes
      .filter { $0.type != "CN" && !ofNobody.contains($0.value.lowercased()) }
      .map { "\($0.type)=\($0.value.lowercased())" }.sorted()
    if said.allSatisfy({ $0.hasPrefix("C=") }) { said = [] }
    let habit = CertificateNameForm.habit(form.text).flatMap { $0 == "a" ? nil : $0 } ?? ""
    return said.isEmpty && habit.isEmpty ? nil : (said + ["(\(habit))"]).joined(separator: ", ")
  }
}

extension Certificate {
  /// Attribute types of issuer and subject, types of alternative names, validity, key, signature,
  /// serial and extensions: what the maker's template asks for, without any value. nil where the
  /// certificate cannot be read.
  var valuelessShape: String? {
    guard let subject, let issuer, let keyType, let signatureAlgorithm else { return nil }
    let kinds = Set(subjectAlternativeNames.map { String($0.prefix { $0 != ":" }) }).sorted()
    let sizes: [String] = [validityDays, keyBits].map { $0.map(String.init) ?? "" }
    let parts: [String] = [
      selfSigned == true ? "self" : DistinguishedName(issuer).types,
      DistinguishedName(subject).types, kinds.joined(separator: ","),
      sizes[0], keyType, sizes[1], keyCurve ?? "",
      signatureAlgorithm, String(((serialBits ?? 0) + 31) / 32), extensions.joined(separator: ";"),
    ]
    return parts.joined(separator: "|")
  }

  /// Tells how its common name reads, and what its maker wrote of himself.
  /// - Parameter own: names and addresses of the servers that show it.
  mutating func describeName(own: Set<String>) {
    guard let subject else { return }
    let name = DistinguishedName(subject)
    let form = CertificateName.form(of: name, own: own)
    nameForm = form.text
    if selfSigned == true { makersWords = CertificateName.words(of: name, form) }
  }
}

extension DistinguishedName {
  /// Types of its attributes in order.
  fileprivate var types: String { attributes.map(\.type).joined(separator: ",") }
}
