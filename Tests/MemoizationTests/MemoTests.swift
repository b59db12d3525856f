import Memoization
import Testing

struct `What was worked out is remembered within bounds` {
  @Test func `a value that is met again and again outlives any number of others`() {
    var memo = Memo<Int, String>(capacity: 4)
    memo.keep("first", for: 0)
    for key in 1...1_000 {
      memo.keep("other", for: key)
      #expect(memo.value(for: 0) == "first")
    }
  }

  @Test func `at most twice the capacity is kept`() {
    var memo = Memo<Int, Int>(capacity: 4)
    for key in 0..<100 { memo.keep(key, for: key) }
    let kept = (0..<100).filter { key in
      var copy = memo
      return copy.value(for: key) != nil
    }
    #expect(kept.count <= 8)
    #expect(kept.last == 99)
  }

  @Test func `a value may cost more than one, and one beyond the capacity stands alone`() {
    var memo = Memo<Int, Int>(capacity: 10)
    memo.keep(1, for: 1, cost: 6)
    memo.keep(2, for: 2, cost: 6)
    memo.keep(3, for: 3, cost: 6)
    #expect(memo.value(for: 1) == nil)
    memo.keep(4, for: 4, cost: 100)
    #expect(memo.value(for: 4) == 4)
  }

  @Test func `what is not met between two turns is forgotten`() {
    var memo = Memo<String, Int>()
    memo.keep(1, for: "met")
    memo.keep(2, for: "missed")
    memo.turn()
    #expect(memo.value(for: "met") == 1)
    memo.turn()
    #expect(memo.value(for: "met") == 1)
    #expect(memo.value(for: "missed") == nil)
  }

  @Test func `a value is made once, and none where making it fails`() {
    struct Failure: Error {}
    var memo = Memo<Int, Int>()
    var made = 0
    for _ in 0..<3 {
      _ = memo.value(for: 7) {
        made += 1
        return made
      }
    }
    #expect(made == 1)
    #expect(throws: Failure.self) {
      try memo.value(for: 8) { () throws(Failure) in throw Failure() }
    }
    #expect(memo.value(for: 8) == nil)
  }

  @Test func `a value that is nothing is remembered too`() {
    var memo = Memo<Int, Int?>()
    memo.keep(nil, for: 1)
    #expect(memo.value(for: 1) == .some(nil))
    #expect(memo.value(for: 2) == nil)
  }
}
