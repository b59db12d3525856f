import Records
import Testing

@testable import Normalizing

/// S5 as the raw evidence tells of it.
struct TicketResumptionTests {
  private func connection(
    from place: String?, resumed: Bool?, port: Int = 50002, network: AddressFamily = .ipv4,
    address: String = "8.0.0.2"
  ) -> Connection {
    Connection(
      address: address, detail: "", host: "a.example", network: network, outcome: .answered,
      transport: .ssl
    ).with {
      $0.attempt = 2
      $0.bytesReceived = 0
      $0.bytesSent = 0
      $0.port = port
      $0.session = "tls.resume"
      $0.tls = TLSFacts().with {
        $0.resumed = resumed
        $0.ticketFrom = place
      }
      $0.truncated = false
    }
  }

  private func issuer(_ network: AddressFamily, _ address: String, _ port: Int) -> String {
    Identifier.endpoint(
      network: network, address: address, name: address, port: port, transport: .ssl)
  }

  @Test func `a ticket of another endpoint that was taken ties the two`() throws {
    let taken = try #require(
      TicketResumption(connection(from: "8.0.0.1:50002", resumed: true)))
    #expect(taken.issuer == issuer(.ipv4, "8.0.0.1", 50002))
    #expect(taken.resumer == issuer(.ipv4, "8.0.0.2", 50002))
    let six = try #require(TicketResumption(connection(from: "[2a01::1]:443", resumed: true)))
    #expect(six.issuer == issuer(.ipv6, "2a01::1", 443))
    let onion = try #require(TicketResumption(connection(from: "abc.onion:1", resumed: true)))
    #expect(onion.issuer == issuer(.onion, "abc.onion", 1))
  }

  @Test func `its own ticket, one that was declined and none tie nothing`() {
    #expect(TicketResumption(connection(from: "8.0.0.2:50002", resumed: true)) == nil)
    #expect(TicketResumption(connection(from: "8.0.0.1:50002", resumed: false)) == nil)
    #expect(TicketResumption(connection(from: nil, resumed: nil)) == nil)
    #expect(TicketResumption(connection(from: "nonsense", resumed: true)) == nil)
  }
}
