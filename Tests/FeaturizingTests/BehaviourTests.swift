import Records
import Testing

@testable import Featurizing

struct BehaviourTests {
  private func signature(_ change: (inout ExchangeRecord) -> Void) throws -> String? {
    var record = ExchangeRecord(
      endpointID: "e", serverID: "s", probe: "server.features", outcome: .answered
    ).with {
      $0.attempt = 1
      $0.sequence = 1
      $0.resultKind = "object"
      $0.keyOrder = "jsonrpc,result,id"
      $0.separators = "compact"
      $0.lineEnd = "lf"
      $0.resultSkeleton = "{hosts:{},pruning:null}"
    }
    change(&record)
    var tally = ProbeTally()
    var forms = ReplyDigests()
    tally.take(record, &forms)
    return tally.signature()?.signature
  }

  @Test func `time, length, padding, delay and negotiated protocol are in no signature`() throws {
    let plain = try signature { _ in }
    #expect(plain != nil)
    let changed = try signature {
      ($0.endpointID, $0.attempt, $0.sequence, $0.serverID) = ("f", 7, 9, "t")
      ($0.sentMilliseconds, $0.firstByteMilliseconds, $0.lastByteMilliseconds) = (5, 6, 7)
      ($0.paddingBytes, $0.replyBytes, $0.paddingClass) = (900, 1024, .powerOfTwo)
      ($0.delay, $0.serviceMilliseconds, $0.protocolNegotiated) = (.possible, 3, "1.6")
    }
    #expect(changed == plain)
  }

  @Test func `lists, host names and a pruning limit are in no signature`() throws {
    let plain = try signature { _ in }
    #expect(
      try signature { $0.resultSkeleton = "{hosts:{*:{ssl_port:number}},pruning:null}" } == plain)
    #expect(try signature { $0.resultSkeleton = "{hosts:{},pruning:number}" } == plain)
    let empty = try signature { $0.resultSkeleton = "[]" }
    #expect(try signature { $0.resultSkeleton = "[{fee:number}|{height:number}]" } == empty)
  }

  @Test func `keys, separators, line ends and types are in the signature`() throws {
    let all = try [
      signature { _ in }, signature { $0.keyOrder = "id,jsonrpc,result" },
      signature { $0.separators = "spaced" }, signature { $0.lineEnd = "crlf" },
      signature { $0.resultKind = "array" },
      signature { $0.resultSkeleton = "{hosts:{},server_version:string}" },
      signature { $0.outcome = .replyError },
    ]
    #expect(Set(all).count == all.count)
  }

  @Test func `an error's masked text and code are in the signature, its own words are not`() throws
  {
    func error(_ code: Int?, _ masked: String?, _ message: String) throws -> String? {
      try signature {
        ($0.outcome, $0.errorCode, $0.errorMasked, $0.errorMessage) =
          (.replyError, code, masked, message)
      }
    }
    let first = try error(1, "height <N> out of range", "height 7 out of range")
    #expect(try error(1, "height <N> out of range", "height 9 out of range") == first)
    #expect(try error(2, "height <N> out of range", "height 7 out of range") != first)
    #expect(try error(1, "bad height", "height 7 out of range") != first)
    #expect(try error(1, nil, "") != error(nil, nil, ""))
  }

  @Test(arguments: [
    Outcome.throttled, .replyTooLarge, .replyMalformed, .replyTimedOut, .replyNone, .closedNoReply,
    .aborted, .untestedSkipped,
  ]) func `a throttled, cut or missing reply is no behaviour`(outcome: Outcome) throws {
    #expect(try signature { $0.outcome = outcome } == nil)
  }

  @Test func `replies of which the form is known go before those of which it is not`() throws {
    var tally = ProbeTally()
    var forms = ReplyDigests()
    for form in [nil, nil, "lf"] {
      var record = ExchangeRecord.made("s", "p")
      record.lineEnd = form
      tally.take(record, &forms)
    }
    #expect(tally.signature()?.lineEnd == "lf")
    #expect(tally.signature()?.variants == 2)
  }

  @Test(arguments: [
    ("string", "string"), ("[]", "[]"), ("[[number]|string]", "[]"), ("{}", "{}"),
    ("{*:{a:[x]},b:[{c:d}],e:{*:f}}", "{b:[],e:{}}"),
    ("{a:number|string,…}", "{a:number|string,…}"),
    ("]],{", "]],{"),
  ]) func `a frame keeps keys and drops contents`(skeleton: String, frame: String) {
    #expect(ResultFrame.frame(of: skeleton) == frame)
  }

  @Test func `bits are those of the probes table, and families have their own signatures`() throws {
    let series = try FeaturizedSeries([
      SeriesScan(
        name: "a", servers: [.made("s1"), .made("s2"), .made("s3")],
        exchanges: [
          .made("s1", "server.banner"), .made("s1", "block.header.0", sequence: 2),
          .made("s2", "block.header.0"), .made("s2", "differential.a1.server.banner", sequence: 2),
          .made("s3", "server.banner", .throttled), .made("s3", "another", .replyNone, sequence: 2),
        ])
    ])
    let probes = try series.rows(SeriesProbe.self)
    #expect(probes.map(\.bit) == [0, 1, 2, 3])
    #expect(
      probes.map(\.probe)
        == ["another", "block.header.0", "differential.a1.server.banner", "server.banner"])
    #expect(probes.map(\.family) == ["other", "chain", "differential", "identify"])
    #expect(probes.map(\.servers) == [0, 2, 1, 1])
    #expect(probes[0].purpose == nil && probes[0].cost == nil)
    #expect(probes[1].purpose == "the genesis header")

    let rows = try series.rows(ServerBehaviour.self)
    #expect(rows.map(\.covered) == ["a", "6", "0"])
    #expect(rows.map(\.probesCovered) == [2, 2, 0])
    #expect(
      rows.map(\.signature)
        == (try series.rows(FeatureProfile.self).map { $0.features.text(.behaviourSignature) }))
    #expect(rows[2].signature == nil && rows[2].familySignatures.isEmpty)
    let chain = rows.map { $0.familySignatures.first { $0.hasPrefix("chain=") } }
    #expect(chain[0] != nil && chain[0] == chain[1])
    #expect(rows[0].familySignatures.count == 2)
  }
}
