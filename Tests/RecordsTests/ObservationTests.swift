import Artifact
import Records
import Testing

/// What a manifest tells of one scan.
struct ObservationTests {
  private func json(_ text: String) throws -> JSONValue {
    try JSONValue(parsing: Array(text.utf8))
  }

  @Test(arguments: [
    #"{"allowed_ranges":["127.16.0.0/12"],"cause":null,"client_name":"electrum-observatory/0.1","#
      + #""clock":null,"complete":true,"dropped":{"not_contactable":4,"over_name_limit":0},"#
      + #""ended_at":"2026-01-01T00:01:00.000000Z","imported":false,"network":"regtest","#
      + #""outcomes":{"answered":40,"connect.refused":2},"plan":"light.v1","plan_turn":1,"#
      + #""resumed":0,"routes":["ipv4","onion"],"scan":"20260101T000000Z-local","simulated":true,"#
      + #""started_at":"2026-01-01T00:00:00.000000Z","tls":{"minimum_version":"TLSv1","#
      + #""security_level":0,"verification":"recorded, never enforced"},"vantage":"local","#
      + #""via_proxy":["onion"]}"#,
    #"{"allowed_ranges":[],"cause":"interrupted","client_name":"a (+b)","clock":{"#
      + #""seconds_after_tip":null,"servers":0,"verdict":"unknown"},"complete":false,"#
      + #""dropped":{},"ended_at":"2026-01-01T00:01:00.000000Z","imported":false,"#
      + #""network":"mainnet","outcomes":{},"plan":"full.v1","plan_turn":0,"resumed":2,"#
      + #""routes":[],"scan":"a","simulated":false,"started_at":"2026-01-01T00:00:00.000000Z","#
      + #""tls":{"minimum_version":"TLSv1","security_level":0,"#
      + #""verification":"recorded, never enforced"},"vantage":"tor","via_proxy":[]}"#,
    #"{"asked":["server.version"],"assumed":{"port":2,"transport":0},"cause":null,"#
      + #""complete":true,"format":"jsonl","imported":true,"left_out":["x_note"],"#
      + #""network":"testnet4","not_asked":[],"replies":"values","rows":{"rows.jsonl":3},"#
      + #""scan":"b","simulated":false,"started_at":null,"vantage":"imported"}"#,
  ]) func `what was read is written with the same bytes`(text: String) throws {
    #expect(Observation(try json(text)).json.canonicalText == text)
  }

  @Test func `a member that is absent or no such value is as if nobody had said it`() throws {
    let observation = Observation(
      try json(#"{"network":5,"routes":["ipv4"],"dropped":[1],"surprise":true,"complete":"yes"}"#))
    #expect(observation.network == nil && observation.complete == nil)
    #expect(observation.conduct.routes == ["ipv4"] && observation.conduct.dropped.isEmpty)
    #expect(Observation(.null) == Observation())
  }
}
