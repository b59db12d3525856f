/// Selection of a rank, in linear time.
enum OrderStatistic {
  /// The smallest value of that rank, from 1 on; infinite beyond the last. Reorders the values.
  static func smallest(_ values: UnsafeMutableBufferPointer<Double>, rank: Int) -> Double {
    guard rank <= values.count else { return .infinity }
    var low = 0
    var high = values.count - 1
    while low < high {
      let pivot = values[low + (high - low) / 2]
      var i = low
      var j = high
      while i <= j {
        while values[i] < pivot { i += 1 }
        while pivot < values[j] { j -= 1 }
        if i <= j {
          values.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if rank - 1 <= j { high = j } else if rank - 1 >= i { low = i } else { break }
    }
    return values[rank - 1]
  }
}
