import Digests
import Foundation

/// Certificates in the texts in which other programs keep them.
enum CertificateText {
  /// PEM's labels of a certificate (RFC 7468, section 5.1, and the two older ones that it names).
  private static let labels = ["CERTIFICATE", "X509 CERTIFICATE", "X.509 CERTIFICATE"]

  /// The bytes of one certificate in base64 (with line ends, without padding, in the alphabet of URLs),
  /// in hexadecimal digits (also with colons between the bytes), or of all in a text with PEM, whose
  /// line ends may be written as `\n`.
  ///
  /// - Returns: nil for a text in which there is no DER; whether it is a certificate is not asked.
  static func certificates(_ text: String) -> [[UInt8]]? {
    for label in labels where text.contains("-----BEGIN \(label)-----") {
      return chain(
        text.replacing("\\r", with: "").replacing("\\n", with: "\n"),
        begin: "-----BEGIN \(label)-----", end: "-----END \(label)-----")
    }
    guard let bytes = der(text[...]) else { return nil }
    return [bytes]
  }

  private static func chain(_ text: String, begin: String, end: String) -> [[UInt8]]? {
    var chain: [[UInt8]] = []
    for part in text.components(separatedBy: begin).dropFirst() {
      guard let close = part.range(of: end), let der = der(part[..<close.lowerBound]) else {
        return nil
      }
      chain.append(der)
    }
    return chain
  }

  /// DER is one element from the first byte on: `30` and its length.
  private static func der(_ text: Substring) -> [UInt8]? {
    let digits = text.utf8.filter { !$0.isWhiteSpace && $0 != UInt8(ascii: "=") }
    let bytes = hex(digits) ?? base64(digits)
    return bytes?.first == 0x30 ? bytes : nil
  }

  /// nil: these are no hexadecimal digits of DER.
  private static func hex(_ digits: [UInt8]) -> [UInt8]? {
    let bare = digits.filter { $0 != UInt8(ascii: ":") }
      .dropFirst(digits.starts(with: "0x".utf8) || digits.starts(with: "0X".utf8) ? 2 : 0)
    guard bare.starts(with: "30".utf8), bare.allSatisfy({ Hex.value(of: $0) != nil }) else {
      return nil
    }
    return Hex.bytes(String(decoding: bare, as: UTF8.self))
  }

  private static func base64(_ digits: [UInt8]) -> [UInt8]? {
    let usual = digits.map { digit in
      switch digit {
      case UInt8(ascii: "-"): UInt8(ascii: "+")
      case UInt8(ascii: "_"): UInt8(ascii: "/")
      default: digit
      }
    }
    let padding = [UInt8](repeating: UInt8(ascii: "="), count: (4 - usual.count % 4) % 4)
    return Data(base64Encoded: Data(usual + padding)).map(Array.init)
  }
}
