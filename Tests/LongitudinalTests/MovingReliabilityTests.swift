import Foundation
import Longitudinal
import Testing

/// Reliability as DNS seeders keep it.
struct MovingReliabilityTests {
  @Test func `a first success has the weight of 1000 seconds`() {
    var average = MovingReliability()
    average.take(isUp: true, age: MovingReliability.firstAge, timeConstant: 7200)
    #expect(abs(average.reliability - (1 - exp(-1000.0 / 7200))) < 1e-15)
    #expect(average.reliability == average.weight)
    #expect(average.count == 1)
  }

  @Test func `the time constants are 2 h, 8 h, 1 d, 7 d and 30 d`() {
    #expect(MovingReliability.timeConstants == [7200, 28_800, 86_400, 604_800, 2_592_000])
  }

  /// Each observation is the integral of exp(-(now - t)/τ)/τ over the time since the one before: no
  /// recursion, other terms, another order of summation.
  @Test(arguments: MovingReliability.timeConstants)
  func `the recursion is a weighted sum over the past`(timeConstant: Double) {
    var times: [Double] = []
    var ups: [Bool] = []
    var state: UInt64 = 20_260_102
    var time = 0.0
    for _ in 0..<400 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      time += 60 + Double(state >> 40).truncatingRemainder(dividingBy: 40_000)
      times.append(time)
      ups.append(state >> 33 & 3 != 0)
    }
    var average = MovingReliability()
    var last = times[0] - MovingReliability.firstAge
    for (time, isUp) in zip(times, ups) {
      average.take(isUp: isUp, age: time - last, timeConstant: timeConstant)
      last = time
    }
    let now = times[399]
    var reliability = 0.0
    var count = 0.0
    for index in times.indices.reversed() {
      let from = index == 0 ? times[0] - MovingReliability.firstAge : times[index - 1]
      count += exp((times[index] - now) / timeConstant)
      if ups[index] {
        reliability += exp((times[index] - now) / timeConstant) - exp((from - now) / timeConstant)
      }
    }
    let weight = 1 - exp((times[0] - MovingReliability.firstAge - now) / timeConstant)
    #expect(abs(average.reliability - reliability) < 1e-12)
    #expect(abs(average.weight - weight) < 1e-12)
    #expect(abs(average.count - count) < 1e-9)
    #expect(average.reliability <= average.weight && average.weight <= 1)
  }
}
