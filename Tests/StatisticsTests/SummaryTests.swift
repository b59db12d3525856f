import Statistics
import Testing

struct SummaryTests {
  @Test func `type seven interpolates between order statistics`() {
    #expect(Quantiles.quantile(0.25, of: [4, 1, 3, 2]) == 1.75)
    #expect(Quantiles.median([1, 2, 10]) == 2)
    #expect(Quantiles.median([]) == nil)
    #expect(Quantiles.quantile(1, of: [1, 2]) == 2)
    #expect(Quantiles.medianAbsoluteDeviation([1, 1, 2, 2, 4, 6, 9]) == 1)
  }

  @Test func `a small term survives between large ones`() {
    #expect([1e100, 1.0, -1e100].compensatedSum() == 1)
    #expect([1.0, 1e100, 1.0, -1e100].compensatedSum() == 2)
  }

  @Test func `the representative is the smallest index whatever the order of unions`() {
    var forward = UnionFind(count: 6)
    forward.union(4, 5)
    forward.union(5, 2)
    forward.union(0, 3)
    var backward = UnionFind(count: 6)
    backward.union(3, 0)
    backward.union(2, 5)
    let joinsApart = backward.union(5, 4)
    let joinsAgain = backward.union(2, 4)
    #expect(joinsApart && !joinsAgain)
    #expect(forward.components() == [[0, 3], [1], [2, 4, 5]])
    #expect(forward.components() == backward.components())
    let representative = forward.representative(of: 5)
    let areJoined = forward.areJoined(2, 4)
    #expect(representative == 2 && areJoined)
  }
}
