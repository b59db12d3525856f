// A file that imports this module sorts with what is below in place of the standard library's methods of
// the same names. The result is the same, by the same comparisons. But the standard library's sort is
// generic, and the compiler specialises it, some thousand lines, for every type that is sorted by every
// module that sorts it; these sort places, which are integers, so that this is compiled here, once. What
// that costs, some ten nanoseconds a comparison of numbers and fifty of rows, is not seen where sorting is
// under a hundredth of the work; statistics, density clustering and the scan of pairs, which sort numbers
// over and over, and normalize, which would take three in a hundred longer, import nothing from here.

extension Sequence {
  /// The elements in ascending order; equal ones keep the order in which they come.
  @inlinable package func sorted(
    by precedes: (Element, Element) throws -> Bool
  ) rethrows -> [Element] {
    let elements = Array(self)
    let places = try placesInOrder(of: elements.count) { try precedes(elements[$0], elements[$1]) }
    return places.map { elements[$0] }
  }
}

extension Sequence where Element: Comparable {
  /// The elements in ascending order.
  @inlinable package func sorted() -> [Element] { sorted { $0 < $1 } }
}

extension Sequence where Element == String {
  /// The texts in ascending order.
  @inlinable package func sorted() -> [String] { textsInOrder(Array(self)) }
}

extension Array {
  /// Brings the elements into ascending order; equal ones keep the order in which they stand.
  @inlinable package mutating func sort(
    by precedes: (Element, Element) throws -> Bool
  ) rethrows {
    self = try sorted(by: precedes)
  }
}

extension Array where Element: Comparable {
  /// Brings the elements into ascending order.
  @inlinable package mutating func sort() { self = sorted() }
}

/// The places 0..<count in the order of what stands there; equal ones keep theirs.
///
/// - Parameter precedes: whether what stands at the one place comes before what stands at the other.
@inline(never) @usableFromInline
package func placesInOrder(
  of count: Int, by precedes: (Int, Int) throws -> Bool
) rethrows -> ContiguousArray<Int> {
  var places = ContiguousArray(0..<count)
  try places.sort(by: precedes)
  return places
}

@inline(never) @usableFromInline
package func textsInOrder(_ texts: [String]) -> [String] {
  // Only arrays have a method of this module, so this is the standard library's sort.
  var sorted = ContiguousArray(texts)
  sorted.sort()
  return Array(sorted)
}
