/// Compensated summation (Neumaier 1974): error independent of the number of terms, order as given.
public struct NeumaierSum: Sendable {
  private var sum = 0.0
  private var compensation = 0.0

  public init() {}

  public mutating func add(_ term: Double) {
    let total = sum + term
    compensation +=
      sum.magnitude >= term.magnitude ? (sum - total) + term : (term - total) + sum
    sum = total
  }

  public var value: Double { sum + compensation }
}

extension Sequence<Double> {
  /// Sum in sequence order with Neumaier's compensation.
  public func compensatedSum() -> Double {
    var sum = NeumaierSum()
    for term in self { sum.add(term) }
    return sum.value
  }
}
