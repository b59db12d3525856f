import Statistics
import Testing

struct HypergeometricTests {
  @Test(.enabled(if: Fixtures.exists)) func `golden tails are reproduced`() throws {
    for golden in try Fixtures.load().hypergeomSf {
      let tail = Hypergeometric(population: golden.population, marked: golden.n, draws: golden.m)
        .upperTail(golden.k)
      #expect(abs(tail - golden.p) < 1e-9, "\(golden)")
    }
  }

  @Test func `a draw of all has all that are marked, and no draw has more`() {
    let all = Hypergeometric(population: 9, marked: 4, draws: 9)
    #expect(all.upperTail(4) == 1 && all.upperTail(5) == 0)
    let none = Hypergeometric(population: 0, marked: 3, draws: -1)
    #expect(none.upperTail(0) == 1 && none.upperTail(1) == 0)
    // Two marked of two draws out of four: one way in six.
    let pair = Hypergeometric(population: 4, marked: 2, draws: 2)
    #expect(abs(pair.upperTail(2) - 1.0 / 6) < 1e-12)
  }
}
