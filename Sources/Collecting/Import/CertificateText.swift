import Digests
import Foundation

/// Certificates in the texts in which other programs keep them.
enum CertificateText {
  private static let begin = "-----BEGIN CERTIFICATE-----"
  private static let end = "-----END CERTIFICATE-----"

  /// The bytes of one certificate in base64 (with line ends, without padding, in the alphabet of URLs),
  /// in hexadecimal digits, or of all in a text with PEM.
  ///
  /// - Returns: nil for a text in which there is no DER; whether it is a certificate is not asked.
  static func certificates(_ text: String) -> [[UInt8]]? {
    guard text.contains(begin) else { return der(text[...]).map { [$0] } }
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
    let isHex = digits.starts(with: "30".utf8) && digits.allSatisfy { Hex.value(of: $0) != nil }
    let bytes = isHex ? Hex.bytes(String(decoding: digits, as: UTF8.self)) : base64(digits)
    return bytes?.first == 0x30 ? bytes : nil
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
