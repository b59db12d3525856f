import ChainTruth
import Foundation
import Records
import Testing

@testable import Scoring

/// Fees, clients, texts and shapes.
struct ConductTests {
  private func scan(
    _ name: String = "a", at time: Int = 0, _ change: (inout SampleScan) -> Void
  ) -> SampleScan {
    var scan = SampleScan(name: name, startedAt: time)
    scan.addHonest(6)
    change(&scan)
    return scan
  }

  private func add(
    _ scan: inout SampleScan, _ id: String, _ change: (inout ScanEvidence) -> Void
  ) {
    var server = scan.server(id)
    change(&server)
    scan.servers.append(server)
  }

  @Test func `fees far above on two targets are strong, on one twice as well`() throws {
    func fees(_ name: String, _ time: Int) -> SampleScan {
      scan(name, at: time) { scan in
        for index in 0..<6 {
          scan.servers[index].fees = [
            .init(place: scan.place(), target: 2, rate: 20 + Double(index) / 10),
            .init(place: scan.place(), target: 25, rate: 5),
          ]
        }
        func server(_ id: String, _ two: Double, _ twentyFive: Double) {
          let place = scan.place()
          add(&scan, id) {
            $0.fees = [
              .init(place: place, target: 2, rate: two),
              .init(place: place, target: 25, rate: twentyFive),
            ]
          }
        }
        server("both", 200, 50)
        server("one", 200, 5)
        server("version", 45, 9)
        server("low", 1, 1)
      }
    }
    let once = SampleSeries(fees("a", 0))
    #expect(try once.grade("both", .feeManipulation) == .strong)
    #expect(try once.grade("one", .feeManipulation) == .supporting)
    #expect(try once.status("version", .feeManipulation) == .passed)
    #expect(try once.status("low", .feeManipulation) == .passed)
    #expect(try once.flagged() == ["both"])
    let twice = SampleSeries(fees("a", 0), fees("b", 30_000))
    #expect(try twice.flagged() == ["both", "one"])
  }

  @Test func `four operators' fees judge nobody`() throws {
    var few = SampleScan()
    few.addHonest(3) { $0.fees = [.init(place: SampleScan().place(), target: 2, rate: 10)] }
    add(&few, "x") { $0.fees = [.init(place: SampleScan().place(), target: 2, rate: 999)] }
    let series = SampleSeries(few)
    #expect(try series.status("x", .feeManipulation) == .notMeasured)
  }

  @Test func `a relay fee above the own estimates is shown and not scored`() throws {
    let series = SampleSeries(
      scan { scan in
        let place = scan.place()
        add(&scan, "odd") {
          $0.relayFees = [.init(place: place, rate: 9, estimates: [2: 3, 25: 1])]
        }
        add(&scan, "even") { $0.relayFees = [.init(place: place, rate: 1, estimates: [2: 3])] }
      })
    #expect(try series.grade("odd", .relayFee) == IndicatorGrade.none)
    #expect(try series.status("even", .relayFee) == .passed)
    #expect(try series.status("h0", .relayFee) == .unknown)
    #expect(try series.deviation("odd").score == series.deviation("even").score)
  }

  @Test func `answers that differ by name in turns are supporting, and strong in two scans`() throws
  {
    func clients(_ name: String, _ time: Int) -> SampleScan {
      scan(name, at: time) { scan in
        func server(_ id: String, _ answers: [(String, String, Double?)]) {
          let place = scan.place()
          add(&scan, id) {
            $0.clientAnswers = answers.enumerated().map { round, answer in
              .init(
                place: place, subject: "banner", client: answer.0, round: round, digest: answer.1,
                figure: answer.2)
            }
          }
        }
        let turns: [(String, String, Double?)] = [
          ("us", "a", nil), ("wallet", "b", nil), ("us", "a", nil), ("wallet", "b", nil),
        ]
        server("two", turns)
        server("pool", turns)
        let last = scan.servers.count - 1
        for (attempt, height) in [(2, 1001), (3, 1000)] {
          scan.servers[last].headers.append(
            .init(
              place: scan.place(1, attempt), height: height, header: SampleScan.header(height),
              isTip: true))
        }
        server(
          "moves", [("us", "a", nil), ("wallet", "b", nil), ("us", "c", nil), ("wallet", "b", nil)])
        server("same", [("us", "a", nil), ("wallet", "a", nil)])
        server("once", [("us", "a", nil), ("wallet", "b", nil)])
        server("between", [("us", "a", nil), ("wallet", "b", nil), ("us", "a", nil)])
        server("after", [("us", "a", nil), ("wallet", "b", nil), ("wallet", "b", nil)])
        server(
          "near", [("us", "a", 10), ("wallet", "b", 11), ("us", "a", 10), ("wallet", "b", 11)])
        server("far", [("us", "a", 10), ("wallet", "b", 40), ("us", "a", 10), ("wallet", "b", 40)])
      }
    }
    let once = SampleSeries(clients("a", 0))
    #expect(try once.status("pool", .contentByClient) == .unknown, "its tip went back")
    #expect(try once.grade("two", .contentByClient) == .supporting)
    #expect(try once.grade("far", .contentByClient) == .supporting)
    for id in ["moves", "same", "near"] {
      #expect(try once.status(id, .contentByClient) == .passed, "\(id)")
    }
    #expect(try once.grade("between", .contentByClient) == .supporting)
    for id in ["once", "after"] {
      #expect(try once.status(id, .contentByClient) == .unknown, "\(id)")
    }
    #expect(try once.flagged().isEmpty)
    let twice = SampleSeries(clients("a", 0), clients("b", 30_000))
    #expect(try twice.flagged() == ["far", "two"], "three answers are never more than supporting")
  }

  @Test func `histories differ by name where what is buried differs`() throws {
    func series(_ other: [ListedTransaction]) -> SampleSeries {
      SampleSeries(
        scan { scan in
          let told = SampleScan.history + [ListedTransaction("new", height: 999)]
          let lists = [told, other, told, other]
          let places = lists.indices.map { scan.place(5, $0 + 1) }
          add(&scan, "x") { server in
            for (round, list) in lists.enumerated() {
              server.histories.append(.init(place: places[round], script: "s", entries: list))
              server.clientAnswers.append(
                .init(
                  place: places[round], subject: "history.s", client: ["us", "wallet"][round % 2],
                  round: round, digest: "\(list.count)", figure: nil))
            }
          }
        })
    }
    let behind = series(SampleScan.history)
    #expect(try behind.status("x", .contentByClient) == .passed, "a member that is a block behind")
    let cut = series(Array(SampleScan.history.dropFirst()))
    #expect(try cut.grade("x", .contentByClient) == .supporting)
  }

  @Test
  func
    `errors that ask for something are proved or strong, and texts to old clients are not judged`()
    throws
  {
    let series = SampleSeries(
      scan { scan in
        func server(_ id: String, _ text: String, old: Bool = false) {
          let place = scan.place(7)
          add(&scan, id) {
            $0.repliesSeen = 3
            $0.errors = [.init(place: place, text: text, isToOldClient: old)]
          }
        }
        server("markup", "<b>update</b>")
        server("link", "please update: https://electrum.false.example/x.exe")
        server("alarm", "Your Electrum wallet is outdated, upgrade immediately")
        server("docs", "unsupported client version, see https://docs.example.org/clients")
        server("old", "<b>update</b> your old client", old: true)
      })
    #expect(try series.grade("markup", .phishingError) == .proved)
    #expect(try series.grade("link", .phishingError) == .proved)
    #expect(try series.grade("alarm", .phishingError) == .strong)
    #expect(try series.status("docs", .phishingError) == .passed)
    #expect(try series.status("old", .phishingError) == .passed)
    #expect(try series.status("h0", .phishingError) == .unknown)
    #expect(try series.flagged() == ["alarm", "link", "markup"])
  }

  @Test func `a banner that calls to a false site is strong, and the operator's own page is not`()
    throws
  {
    let series = SampleSeries(
      scan { scan in
        func server(_ id: String, _ text: String?, own: [String] = []) {
          add(&scan, id) {
            $0.banner.status = text == nil ? .absent : .value
            $0.banner.texts = text.map { [$0] } ?? []
            $0.banner.ownNames = own
          }
        }
        server("false", "Update your Electrum: https://electrum.false.example/get")
        server("own", "Update your Electrum: https://electrum.own.example/", own: ["own.example"])
        server("updated", "Server updated 2026-01-02, see https://electrum.own.example/news")
        server("none", nil)
      })
    #expect(try series.grade("false", .phishingBanner) == .strong)
    #expect(try series.grade("own", .phishingBanner) == .supporting)
    #expect(try series.status("updated", .phishingBanner) == .passed)
    #expect(try series.status("none", .phishingBanner) == .passed)
    #expect(try series.status("h0", .phishingBanner) == .unknown)
    #expect(try series.flagged() == ["false"])
  }

  @Test
  func `a claim that three kinds of answers contradict is strong; frames and proxies are not`()
    throws
  {
    let series = SampleSeries(
      scan { scan in
        func server(
          _ id: String, _ contradictions: [String], known: Bool = true, agrees: ClaimVerdict = .no
        ) {
          add(&scan, id) {
            $0.claim = .init(
              text: "Fulcrum 2.1.1", agrees: agrees, contradictions: contradictions,
              isOfKnownProgram: known)
          }
        }
        let three = [
          "software.line-end-lf server.version lf", "software.range-refused server.version x",
          "software.id-null-silence malformed.id-null none",
        ]
        server("false", three)
        server(
          "proxy",
          [
            three[0], three[2], "software.no-method removed.address.get_balance x",
            "software.tip-keys-inserted blockchain.headers.subscribe height",
          ])
        server("two-programs", three, known: false)
        server("two", Array(three.prefix(2)))
        server("true", [], agrees: .yes)
        server("unclear", [], agrees: .unknown)
      })
    #expect(try series.grade("false", .shapeMismatch) == .strong)
    for id in ["proxy", "two", "true"] {
      #expect(try series.status(id, .shapeMismatch) == .passed, "\(id)")
    }
    for id in ["two-programs", "unclear", "h0"] {
      #expect(try series.status(id, .shapeMismatch) == .unknown, "\(id)")
    }
    #expect(try series.flagged() == ["false"])
  }

  @Test func `throttling by depth fires only where the ping is quick`() throws {
    func depth(_ name: String, _ time: Int) -> SampleScan {
      scan(name, at: time) { scan in
        func server(
          _ id: String, _ first: Double?, _ last: Double?, ping: Double?, unanswered: Int = 0,
          firstPing: Double = 3, padding: ScanEvidence.AskedAlone.Padding = .absent
        ) {
          var asked = ScanEvidence.AskedAlone(
            place: scan.place(), question: "history", unanswered: unanswered)
          let least = [ping, firstPing].compactMap(\.self).min() ?? 0
          func service(_ answer: Double?) -> Double? { answer.map { max(0, $0 - least) } }
          asked.first = .init(answer: first, service: service(first), ping: firstPing)
          asked.last = .init(answer: last, service: service(last), ping: ping)
          asked.padding = padding
          add(&scan, id) { $0.alone = [asked] }
        }
        server("slow", 8, 900, ping: 3)
        server("mute", 8, nil, ping: 3, unanswered: 4)
        server("everything", 8, 900, ping: 880)
        server("far", 100, 400, ping: 3)
        server("lazy", 300, 900, ping: 3)
        server("lost", 8, nil, ping: nil)
        // A program that holds small replies back up to a second to pad its traffic.
        server("padded", 30, 1020, ping: 30, padding: .possible(quickest: 30))
        server("padded-ping", 37, 1000, ping: 980, firstPing: 980, padding: .possible(quickest: 37))
        server(
          "padded-far", 800, 1810, ping: 820, firstPing: 810, padding: .possible(quickest: 800))
        server(
          "padded-slow", 37, 1980, ping: 980, firstPing: 980, padding: .possible(quickest: 37))
      }
    }
    let once = SampleSeries(depth("a", 0))
    for id in ["slow", "mute", "padded-slow"] {
      #expect(try once.grade(id, .throttlingByDepth) == .supporting, "\(id)")
    }
    for id in ["everything", "far", "lazy", "padded", "padded-ping", "padded-far"] {
      #expect(try once.status(id, .throttlingByDepth) == .passed, "\(id)")
    }
    #expect(try once.status("lost", .throttlingByDepth) == .unknown)
    #expect(try once.flagged().isEmpty)
    let twice = SampleSeries(depth("a", 0), depth("b", 21_600))
    #expect(try twice.flagged() == ["mute", "padded-slow", "slow"])
  }

  @Test func `an inspection product in the issuer is shown and not scored`() throws {
    let series = SampleSeries(
      scan { scan in
        add(&scan, "x") { $0.issuers = [.init(place: nil, text: "CN=FortiGate CA, O=Fortinet")] }
        add(&scan, "self") { $0.issuers = [.init(place: nil, text: "CN=localhost")] }
      })
    #expect(try series.grade("x", .inspectionIssuer) == IndicatorGrade.none)
    #expect(try series.status("self", .inspectionIssuer) == .passed)
    #expect(try series.status("h0", .inspectionIssuer) == .unknown)
    #expect(try series.flagged().isEmpty)
  }

  @Test func `a server is shown at twenty places of an indicator at most`() throws {
    let series = SampleSeries(
      scan { scan in
        let errors = (1...30).map {
          ScanEvidence.ErrorReply(place: scan.place($0), text: "<b>x</b>", isToOldClient: false)
        }
        add(&scan, "liar") {
          $0.repliesSeen = 30
          $0.errors = errors
        }
      })
    #expect(try series.evidence("liar").map(\.sequence) == Array(1...20))
  }

  @Test func `what nothing measured is in no coverage, and unknown is no relief`() throws {
    let series = SampleSeries(
      scan { scan in
        add(&scan, "silent") { $0.headers = [] }
        add(&scan, "liar") {
          $0.repliesSeen = 1
          $0.errors = [.init(place: SampleScan().place(), text: "<b>x</b>", isToOldClient: false)]
        }
      })
    for row in try series.rows("h0") {
      switch IndicatorRule.rule(row.indicator)?.requirement {
      case .conduct: #expect(row.status == .notMeasured && row.unknownReason == .conduct)
      case .secondVantage: #expect(row.unknownReason == .oneVantage)
      case .experiment: #expect(row.unknownReason == .noExperiment)
      case .scan, nil: break
      }
    }
    let silent = try series.deviation("silent")
    #expect(silent.verdict == .insufficient && !silent.flagged)
    #expect(try series.deviation("liar").verdict == .proved)
  }
}
