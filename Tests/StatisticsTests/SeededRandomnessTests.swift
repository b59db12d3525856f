import Statistics
import Testing

struct SeededRandomnessTests {
  @Test func `SplitMix64 draws the reference sequence`() {
    var generator = SplitMix64(seed: 1_234_567)
    let draws = (0..<3).map { _ in generator.next() }
    #expect(
      draws == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
  }

  @Test func `xoshiro256 draws the reference sequence for state one two three four`() throws {
    var seed = [UInt8](repeating: 0, count: 32)
    for word in 0..<4 { seed[word * 8 + 7] = UInt8(word + 1) }
    var generator = try Xoshiro256StarStar(seed: seed)
    let draws = (0..<4).map { _ in generator.next() }
    #expect(draws == [11520, 0, 1_509_978_240, 1_215_971_899_390_074_240])
  }

  @Test func `a seed of another length is refused and a zero seed still draws`() throws {
    #expect(throws: StatisticsError.seedLength(3)) { try Xoshiro256StarStar(seed: [1, 2, 3]) }
    var generator = try Xoshiro256StarStar(seed: [UInt8](repeating: 0, count: 32))
    let draws = [generator.next(), generator.next()]
    #expect(draws[0] != draws[1])
  }

  @Test func `indices stay in range and reach every value`() {
    var generator = Xoshiro256StarStar(seed: 7)
    var seen = [Int](repeating: 0, count: 6)
    for _ in 0..<6000 { seen[generator.nextIndex(below: 6)] += 1 }
    #expect(seen.allSatisfy { (850...1150).contains($0) })
    let none = generator.nextIndex(below: 0)
    #expect(none == 0)
  }

  @Test func `a shuffle is a permutation and depends on the seed alone`() {
    var first = Array(0..<50)
    var second = first
    var left = Xoshiro256StarStar(seed: 1)
    var right = Xoshiro256StarStar(seed: 1)
    left.shuffle(&first)
    right.shuffle(&second)
    #expect(first == second)
    #expect(first != Array(0..<50))
    #expect(first.sorted() == Array(0..<50))
  }
}
