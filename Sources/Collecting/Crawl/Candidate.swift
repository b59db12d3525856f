import Addressing
public import Records

/// An endpoint that a scan knows of.
public struct Candidate: Sendable, Hashable, Comparable {
  public let network: AddressFamily
  /// IP address in canonical form, an onion name, or empty where the name has no address.
  public let address: String
  /// Name for server name indication, or the address.
  public let host: String
  public let port: Int
  public let transport: Transport
  /// Duration of the look-up that gave the address; nil where a list gave it. Unit: µs.
  public let resolveMicroseconds: Int?

  public init(
    network: AddressFamily, address: String, host: String, port: Int, transport: Transport,
    resolveMicroseconds: Int? = nil
  ) {
    self.network = network
    self.address = address
    self.host = host
    self.port = port
    self.transport = transport
    self.resolveMicroseconds = resolveMicroseconds
  }

  public static func < (left: Candidate, right: Candidate) -> Bool {
    (left.network.rawValue, left.address, left.host, left.port, left.transport.rawValue)
      < (right.network.rawValue, right.address, right.host, right.port, right.transport.rawValue)
  }

  /// The row of an endpoint to which no connection was made.
  package func untested(_ outcome: Outcome, detail: String = "") -> Connection {
    Connection(
      address: address, detail: detail, host: host, network: network, outcome: outcome,
      transport: transport
    ).with {
      $0.attempt = 1
      $0.bytesReceived = 0
      $0.bytesSent = 0
      $0.port = port
      $0.resolveMicroseconds = resolveMicroseconds
      $0.truncated = false
    }
  }
}

/// Something that a list or a server says is a server: what a frontier takes in.
public struct AdvertisedPeer: Sendable, Hashable {
  /// An IP address, an onion name, or a name, in its canonical form; what is none is as advertised.
  public let address: String
  public let host: String
  public let ports: [PortOffer]

  public struct PortOffer: Sendable, Hashable, Comparable {
    public let port: Int
    public let transport: Transport

    public init(_ port: Int, _ transport: Transport) {
      self.port = port
      self.transport = transport
    }

    public static func < (left: PortOffer, right: PortOffer) -> Bool {
      (left.port, left.transport.rawValue) < (right.port, right.transport.rawValue)
    }
  }

  /// - Parameters:
  ///   - address: as advertised; `[::1]` is the address in its brackets.
  ///   - host: as advertised.
  public init(address: String, host: String, ports: [PortOffer]) {
    self.address = (try? Place(address))?.text ?? address
    self.host = (try? Place(host))?.text ?? host
    self.ports = ports
  }
}
