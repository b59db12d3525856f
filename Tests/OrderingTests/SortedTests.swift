import Ordering
import Testing

/// Only arrays and sequences have methods of the module, so that the standard library's sort, the peer,
/// is the one of `ContiguousArray`.
struct SortedTests {
  private struct Item: Equatable {
    let key: Int
    let place: Int
  }

  @Test(arguments: [0, 1, 2, 31, 32, 33, 1_000])
  func `elements stand in the standard library's order, equal ones as they came`(count: Int) {
    let items = (0..<count).map { Item(key: $0 * 7_919 % 97, place: $0) }
    var peer = ContiguousArray(items)
    peer.sort { $0.key < $1.key }
    #expect(items.sorted { $0.key < $1.key } == Array(peer))
    let lazily = items.lazy.map { $0 }
    #expect(lazily.sorted { $0.key < $1.key } == Array(peer))
    var inPlace = items
    inPlace.sort { $0.key < $1.key }
    #expect(inPlace == Array(peer))
    for (left, right) in zip(peer, peer.dropFirst()) {
      #expect((left.key, left.place) < (right.key, right.place))
    }
  }

  @Test func `numbers and texts ascend`() {
    #expect([3, 1, 2].sorted() == [1, 2, 3])
    #expect(Set(["ä", "b", "a\u{308}", "a", ""]).sorted() == ["", "a", "b", "ä"])
    #expect(["b": 1, "a": 2].keys.sorted() == ["a", "b"])
    var numbers = [2.5, -1]
    numbers.sort()
    #expect(numbers == [-1, 2.5])
  }

  @Test func `an order that fails fails the sort`() {
    struct Failure: Error {}
    #expect(throws: Failure.self) { try [1, 2].sorted { _, _ in throw Failure() } }
  }
}
