import Testing

@testable import Collecting

/// RFC 1928 and RFC 1929, message by message.
struct SOCKSClientTests {
  private func client(_ host: String = "abc.onion", _ port: Int = 50002) -> SOCKSClient {
    SOCKSClient(host: host, port: port, circuit: "c")
  }

  @Test func `both methods are offered`() {
    #expect(client().greeting == [5, 2, 0, 2])
  }

  @Test func `a name goes to the proxy as a name, an address as an address`() {
    var named = client()
    #expect(
      named.receive([5, 0]) == .send([5, 1, 0, 3, 9] + Array("abc.onion".utf8) + [0xC3, 0x52]))
    var four = client("192.0.2.7", 80)
    #expect(four.receive([5, 0]) == .send([5, 1, 0, 1, 192, 0, 2, 7, 0, 80]))
    var six = client("2001:db8::1", 1)
    let address: [UInt8] = [0x20, 1, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [1]
    #expect(six.receive([5, 0]) == .send([5, 1, 0, 4] + address + [0, 1]))
  }

  @Test func `a circuit's name goes as the user`() {
    var client = client()
    #expect(client.receive([5, 2]) == .send([1, 1, UInt8(ascii: "c"), 1, UInt8(ascii: "0")]))
    guard case .send = client.receive([1, 0]) else {
      return #expect(Bool(false), "no request after the credentials")
    }
  }

  @Test(arguments: [0, 1, 2, 4, 9])
  func `replies may come in any pieces, and the server's first bytes behind them`(cut: Int) {
    var client = client()
    _ = client.receive([5, 0])
    let reply: [UInt8] = [5, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    #expect(client.receive(reply[..<cut]) == .starved)
    #expect(client.receive(reply[cut...] + [7, 8]) == .connected(rest: [7, 8]))
  }

  @Test(
    arguments: [
      ([5, 0, 0, 3, 2, 97, 98, 0, 1], true),
      ([5, 0, 0, 4] + [UInt8](repeating: 0, count: 18), true),
      ([5, 0, 0, 9, 0, 0, 0, 0, 0, 0], false),
    ] as [([UInt8], Bool)]) func `the bound address may be of any kind that there is`(
      reply: [UInt8], isValid: Bool
    )
  {
    var client = client()
    _ = client.receive([5, 0])
    let step = client.receive(reply)
    #expect((step == .connected(rest: [])) == isValid)
  }

  @Test func `what is refused says how`() {
    var method = client()
    #expect(method.receive([5, 0xFF]) == .failed(.authentication))
    var password = client()
    _ = password.receive([5, 2])
    #expect(password.receive([1, 1]) == .failed(.authentication))
    var reply = client()
    _ = reply.receive([5, 0])
    #expect(reply.receive([5, 4, 0, 1]) == .failed(.refused(4)))
    var other = client()
    #expect(other.receive(Array("HTTP/1.1".utf8)) == .failed(.malformed("version 72")))
  }

  @Test(
    arguments: [
      ("127.0.0.1:9050", "127.0.0.1:9050"), ("[::1]:9050", "[::1]:9050"), ("::1:9050", nil),
      ("localhost:9050", nil), ("127.0.0.1", nil), ("127.0.0.1:0", nil), ("127.0.0.1:65536", nil),
    ] as [(String, String?)]) func `a proxy is an address and a port`(
      text: String, expected: String?
    )
  {
    #expect(SOCKSProxyAddress(text)?.text == expected)
  }
}
