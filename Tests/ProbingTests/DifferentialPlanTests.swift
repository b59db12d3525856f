import Testing

@testable import Probing

struct DifferentialPlanTests {
  @Test(arguments: 2...9) func `a williams square is balanced for place and neighbour`(arms: Int) {
    let rows = WilliamsSquare.rows(arms: arms)
    #expect(rows.count == (arms % 2 == 0 ? arms : 2 * arms))
    var places: [[Int]: Int] = [:]
    var neighbours: [[Int]: Int] = [:]
    for row in rows {
      #expect(row.sorted() == Array(0..<arms))
      for (place, arm) in row.enumerated() { places[[place, arm], default: 0] += 1 }
      for (first, second) in zip(row, row.dropFirst()) {
        neighbours[[first, second], default: 0] += 1
      }
    }
    #expect(places.count == arms * arms)
    #expect(Set(places.values).count == 1)
    #expect(neighbours.count == arms * (arms - 1))
    #expect(Set(neighbours.values).count == 1)
  }

  @Test func `every arm asks the same twelve questions once`() {
    let sessions = DifferentialPlan.sessions(clientName: "test")
    #expect(sessions.count == 5)
    let questions = sessions.map { session in
      Set(
        session.probes.dropFirst().map {
          $0.question == session.probes[0].question ? "" : $0.purpose
        })
    }
    #expect(Set(questions).count == 1)
    #expect(sessions.allSatisfy { $0.probes.count == 13 })
  }

  @Test func `a block takes a row and the next block the next`() {
    let orders = (0..<10).map { block in
      ProbePlan.differential(clientName: "test", block: block).sessions(at: "192.0.2.1").map(\.id)
    }
    #expect(Set(orders).count == 10)
    #expect(orders.allSatisfy { $0.first == "main" && $0.count == 6 })
    let elsewhere = ProbePlan.differential(clientName: "test", block: 0).sessions(at: "192.0.2.77")
    #expect(elsewhere.map(\.id) != orders[0])
  }

  @Test func `the experiment stays in the budget`() {
    #expect(
      ProbePlan.differential(clientName: "test", block: 0).cost() < CostModel.planLimit)
  }
}
