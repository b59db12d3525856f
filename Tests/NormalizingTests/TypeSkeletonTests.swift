import ElectrumProtocol
import Foundation
import Records
import TestSupport
import Testing

@testable import Normalizing

struct TypeSkeletonTests {
  private func skeleton(_ json: String) throws -> String {
    TypeSkeleton.text(of: try WireDocument(parsing: Array(json.utf8)[...]).value)
  }

  @Test(arguments: [
    ("null", "null"), ("true", "boolean"), ("-1", "number"), (#""x""#, "string"), ("[]", "[]"),
    ("{}", "{}"), (#"["ElectrumX 1.16.0","1.4"]"#, "[string]"), ("[[1,2],[3,4]]", "[[number]]"),
    (#"{"b":1,"a":"x"}"#, "{a:string,b:number}"), (#"[1,"x",null]"#, "[null|number|string]"),
    (
      #"{"hosts":{"a.example":{"ssl_port":1},"b.example":{"ssl_port":null}},"pruning":null}"#,
      "{hosts:{*:{ssl_port:null}|{ssl_port:number}},pruning:null}"
    ),
    (#"{"a":1,"a":"x"}"#, "{a:number|string}"), (#"{"":1,"ä":1,"a:b":1}"#, "{*:number}"),
  ]) func `types are told, values are not`(json: String, expected: String) throws {
    #expect(try skeleton(json) == expected)
  }

  @Test func `the order of keys and of a list's elements does not show`() throws {
    #expect(
      try skeleton(#"[{"a":1,"b":[]},{"a":null}]"#) == skeleton(#"[{"a":null},{"b":[],"a":2}]"#))
  }

  @Test func `a list tells the types of each element, whatever its neighbours`() throws {
    let elements = [
      "1", #""x""#, "[]", "[1,2]", "[3]", #"["x",1]"#, "[[1],[2,3]]", "[[1],[]]", #"{"a":1}"#,
      #"{"a":"x"}"#, #"{"a":[1]}"#, #"{"a":[1,2]}"#, #"{"b":1,"a":1}"#, #"{"a":1,"b":2}"#,
    ]
    for one in elements {
      for other in elements {
        let expected = Set([try skeleton(one), try skeleton(other)]).sorted().joined(separator: "|")
        #expect(try skeleton("[\(one),\(other)]") == "[\(expected)]")
      }
    }
  }

  @Test func `depth, width, length and number of alternatives are bounded`() throws {
    let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
    #expect(try skeleton(deep) == "[[[[[[[…]]]]]]]")
    let wide = "{" + (0..<5_000).map { "\"k\($0)\":0" }.joined(separator: ",") + "}"
    #expect(try skeleton(wide).hasSuffix(",…}"))
    #expect(try skeleton(wide).count { $0 == ":" } == 32)
    let long =
      "{"
      + (0..<30).map { "\"" + String(repeating: "k", count: 30) + "\($0)\":0" }
      .joined(separator: ",") + "}"
    #expect(try skeleton(long) == "{…}")
    let various = "[" + (0..<500).map { "{\"k\($0)\":0}" }.joined(separator: ",") + "]"
    #expect(try skeleton(various).count { $0 == "{" } == 8)
    #expect(try skeleton(various).hasSuffix("|…]"))
    let many = "[" + Array(repeating: "0", count: 100_000).joined(separator: ",") + "]"
    #expect(try skeleton(many) == "[number|…]")
  }

  @Test func `an exchange tells the types of its result, and of an error none`() throws {
    let rows = try Normalized([
      RawScan(
        "a",
        [
          .answered(
            "9.9.9.9",
            replies: [
              ("server.banner", #""hi""#), ("a", #"error:{"code":1,"message":"no"}"#),
              ("history", #"[{"tx_hash":"x","height":5}]"#),
            ])
        ])
    ]).rows(ExchangeRecord.self)
    #expect(
      rows.map(\.resultSkeleton) == ["[string]", "string", nil, "[{height:number,tx_hash:string}]"])
  }
}
