import Artifact
import Digests

/// Stable identifiers: a prefix and the first hexadecimal digits of a SHA-256.
public enum Identifier {
  /// Id of an endpoint: `e_` and 16 digits over network, address, port and transport.
  ///
  /// - Parameter name: used in place of the address where a name could not be resolved.
  public static func endpoint(
    network: AddressFamily, address: String, name: String, port: Int, transport: Transport
  ) -> String {
    let place = network == .unresolved ? name : address
    return make("e_", "\(network.rawValue)|\(place)|\(port)|\(transport.rawValue)", digits: 16)
  }

  /// Id of a server: `s_` and 12 digits over its anchor at first sight.
  public static func server(anchor: String) -> String { make("s_", anchor, digits: 12) }

  /// Id of a behaviour class, operator and so on, over the smallest member or the shared value.
  public static func group(prefix: String, anchor: String) -> String {
    make(prefix, anchor, digits: 12)
  }

  private static func make(_ prefix: String, _ text: String, digits: Int) -> String {
    prefix + SHA256.hex(text.utf8).prefix(digits)
  }
}

extension Connection {
  public var endpointID: String {
    Identifier.endpoint(
      network: network, address: address, name: host, port: port, transport: transport)
  }
}
