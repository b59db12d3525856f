import Records

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

    /// The form as a habit; nil where anybody's certificate has it.
    var habit: String? {
      if case .words(let form) = self { form } else { nil }
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
  static func form(of subject: String, own: Set<String>) -> Form {
    let name = (DistinguishedName.value("CN", of: subject) ?? "").lowercased()
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
  static func words(of subject: String, _ form: Form) -> String? {
    let ofNobody = toolDefaults.union(KnownProduct.words)
    var said = DistinguishedName.attributes(of: subject)
      .filter { $0.type != "CN" && !ofNobody.contains($0.value.lowercased()) }
      .map { "\($0.type)=\($0.value.lowercased())" }.sorted()
    if said.allSatisfy({ $0.hasPrefix("C=") }) { said = [] }
    let habit = form.habit.flatMap { $0 == "a" ? nil : $0 } ?? ""
    return said.isEmpty && habit.isEmpty ? nil : (said + ["(\(habit))"]).joined(separator: ", ")
  }

  /// Attribute types of issuer and subject, types of alternative names, validity, key, signature,
  /// serial and extensions: what the maker's template asks for, without any value.
  static func shape(of row: Certificate) -> String? {
    guard row.template != nil else { return nil }
    let issuer =
      row.selfSigned == true ? "self" : DistinguishedName.types(of: row.issuer ?? "")
    let alternatives = Set(
      row.subjectAlternativeNames.map { String($0.prefix { $0 != ":" }) }
    ).sorted()
    var parts = [
      issuer, DistinguishedName.types(of: row.subject ?? ""),
      alternatives.joined(separator: ","),
    ]
    parts += [row.validityDays.map(String.init) ?? "", row.keyType ?? ""]
    parts += [row.keyBits.map(String.init) ?? "", row.keyCurve ?? "", row.signatureAlgorithm ?? ""]
    parts += [String(((row.serialBits ?? 0) + 31) / 32), row.extensions.joined(separator: ";")]
    return parts.joined(separator: "|")
  }

  /// A shape without what follows from its server's having a name or none: the types of alternative
  /// names, and their extension.
  static func nameless(shape: String) -> String {
    var parts = shape.split(separator: "|", omittingEmptySubsequences: false).map { String($0) }
    guard parts.count > alternativesPart else { return shape }
    let extensions = parts.removeLast().split(separator: ";").filter { $0 != alternativeNamesOID }
    parts.remove(at: alternativesPart)
    return (parts + [extensions.joined(separator: ";")]).joined(separator: "|")
  }

  private static let alternativesPart = 2
  private static let alternativeNamesOID = "2.5.29.17"

  /// DNS names and addresses of alternative names, and the common name.
  static func names(of row: Certificate) -> Set<String> {
    var names = Set(
      row.subjectAlternativeNames.compactMap { entry -> String? in
        entry.firstIndex(of: ":").map { entry[entry.index(after: $0)...].lowercased() }
      })
    if let name = DistinguishedName.value("CN", of: row.subject ?? "") {
      names.insert(name.lowercased())
    }
    return names
  }
}

/// A distinguished name as RFC 4514 writes it.
enum DistinguishedName {
  /// Its attributes in order; what has no `=` is left out.
  static func attributes(of name: String) -> [(type: String, value: String)] {
    var parts: [String] = [""]
    var isEscaped = false
    for character in name {
      if character == ",", !isEscaped {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
      isEscaped = character == "\\"
    }
    return parts.compactMap { part in
      guard let equals = part.firstIndex(of: "=") else { return nil }
      let type = part[..<equals].filter { $0 != " " }
      let value = part[part.index(after: equals)...]
      return (String(type), String(value.trimmingSpaces))
    }
  }

  static func types(of name: String) -> String {
    attributes(of: name).map(\.type).joined(separator: ",")
  }

  static func value(_ type: String, of name: String) -> String? {
    attributes(of: name).first { $0.type == type }?.value
  }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    var rest = drop { $0 == " " }
    while rest.last == " " { rest.removeLast() }
    return rest
  }
}

/// What a text that names a machine is.
enum HostKind: String {
  case ip4
  case ip6
  case onion
  case name

  init(_ host: String) {
    if host.lowercased().hasSuffix(".onion") {
      self = .onion
    } else if host.contains(":") {
      self = .ip6
    } else {
      let parts = host.split(separator: ".", omittingEmptySubsequences: false)
      let isAddress =
        parts.count == 4
        && parts.allSatisfy { part in
          part.allSatisfy { $0.isASCII && $0.isNumber } && Int(part).map { $0 < 256 } == true
        }
      self = isAddress ? .ip4 : .name
    }
  }
}
