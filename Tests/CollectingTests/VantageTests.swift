import Artifact
import Records
import StageKit
import Testing

@testable import Collecting

struct VantageTests {
  private func parameters(_ json: String) throws -> CollectParameters {
    try CheckedParameters<CollectParameters>(
      try JSONValue(parsing: Array(json.utf8)), place: "test"
    ).parameters
  }

  @Test func `by default there is one vantage that reaches IPv4 and IPv6 without a proxy`() throws {
    let vantage = try CollectParameters.defaults().vantage(named: nil)
    #expect(vantage == Vantage(name: "local", families: [.ipv4, .ipv6]))
    #expect(vantage.routes(direct: [.ipv4]) == [.ipv4])
  }

  @Test func `onion services are reached through the proxy alone`() throws {
    let parameters = try parameters(
      #"{"vantage":"tor","vantages":[{"name":"tor","families":["onion","ipv4"],"#
        + #""proxy":"127.0.0.1:9050"}]}"#)
    let vantage = try parameters.vantage(named: nil)
    #expect(vantage.proxied == [.onion])
    #expect(vantage.routes(direct: []) == [.onion])
    #expect(vantage.routes(direct: [.ipv4, .ipv6]) == [.onion, .ipv4])
  }

  @Test func `in a simulated network no proxy is used but its own`() throws {
    let simulated = try #require(SOCKSProxyAddress("127.0.0.1:7"))
    let tor = Vantage(
      name: "tor", families: [.onion], proxy: SOCKSProxyAddress("127.0.0.1:9050"))
    #expect(tor.simulated(proxy: simulated).proxy == simulated)
    #expect(tor.simulated(proxy: nil).routes(direct: [.ipv4]) == [])
    #expect(
      Vantage(name: "a", families: [.ipv4]).simulated(proxy: simulated).proxy == nil)
  }

  @Test(arguments: [
    #"{"vantages":[{"name":"a b"}],"vantage":"a b"}"#,
    #"{"vantages":[{"name":"local","families":["onion"]}]}"#,
    #"{"vantages":[{"name":"local","families":["ipx"]}]}"#,
    #"{"vantages":[{"name":"local","proxy":"localhost:9050"}]}"#,
    #"{"vantages":[{"name":"local","source_ipv4":"::1"}]}"#,
    #"{"vantages":[{"name":"local"},{"name":"local"}]}"#,
    #"{"vantages":[{"name":"local","unknown":1}]}"#,
    #"{"vantages":[{"name":"local","families":"ipv4"}]}"#,
    #"{"vantages":[]}"#, #"{"vantages":["local"]}"#, #"{"vantage":"elsewhere"}"#,
  ]) func `a vantage that cannot be is refused before anything runs`(json: String) {
    #expect(throws: StageError.self) { try parameters(json) }
  }

  @Test func `a vantage that is not there is a usage error that names those that are`() throws {
    let error = #expect(throws: StageError.self) {
      try CollectParameters.defaults().vantage(named: "elsewhere")
    }
    #expect(error?.code == .usage)
    #expect(error?.description.contains("local") == true)
  }
}
