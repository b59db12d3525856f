internal import COpenSSL

/// Versions of TLS that OpenSSL 3 still speaks.
public enum TLSVersion: String, Sendable, CaseIterable, Comparable {
  case tls10 = "TLSv1"
  case tls11 = "TLSv1.1"
  case tls12 = "TLSv1.2"
  case tls13 = "TLSv1.3"

  var number: Int32 {
    switch self {
    case .tls10: TLS1_VERSION
    case .tls11: TLS1_1_VERSION
    case .tls12: TLS1_2_VERSION
    case .tls13: TLS1_3_VERSION
    }
  }

  public static func < (left: TLSVersion, right: TLSVersion) -> Bool {
    left.number < right.number
  }
}
